//! Short forms of given names.

use super::fold::strip;
use std::collections::HashMap;

const ENGLISH: &str = include_str!("nicknames/en.txt");
const GERMAN: &str = include_str!("nicknames/de.txt");

/// Which names stand for which: a search for "Bob" finds Robert, and one for "Robert" finds Bob.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nicknames {
    others: HashMap<String, Vec<String>>,
}

/// A line that is no list of nicknames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not of the form \"name: nickname, nickname\" with at most {most} nicknames")]
pub struct NicknamesRefused {
    /// Which line, from 1.
    pub line: usize,
    /// Most nicknames on one line.
    pub most: usize,
}

impl Nicknames {
    /// Most nicknames of a name, and most names of a nickname.
    pub const MOST: usize = 16;

    /// None at all.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Those that are common in English and German.
    #[must_use]
    pub fn common() -> Self {
        let mut common = Self::none();
        for line in ENGLISH.lines().chain(GERMAN.lines()) {
            // A test reads both tables with `extend`, which would refuse a wrong line.
            common.add(line);
        }
        common
    }

    /// Adds a table, one name a line: `Robert: Bob, Rob`. Empty lines and those that begin with `#` are
    /// left out.
    ///
    /// # Errors
    /// A line is not of that form; nothing is added then.
    pub fn extend(&mut self, table: &str) -> Result<(), NicknamesRefused> {
        let mut longer = self.clone();
        for (index, line) in table.lines().enumerate() {
            let refused = NicknamesRefused { line: index + 1, most: Self::MOST };
            longer.add(line).ok_or(refused)?;
        }
        *self = longer;
        Ok(())
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Some(());
        }
        let (name, nicknames) = line.split_once(':')?;
        let name = strip(name.trim());
        let nicknames: Vec<_> = nicknames.split(',').map(|nickname| strip(nickname.trim())).collect();
        let wrong = name.is_empty() || nicknames.len() > Self::MOST || nicknames.iter().any(String::is_empty);
        if wrong {
            return None;
        }
        for nickname in nicknames {
            self.relate(&name, &nickname);
            self.relate(&nickname, &name);
        }
        Some(())
    }

    fn relate(&mut self, name: &str, other: &str) {
        let others = self.others.entry(name.to_owned()).or_default();
        if others.len() < Self::MOST && !others.iter().any(|known| known == other) {
            others.push(other.to_owned());
        }
    }

    /// The names that a word may stand for.
    pub(super) fn of(&self, folded: &str) -> &[String] {
        self.others.get(folded).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, GERMAN, Nicknames, NicknamesRefused};

    #[test]
    fn the_tables_that_come_along_are_well_formed() {
        for table in [ENGLISH, GERMAN] {
            let mut nicknames = Nicknames::none();
            assert_eq!(nicknames.extend(table), Ok(()));
            assert!(!nicknames.others.is_empty());
        }
    }

    #[test]
    fn a_name_finds_its_nicknames_and_they_find_it() {
        let mut nicknames = Nicknames::common();
        nicknames.extend("# ours\n\nIgnatius: Iggy").unwrap();
        for (word, other) in
            [("bob", "robert"), ("robert", "bob"), ("iggy", "ignatius"), ("hans", "johannes")]
        {
            assert!(nicknames.of(word).iter().any(|name| name == other), "{word} {other}");
        }
        assert!(nicknames.of("zaphod").is_empty());
    }

    #[test]
    fn a_wrong_line_is_named_and_nothing_is_added() {
        let mut nicknames = Nicknames::none();
        let refused = NicknamesRefused { line: 2, most: 16 };
        assert_eq!(nicknames.extend("Robert: Bob\nRobert Bob"), Err(refused));
        assert_eq!(nicknames.extend("Robert: Bob\nRobert: ,"), Err(refused));
        assert_eq!(nicknames, Nicknames::none());
    }
}
