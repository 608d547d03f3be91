//! What a source tells of one person, and why it may not be taken.

use hookflash_directory::index::{Entry, EntryId};
use hookflash_domain::PersonId;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt;
use uuid::Uuid;

/// Longest key of a person within a source, in bytes.
const KEY_BYTES: usize = 500;

/// What a source tells of one person. Absent values are unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SourceRecord {
    /// What the source calls the person, now and later.
    pub key: String,
    /// Given names.
    pub given: Option<String>,
    /// Family names.
    pub family: Option<String>,
    /// The name shown to people; where there is none, given and family names are.
    pub display: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Office or site.
    pub location: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// Skills and topics.
    pub skills: Vec<String>,
    /// Chat networks with the addresses there, in the order of preference.
    pub networks: Vec<PersonId>,
    /// Skills that the person does not have, whatever other sources say.
    // Left out where there are none, so that fingerprints of old stay.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied_skills: Vec<String>,
}

/// What a source says next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// There is this person.
    Person {
        /// The number of the row, or what else names the place for people.
        place: String,
        /// What is told.
        record: Box<SourceRecord>,
    },
    /// The person of this key is gone.
    Gone(String),
    /// There is somebody who cannot be taken.
    Refused(Refusal),
}

impl Told {
    /// A person of a source whose keys say people where to look.
    pub fn person(record: SourceRecord) -> Self {
        Self::Person { place: record.key.clone(), record: Box::new(record) }
    }
}

/// Somebody who was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The number of the row, or what else names the place for people.
    pub place: String,
    /// The source's key, where it is known: who was taken earlier stays as they were.
    pub key: Option<String>,
    /// Why.
    pub reason: RefusalReason,
}

/// Why somebody was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalReason {
    /// Nothing tells this person from others.
    NoKey,
    /// There is no name.
    NoName,
    /// Somebody else has the key in this import.
    KeyTwice,
    /// A value is too long, or there are too many of them.
    TooLarge(String),
    /// A value holds characters that no text has.
    ControlCharacters(&'static str),
    /// The place cannot be read.
    Unreadable(String),
}

impl RefusalReason {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoKey => "no_key",
            Self::NoName => "no_name",
            Self::KeyTwice => "key_twice",
            Self::TooLarge(_) => "too_large",
            Self::ControlCharacters(_) => "control_characters",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

impl fmt::Display for RefusalReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => f.write_str("there is neither a key nor an e-mail address"),
            Self::NoName => f.write_str("there is no name"),
            Self::KeyTwice => f.write_str("another one in this import has the same key"),
            Self::TooLarge(words) | Self::Unreadable(words) => f.write_str(words),
            Self::ControlCharacters(field) => write!(f, "the {field} holds control characters"),
        }
    }
}

impl SourceRecord {
    /// The record as it is kept: without blanks around, empty values absent, with a name to show.
    ///
    /// # Errors
    /// It cannot be taken.
    pub fn checked(mut self) -> Result<Self, RefusalReason> {
        self.trim();
        if self.key.is_empty() {
            self.key = self.email.as_deref().unwrap_or_default().to_lowercase();
        }
        if self.key.is_empty() {
            return Err(RefusalReason::NoKey);
        }
        if self.key.len() > KEY_BYTES {
            return Err(RefusalReason::TooLarge(format!("the key is longer than {KEY_BYTES} bytes")));
        }
        if self.display.is_none() {
            let names = [&self.given, &self.family].into_iter().flatten().cloned().collect::<Vec<_>>();
            self.display = (!names.is_empty()).then(|| names.join(" "));
        }
        if self.display.is_none() {
            return Err(RefusalReason::NoName);
        }
        self.check_characters()?;
        let entry = self.clone().into_entry(EntryId(Uuid::nil()));
        entry.check().map_err(|refused| RefusalReason::TooLarge(refused.to_string()))?;
        Ok(self)
    }

    /// Tells apart what has been told.
    pub fn fingerprint(&self) -> Vec<u8> {
        let told = serde_json::to_vec(self).unwrap_or_default();
        Sha256::digest(told).iter().take(16).copied().collect()
    }

    /// The same as an entry of the index.
    pub fn into_entry(self, id: EntryId) -> Entry {
        Entry {
            id,
            given: self.given,
            family: self.family,
            display: self.display.unwrap_or_default(),
            company: self.company,
            department: self.department,
            title: self.title,
            location: self.location,
            email: self.email,
            phones: self.phones,
            skills: self.skills,
            networks: self.networks,
        }
    }

    fn trim(&mut self) {
        self.key = self.key.trim().to_owned();
        for (_, text) in self.texts() {
            *text = text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        }
        for list in [&mut self.phones, &mut self.skills] {
            *list = list.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
            let mut seen = std::collections::HashSet::new();
            list.retain(|text| seen.insert(text.clone()));
        }
        for person in &mut self.networks {
            person.address = person.address.trim().to_owned();
        }
        self.networks.retain(|person| !person.address.is_empty() && !person.network.0.is_empty());
    }

    fn texts(&mut self) -> [(&'static str, &mut Option<String>); 8] {
        [
            ("given name", &mut self.given),
            ("family name", &mut self.family),
            ("name", &mut self.display),
            ("company", &mut self.company),
            ("department", &mut self.department),
            ("title", &mut self.title),
            ("location", &mut self.location),
            ("e-mail address", &mut self.email),
        ]
    }

    fn check_characters(&mut self) -> Result<(), RefusalReason> {
        let wrong = |text: &str| text.chars().any(char::is_control);
        if wrong(&self.key) {
            return Err(RefusalReason::ControlCharacters("key"));
        }
        for (field, text) in self.texts() {
            if text.as_deref().is_some_and(wrong) {
                return Err(RefusalReason::ControlCharacters(field));
            }
        }
        let lists = [("telephone number", &self.phones), ("skill", &self.skills)];
        for (field, list) in lists {
            if list.iter().any(|text| wrong(text)) {
                return Err(RefusalReason::ControlCharacters(field));
            }
        }
        if self.networks.iter().any(|person| wrong(&person.address) || wrong(&person.network.0)) {
            return Err(RefusalReason::ControlCharacters("network address"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{RefusalReason, SourceRecord};

    fn record(key: &str, display: &str, email: &str) -> SourceRecord {
        let some = |text: &str| Some(text.to_owned());
        SourceRecord { key: key.into(), display: some(display), email: some(email), ..Default::default() }
    }

    #[test]
    fn what_is_taken_and_what_is_not() {
        for (told, key, refused) in [
            (record(" 7 ", " Anna Müller ", ""), "7", None),
            (record("", "Anna", "Anna@X.example"), "anna@x.example", None),
            (record("", "Anna", " "), "", Some("no_key")),
            (record("7", " ", "a@x.example"), "", Some("no_name")),
            (record("7", "An\0na", ""), "", Some("control_characters")),
            (record("7", &"a".repeat(1_001), ""), "", Some("too_large")),
            (record(&"k".repeat(501), "Anna", ""), "", Some("too_large")),
        ] {
            let checked = told.clone().checked();
            let code = checked.as_ref().err().map(RefusalReason::code);
            assert_eq!((checked.as_ref().map_or("", |one| &one.key), code), (key, refused), "{told:?}");
        }
    }

    #[test]
    fn the_shown_name_is_made_of_the_parts_and_blanks_change_nothing() {
        let of = |given: &str| {
            let parts = SourceRecord {
                key: "7".into(),
                given: Some(given.into()),
                family: Some("Müller".into()),
                skills: vec!["Tax".into(), " ".into(), "Tax ".into()],
                ..Default::default()
            };
            parts.checked().unwrap_or_default()
        };
        assert_eq!(of("Anna").display.as_deref(), Some("Anna Müller"));
        assert_eq!(of("Anna").skills, ["Tax"]);
        assert_eq!(of("Anna").fingerprint(), of(" Anna ").fingerprint());
        assert_ne!(of("Anna").fingerprint(), of("Anne").fingerprint());
    }
}
