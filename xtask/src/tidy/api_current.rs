//! The API description and the desk's schema in the repository are what this tree makes.

use crate::api::{self, DESCRIPTION, SCHEMA};
use crate::house::House;

pub(super) fn check(house: &House) -> anyhow::Result<Vec<String>> {
    let kept = house.text(DESCRIPTION)?;
    let Some(kept) = kept else {
        return Ok(needed(house));
    };
    let description = stale(DESCRIPTION, Some(&kept), &api::description(house)?);
    let schema = stale(SCHEMA, house.text(SCHEMA)?.as_deref(), &api::schema(house)?);
    Ok(description.into_iter().chain(schema).collect())
}

/// Without a description there must be no schema made from one.
fn needed(house: &House) -> Vec<String> {
    let orphan = house.paths.iter().any(|path| path == SCHEMA);
    if orphan {
        vec![format!("{SCHEMA} is there without {DESCRIPTION}: run `cargo xtask api`")]
    } else {
        Vec::new()
    }
}

fn stale(path: &str, kept: Option<&str>, made: &str) -> Option<String> {
    (kept != Some(made)).then(|| format!("{path} is not current: run `cargo xtask api`")).map(|complaint| {
        match first_difference(kept.unwrap_or_default(), made) {
            Some(line) => format!("{complaint} (first difference in line {line})"),
            None => complaint,
        }
    })
}

fn first_difference(kept: &str, made: &str) -> Option<usize> {
    let same = kept.lines().zip(made.lines()).take_while(|(kept, made)| kept == made).count();
    (same < kept.lines().count().max(made.lines().count())).then_some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::stale;

    #[test]
    fn the_same_text_is_current() {
        assert_eq!(stale("a", Some("x\ny\n"), "x\ny\n"), None);
    }

    #[test]
    fn another_text_is_named_with_its_line() {
        let words = "a is not current: run `cargo xtask api` (first difference in line 2)";
        assert_eq!(stale("a", Some("x\ny\n"), "x\nz\n").as_deref(), Some(words));
        assert_eq!(stale("a", Some("x\n"), "x\ny\n").as_deref(), Some(words));
        assert!(stale("a", None, "x\n").is_some());
    }
}
