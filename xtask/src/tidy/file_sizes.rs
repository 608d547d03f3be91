//! How long a source file may be.

use crate::house::House;

/// Longest file, in lines. The house aims at 150.
pub(super) const LIMIT: usize = 600;

/// The files over the limit, with their lines.
pub(super) fn measure(house: &House) -> anyhow::Result<Vec<(String, usize)>> {
    let mut long = Vec::new();
    for path in house.with_extension(&["rs", "ts", "tsx"]).filter(|path| !generated(path)) {
        if let Some(text) = house.text(path)? {
            long.extend(over_limit(path, &text));
        }
    }
    Ok(long)
}

fn generated(path: &str) -> bool {
    path.starts_with("web/src/api/")
        || path.split('/').any(|part| matches!(part, "node_modules" | "dist" | "target"))
}

fn over_limit(path: &str, text: &str) -> Option<(String, usize)> {
    let lines = text.lines().count();
    (lines > LIMIT).then(|| (path.to_owned(), lines))
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, generated, over_limit};

    #[test]
    fn the_limit_itself_is_allowed() {
        assert_eq!(over_limit("a.rs", &"x\n".repeat(LIMIT)), None);
        assert_eq!(over_limit("a.rs", &"x\n".repeat(LIMIT + 1)), Some(("a.rs".to_owned(), LIMIT + 1)));
    }

    #[test]
    fn generated_code_may_be_long() {
        assert!(generated("web/src/api/schema.d.ts"));
        assert!(generated("e2e/node_modules/a/b.ts"));
        assert!(!generated("web/src/app/distance.ts"));
    }
}
