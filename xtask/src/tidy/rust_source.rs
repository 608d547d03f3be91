//! Words of Rust source: what a file names, comments and strings aside.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

/// Every identifier in the source.
///
/// # Errors
/// When the source is not a sequence of Rust tokens.
pub(super) fn identifiers(source: &str) -> anyhow::Result<BTreeSet<String>> {
    let tokens: TokenStream = source.parse().map_err(|trouble| anyhow::anyhow!("{trouble}"))?;
    let mut found = BTreeSet::new();
    collect(tokens, &mut found);
    Ok(found)
}

fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Ident(identifier) => {
                found.insert(identifier.to_string());
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::identifiers;

    #[test]
    fn comments_and_strings_name_nothing() {
        let found = identifiers("// axum\nfn answer() { let word = \"axum\"; go(word) }").unwrap();
        assert!(!found.contains("axum"));
        assert!(found.contains("go"));
    }

    #[test]
    fn names_are_found_however_deep() {
        assert!(identifiers("mod a { fn b() { if c { axum::d() } } }").unwrap().contains("axum"));
    }
}
