//! How long a Rust function may be.

use anyhow::Context as _;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

use crate::house::House;

/// Longest function, in lines from its name to its closing brace. The house aims at 10 to 30.
pub(super) const LIMIT: usize = 70;

/// The functions over the limit as `path:name`, with their lines.
pub(super) fn measure(house: &House) -> anyhow::Result<Vec<(String, usize)>> {
    let mut long = Vec::new();
    for path in house.with_extension(&["rs"]) {
        if let Some(source) = house.text(path)? {
            let functions = functions(&source).with_context(|| path.to_owned())?;
            let over = functions.into_iter().filter(|(_, lines)| *lines > LIMIT);
            long.extend(over.map(|(name, lines)| (format!("{path}:{name}"), lines)));
        }
    }
    Ok(long)
}

/// Every function with a body and its lines, in the order of the source.
fn functions(source: &str) -> anyhow::Result<Vec<(String, usize)>> {
    let mut counter = Counter { found: Vec::new() };
    counter.visit_file(&syn::parse_file(source)?);
    Ok(counter.found)
}

struct Counter {
    found: Vec<(String, usize)>,
}

impl Counter {
    fn count(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let first = signature.span().start().line;
        let last = body.span().end().line;
        self.found.push((signature.ident.to_string(), last.saturating_sub(first) + 1));
    }
}

impl<'ast> Visit<'ast> for Counter {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.count(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.count(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.count(&function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::functions;

    #[test]
    fn lines_run_from_the_name_to_the_brace() {
        let source = "\
/// Words do not count.
#[must_use]
pub fn outer(
    a: u8,
) -> u8 {
    fn inner() {}
    a
}
impl A {
    async fn method(&self) {
    }
}
trait B {
    fn promised(&self);
    fn given(&self) {}
}
";
        let named = |name: &str, lines| (name.to_owned(), lines);
        assert_eq!(
            functions(source).unwrap(),
            [named("outer", 6), named("inner", 1), named("method", 2), named("given", 1)]
        );
    }
}
