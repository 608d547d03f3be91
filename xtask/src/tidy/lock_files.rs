//! Lock files fetch from the public registries only, so that they work on every machine.

use crate::house::House;

/// Where a lock file may send its reader.
const PUBLIC: [&str; 2] =
    [concat!("https://registry.np", "mjs.org/"), "https://github.com/rust-lang/crates.io-index"];

pub(super) fn check(house: &House) -> anyhow::Result<Vec<String>> {
    let mut complaints = Vec::new();
    for path in &house.paths {
        let Some(key) = source_key(path) else { continue };
        if let Some(text) = house.text(path)? {
            complaints.extend(strangers(path, key, &text));
        }
    }
    Ok(complaints)
}

/// The word that begins the line on which a lock file says where a package comes from.
fn source_key(path: &str) -> Option<&'static str> {
    match path.rsplit('/').next()? {
        "Cargo.lock" => Some("source = "),
        "package-lock.json" => Some("\"resolved\": "),
        _ => None,
    }
}

fn strangers(path: &str, key: &str, text: &str) -> Vec<String> {
    let sources = text.lines().enumerate().filter_map(|(index, line)| {
        let value = line.trim().strip_prefix(key)?.trim_end_matches(',').trim_matches('"');
        Some((index + 1, value))
    });
    sources
        .filter(|(_, value)| {
            let address = value.strip_prefix("registry+").unwrap_or(value);
            address.contains("://") && !PUBLIC.iter().any(|public| address.starts_with(public))
        })
        .map(|(line, value)| format!("{path}:{line} fetches from {value}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{source_key, strangers};

    fn found(path: &str, text: &str) -> Vec<String> {
        strangers(path, source_key(path).unwrap(), text)
    }

    #[test]
    fn the_public_registries_are_fine() {
        let cargo = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        assert!(found("Cargo.lock", cargo).is_empty());
        let npm = concat!("  \"resolved\": \"https://registry.np", "mjs.org/a/-/a-1.tgz\",");
        assert!(found("web/package-lock.json", npm).is_empty());
        assert!(found("web/package-lock.json", "  \"resolved\": \"tools/a\",").is_empty());
    }

    #[test]
    fn mirrors_and_forks_are_not() {
        assert_eq!(
            found("web/package-lock.json", "\n  \"resolved\": \"https://mirror.example/a.tgz\","),
            ["web/package-lock.json:2 fetches from https://mirror.example/a.tgz"]
        );
        assert_eq!(found("Cargo.lock", "source = \"git+https://example.org/fork\"").len(), 1);
    }
}
