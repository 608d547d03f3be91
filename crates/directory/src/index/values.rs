//! Texts that many people share, such as departments, each kept once.

use super::arrays::{Ascending, Bits, Texts, at};
use super::entry::Entry;
use super::text::{variants, words};
use std::collections::HashMap;

/// What a shared text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    Company = 0,
    Department = 1,
    Title = 2,
    Location = 3,
    Skill = 4,
    /// What is behind the `@`.
    MailDomain = 5,
    Network = 6,
}

/// The fields whose words are searched; a person has at most one text of each.
pub(super) const SEARCHED: [Field; 4] = [Field::Company, Field::Department, Field::Title, Field::Location];

/// The texts of an entry's [`SEARCHED`] fields.
pub(super) fn searched_texts(entry: &Entry) -> [Option<&str>; 4] {
    [&entry.company, &entry.department, &entry.title, &entry.location].map(|text| text.as_deref())
}

/// Shared texts, who has them, and the words in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) texts: Texts,
    pub(super) fields: Vec<u32>,
    /// The values in the order of field and text.
    pub(super) sorted: Vec<u32>,
    /// For each value the rows of those who have it.
    pub(super) people: Ascending,
    /// Folded words in their order, and the value that each stands in.
    pub(super) words: Texts,
    pub(super) word_values: Vec<u32>,
}

impl Values {
    pub(super) fn of(&self, value: u32) -> &str {
        self.texts.of(value)
    }

    /// The value of exactly that text.
    pub(super) fn find(&self, field: Field, text: &str) -> Option<u32> {
        let key = |value: u32| (at(&self.fields, value), self.of(value));
        let place = self.sorted.binary_search_by(|value| key(*value).cmp(&(field as u32, text))).ok()?;
        self.sorted.get(place).copied()
    }

    /// All texts of a field, and how many people have each.
    pub(super) fn all(&self, field: Field) -> impl Iterator<Item = (&str, u32)> {
        let field_of = |value: &u32| at(&self.fields, *value);
        let begin = self.sorted.partition_point(|value| field_of(value) < field as u32);
        let end = self.sorted.partition_point(|value| field_of(value) <= field as u32);
        let values = self.sorted.get(begin..end).unwrap_or_default().iter();
        values.map(|value| (self.of(*value), self.people.count(*value)))
    }

    /// The values with a word that begins so.
    pub(super) fn beginning(&self, pattern: &str) -> Bits {
        let mut found = Bits::of_size(self.texts.count());
        let mut word = self.first_word(pattern);
        while word < self.words.count() && self.words.of(word).starts_with(pattern) {
            found.insert(at(&self.word_values, word));
            word += 1;
        }
        found
    }

    fn first_word(&self, pattern: &str) -> u32 {
        let (mut low, mut high) = (0, self.words.count());
        while low < high {
            let middle = low.midpoint(high);
            if self.words.of(middle) < pattern {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// Collects shared texts.
#[derive(Debug, Default)]
pub(super) struct ValuesBuilder {
    known: HashMap<(Field, String), u32>,
    texts: Texts,
    fields: Vec<u32>,
}

impl ValuesBuilder {
    pub(super) fn number_of(&mut self, field: Field, text: &str) -> u32 {
        let key = (field, text.to_owned());
        *self.known.entry(key).or_insert_with(|| {
            self.texts.push(text);
            self.fields.push(field as u32);
            self.texts.count() - 1
        })
    }

    /// `people` are for each value the rows of those who have it, in their order.
    pub(super) fn finish(self, people: &[Vec<u32>]) -> Values {
        let mut lists = Ascending::default();
        people.iter().for_each(|rows| lists.push(rows.iter().copied()));
        let mut sorted: Vec<u32> = (0..self.texts.count()).collect();
        sorted.sort_by_key(|value| (at(&self.fields, *value), self.texts.of(*value)));
        let mut found: Vec<(String, u32)> = Vec::new();
        for (value, field) in (0_u32..).zip(&self.fields) {
            if SEARCHED.iter().any(|searched| *searched as u32 == *field) {
                let typed = words(self.texts.of(value)).into_iter().flat_map(|word| variants(&word));
                found.extend(typed.map(|word| (word, value)));
            }
        }
        found.sort_unstable();
        found.dedup();
        let mut texts = Texts::default();
        found.iter().for_each(|(word, _)| texts.push(word));
        let word_values = found.into_iter().map(|(_, value)| value).collect();
        Values { texts: self.texts, fields: self.fields, sorted, people: lists, words: texts, word_values }
    }
}
