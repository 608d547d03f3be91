//! Names by language.

use std::collections::BTreeMap;

use rand::RngExt as _;

const LISTS: &str = include_str!("lists.txt");

/// The names of a language, by frequency.
#[derive(Debug, Default)]
pub struct Language {
    /// People of this language in a thousand, more or less.
    pub share: u32,
    lists: BTreeMap<&'static str, Vec<&'static str>>,
}

/// Every language.
#[must_use]
pub fn languages() -> Vec<Language> {
    let mut languages: BTreeMap<&str, Language> = BTreeMap::new();
    for line in LISTS.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (Some(name), Some(share), Some(kind)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let language = languages.entry(name).or_default();
        language.share = share.parse().unwrap_or(0);
        language.lists.insert(kind, words.collect());
    }
    languages.into_values().collect()
}

impl Language {
    /// A given name; the first of the list are the most frequent.
    #[must_use]
    pub fn given(&self, dice: &mut impl rand::Rng) -> String {
        self.frequent("given", dice).to_owned()
    }

    /// A family name: of the list, or one of the many rare ones.
    #[must_use]
    pub fn family(&self, dice: &mut impl rand::Rng) -> String {
        if self.lists.contains_key("stem") && dice.random_bool(0.4) {
            return format!("{}{}", self.any("stem", dice), self.any("ending", dice));
        }
        let name = self.frequent("family", dice);
        // "van-den-Berg" stands for a name with blanks.
        let blanks = name.chars().next().is_some_and(char::is_lowercase) || name.starts_with("De-");
        if blanks { name.replace('-', " ") } else { name.to_owned() }
    }

    fn list(&self, kind: &str) -> &[&'static str] {
        self.lists.get(kind).map_or(&[], Vec::as_slice)
    }

    fn any(&self, kind: &str, dice: &mut impl rand::Rng) -> &'static str {
        let list = self.list(kind);
        list.get(dice.random_range(0..list.len().max(1))).copied().unwrap_or_default()
    }

    fn frequent(&self, kind: &str, dice: &mut impl rand::Rng) -> &'static str {
        let list = self.list(kind);
        let place = (dice.random::<f64>().powf(1.25) * list.len() as f64) as usize;
        list.get(place).copied().unwrap_or_default()
    }
}
