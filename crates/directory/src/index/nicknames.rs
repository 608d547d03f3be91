//! Short forms of given names.

use super::fold::strip;
use super::text::{by_character, is_of_word, words};
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
#[error(
    "line {line} is not of the form \"name: nickname, nickname\", each one word, with at most {most} nicknames"
)]
pub struct NicknamesRefused {
    /// Which line, from 1.
    pub line: usize,
    /// Most nicknames on one line.
    pub most: usize,
}

/// A name, and the nicknames that stand for it.
pub type NicknamesOf = (String, Vec<String>);

impl Nicknames {
    /// Most nicknames of a name, and most names of a nickname, in one table.
    pub const MOST: usize = 16;
    /// Longest name or nickname, in characters: of more of a word no search is made.
    pub const CHARS: usize = 32;

    /// Of both tables together.
    const MOST_OF_TABLES: usize = 2 * Self::MOST;

    /// None at all.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Those that are common in English and German.
    #[must_use]
    pub fn common() -> Self {
        Self::common_and(&[])
    }

    /// The common ones, and others beside them.
    #[must_use]
    pub fn common_and(others: &[NicknamesOf]) -> Self {
        let mut all = Self::none();
        // Where there are too many for a word, the others stay.
        for (name, nicknames) in others.iter().chain(&Self::built_in()) {
            all.add(name, nicknames);
        }
        all
    }

    /// The tables of the common ones: English, then German.
    #[must_use]
    pub fn built_in() -> Vec<NicknamesOf> {
        // A test reads both tables with `extend`, which would refuse a wrong line.
        ENGLISH.lines().chain(GERMAN.lines()).filter_map(|line| parse(line).ok().flatten()).collect()
    }

    /// How a name or nickname is compared; none where it is no single word of letters, and for what is searched letter
    /// by letter, such as 山田, where there is no word that could stand for another.
    #[must_use]
    pub fn key(word: &str) -> Option<String> {
        let word = word.trim();
        let is_short = word.chars().count() <= Self::CHARS;
        let is_word = is_short && word.chars().all(is_of_word) && !word.contains(char::is_numeric);
        let [only] = words(word).try_into().ok().filter(|_| is_word)?;
        (!by_character(&only)).then(|| strip(&only)).filter(|key| !key.is_empty())
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
            if let Some((name, nicknames)) = parse(line).map_err(|()| refused)? {
                longer.add(&name, &nicknames);
            }
        }
        *self = longer;
        Ok(())
    }

    fn add(&mut self, name: &str, nicknames: &[String]) {
        let Some(name) = Self::key(name) else { return };
        for nickname in nicknames.iter().filter_map(|nickname| Self::key(nickname)) {
            self.relate(&name, &nickname);
            self.relate(&nickname, &name);
        }
    }

    fn relate(&mut self, name: &str, other: &str) {
        let others = self.others.entry(name.to_owned()).or_default();
        if others.len() < Self::MOST_OF_TABLES && !others.iter().any(|known| known == other) {
            others.push(other.to_owned());
        }
    }

    /// The names that a word may stand for.
    pub(super) fn of(&self, folded: &str) -> &[String] {
        self.others.get(folded).map_or(&[], Vec::as_slice)
    }
}

/// A line of a table; nothing for one that is empty or a comment.
fn parse(line: &str) -> Result<Option<NicknamesOf>, ()> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (name, nicknames) = line.split_once(':').ok_or(())?;
    let nicknames: Vec<_> = nicknames.split(',').map(|nickname| nickname.trim().to_owned()).collect();
    let name = name.trim().to_owned();
    let is_word = |word: &String| Nicknames::key(word).is_some();
    if nicknames.len() > Nicknames::MOST || !is_word(&name) || !nicknames.iter().all(is_word) {
        return Err(());
    }
    Ok(Some((name, nicknames)))
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
    fn what_can_stand_for_another_is_one_word_of_letters() {
        for (word, key) in [
            (" Iggy ", Some("iggy")),
            ("Jörg", Some("jorg")),
            ("D’Arcy", Some("darcy")),
            ("Юля", Some("юля")),
            ("", None),
            ("...", None),
            ("Anne-Marie", None),
            ("Mary Ann", None),
            ("Bob.", None),
            ("Bob2", None),
            ("山田", None),
            (&"a".repeat(33), None),
        ] {
            assert_eq!(Nicknames::key(word).as_deref(), key, "{word}");
        }
    }

    #[test]
    fn others_stand_beside_the_common_ones() {
        let own = |name: &str| (name.to_owned(), vec!["Bob".to_owned()]);
        let others: Vec<_> = (b'a'..=b'p').map(|n| own(&format!("Name{}", char::from(n)))).collect();
        let all = Nicknames::common_and(&others);
        assert!(all.of("bob").iter().any(|name| name == "robert"));
        assert!(all.of("bob").iter().any(|name| name == "namep"));
        assert!(Nicknames::built_in().len() > 150);
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
