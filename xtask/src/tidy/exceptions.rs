//! Files and functions that were too long when their rule came. The list may only shrink: an entry that is
//! not needed, or allows more than is there, is itself a complaint.

use std::collections::BTreeMap;

use anyhow::Context as _;

use super::{file_sizes, function_sizes};
use crate::house::House;

const LIST: &str = "xtask/tidy-exceptions.txt";

pub(super) fn check(house: &House) -> anyhow::Result<Vec<String>> {
    let allowed = parse(&house.text(LIST)?.with_context(|| format!("{LIST} is missing"))?)?;
    let mut long = file_sizes::measure(house)?;
    long.extend(function_sizes::measure(house)?);
    Ok(compare(&allowed, &long))
}

/// Reads lines of `path lines` (a file) and `path:function lines`; `#` begins a comment.
fn parse(text: &str) -> anyhow::Result<BTreeMap<String, usize>> {
    let mut allowed = BTreeMap::new();
    for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
        if line.is_empty() {
            continue;
        }
        let (place, lines) =
            line.rsplit_once(' ').with_context(|| format!("{LIST}: no number in '{line}'"))?;
        let lines = lines.parse().with_context(|| format!("{LIST}: no number in '{line}'"))?;
        let twice = allowed.insert(place.trim().to_owned(), lines).is_some();
        anyhow::ensure!(!twice, "{LIST}: {place} is named twice");
    }
    Ok(allowed)
}

fn compare(allowed: &BTreeMap<String, usize>, long: &[(String, usize)]) -> Vec<String> {
    let longest = long.iter().fold(BTreeMap::<&str, usize>::new(), |mut longest, (place, lines)| {
        let entry = longest.entry(place).or_default();
        *entry = (*entry).max(*lines);
        longest
    });
    let mut complaints = Vec::new();
    for (place, lines) in &longest {
        let limit = if place.contains(':') { function_sizes::LIMIT } else { file_sizes::LIMIT };
        complaints.extend(match allowed.get(*place) {
            None => Some(format!("{place} has {lines} lines, over {limit}")),
            Some(most) if lines > most => Some(format!("{place} grew from {most} to {lines} lines")),
            Some(most) if lines < most => Some(format!("{LIST}: lower {place} to {lines}")),
            Some(_) => None,
        });
    }
    let unneeded = allowed.keys().filter(|place| !longest.contains_key(place.as_str()));
    complaints.extend(unneeded.map(|place| format!("{LIST}: {place} is not needed, take it out")));
    complaints
}

#[cfg(test)]
mod tests {
    use super::{compare, parse};

    fn complaints(list: &str, long: &[(&str, usize)]) -> Vec<String> {
        let long: Vec<_> = long.iter().map(|(place, lines)| ((*place).to_owned(), *lines)).collect();
        compare(&parse(list).unwrap(), &long)
    }

    #[test]
    fn what_is_listed_is_excused() {
        assert_eq!(
            complaints("# old\na.rs 700 # why\nb.rs:run 90\n", &[("a.rs", 700), ("b.rs:run", 90)]),
            [""; 0]
        );
    }

    #[test]
    fn what_is_not_listed_is_named_with_its_limit() {
        assert_eq!(
            complaints("", &[("a.rs", 601), ("b.rs:run", 71)]),
            ["a.rs has 601 lines, over 600", "b.rs:run has 71 lines, over 70"]
        );
    }

    #[test]
    fn the_list_only_shrinks() {
        assert_eq!(complaints("a.rs 700", &[("a.rs", 701)]), ["a.rs grew from 700 to 701 lines"]);
        assert_eq!(
            complaints("a.rs 700", &[("a.rs", 650)]),
            ["xtask/tidy-exceptions.txt: lower a.rs to 650"]
        );
        assert_eq!(
            complaints("a.rs 700", &[]),
            ["xtask/tidy-exceptions.txt: a.rs is not needed, take it out"]
        );
    }

    #[test]
    fn two_functions_of_one_name_count_as_the_longer() {
        assert_eq!(complaints("a.rs:new 80", &[("a.rs:new", 80), ("a.rs:new", 75)]), [""; 0]);
    }

    #[test]
    fn a_list_that_cannot_be_read_is_an_error() {
        for list in ["a.rs", "a.rs many", "a.rs 700\na.rs 800"] {
            assert!(parse(list).is_err(), "{list}");
        }
    }
}
