//! One person of the directory.

use hookflash_domain::PersonId;
use uuid::Uuid;

/// Identifies an entry, whatever networks the person is on. The caller makes it and keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub Uuid);

/// One person, on all of their networks. Absent values are unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which entry.
    pub id: EntryId,
    /// Given names, such as "Hans-Peter".
    pub given: Option<String>,
    /// Family names, such as "van der Berg".
    pub family: Option<String>,
    /// The name shown to people.
    pub display: String,
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
    /// Telephone numbers; searched are the first [`Entry::MAX_PHONES`].
    pub phones: Vec<String>,
    /// Skills and topics, by which a search may be narrowed.
    pub skills: Vec<String>,
    /// Where the person is found, in the order of preference.
    pub networks: Vec<PersonId>,
}

/// Why an entry is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryRefused {
    /// A text is too long.
    #[error("{field} is longer than {limit} bytes")]
    TooLong {
        /// The field.
        field: &'static str,
        /// The most there may be, in bytes.
        limit: usize,
    },
    /// A list is too long.
    #[error("there are more than {limit} {field}")]
    TooMany {
        /// The field.
        field: &'static str,
        /// The most there may be.
        limit: usize,
    },
    /// The index is full.
    #[error("the directory has room for {limit} people")]
    Full {
        /// The most people that an index takes.
        limit: usize,
    },
}

impl Entry {
    /// Longest text of a field, in bytes.
    pub const MAX_BYTES: usize = 1_000;
    /// Most telephone numbers that are searched.
    pub const MAX_PHONES: usize = 4;
    /// Most telephone numbers, skills or networks.
    pub const MAX_ITEMS: usize = 64;

    /// An entry with a name and nothing else.
    #[must_use]
    pub fn named(id: EntryId, display: &str) -> Self {
        Self {
            id,
            given: None,
            family: None,
            display: display.to_owned(),
            company: None,
            department: None,
            title: None,
            location: None,
            email: None,
            phones: Vec::new(),
            skills: Vec::new(),
            networks: Vec::new(),
        }
    }

    /// Refuses an entry that is too large.
    ///
    /// # Errors
    /// A text is too long, or a list.
    pub fn check(&self) -> Result<(), EntryRefused> {
        let optional = [
            ("given name", &self.given),
            ("family name", &self.family),
            ("company", &self.company),
            ("department", &self.department),
            ("title", &self.title),
            ("location", &self.location),
            ("e-mail address", &self.email),
        ];
        short("display name", &self.display)?;
        for (field, text) in optional {
            short(field, text.as_deref().unwrap_or_default())?;
        }
        few("telephone numbers", &self.phones)?;
        few("skills", &self.skills)?;
        few("networks", &self.networks)?;
        self.phones.iter().try_for_each(|phone| short("telephone number", phone))?;
        self.skills.iter().try_for_each(|skill| short("skill", skill))?;
        self.networks.iter().try_for_each(|person| {
            short("network", &person.network.0)?;
            short("network address", &person.address)
        })
    }
}

fn short(field: &'static str, text: &str) -> Result<(), EntryRefused> {
    let limit = Entry::MAX_BYTES;
    if text.len() > limit { Err(EntryRefused::TooLong { field, limit }) } else { Ok(()) }
}

fn few<T>(field: &'static str, items: &[T]) -> Result<(), EntryRefused> {
    let limit = Entry::MAX_ITEMS;
    if items.len() > limit { Err(EntryRefused::TooMany { field, limit }) } else { Ok(()) }
}
