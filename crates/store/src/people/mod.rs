//! People who can be asked: sources, what each tells of whom, and imports.
//!
//! A **source** tells of people under keys of its own; a person of a source is a [`PersonRow`]. Rows with the same
//! `entry_id` are of one person. Invariants:
//! - Whatever is changed, the entry it belonged to and the one it belongs to carry the revision of that moment; who
//!   follows the revisions misses nothing.
//! - Where a source is switched on or off, moved or removed, everything counts as changed.

mod changes;
mod following;
mod imports;
mod keys;
mod matching;
mod nicknames;
mod provisioned;
mod read;
mod sources;

pub use changes::{MAX_CHANGES, PersonChange};
pub use following::PeopleClock;
pub use imports::{IMPORTS_KEPT, PeopleImportRow, RefusedRow};
pub use keys::{PeopleSourceSecretRow, PeopleSourceTokenRow};
pub use matching::{MAX_SOUGHT, OwnedAddress};
pub use nicknames::{MAX_NICKNAMES, NicknameRow};
pub use provisioned::{Provisioned, ProvisionedRow};
pub use read::{KnownPerson, PlacedPerson};
pub use sources::{EXPERTS, PeopleSourceRow};

#[cfg(any(test, feature = "testing"))]
pub(crate) const STATEMENTS: [(&str, &[(&str, &str)]); 9] = [
    ("people::changes", changes::STATEMENTS),
    ("people::following", following::STATEMENTS),
    ("people::imports", imports::STATEMENTS),
    ("people::keys", keys::STATEMENTS),
    ("people::matching", matching::STATEMENTS),
    ("people::nicknames", nicknames::STATEMENTS),
    ("people::provisioned", provisioned::STATEMENTS),
    ("people::read", read::STATEMENTS),
    ("people::sources", sources::STATEMENTS),
];

use uuid::Uuid;

row! {
    /// What a source tells of a person.
    pub struct PersonRow {
        /// Which source.
        pub source_id: Uuid,
        /// What the source calls the person.
        pub source_key: String,
        /// The person, whatever source tells of them.
        pub entry_id: Uuid,
        /// Given names.
        pub given: Option<String>,
        /// Family names.
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
        /// Telephone numbers, as a JSON list.
        pub phones: String,
        /// Skills and topics, as a JSON list.
        pub skills: String,
        /// Networks with the addresses there, as a JSON list.
        pub networks: String,
        /// Tells apart what the source has told.
        pub fingerprint: Vec<u8>,
        /// Skills that the person does not have whatever other sources say, as a JSON list.
        pub denied_skills: String,
    }
}

/// How e-mail addresses and addresses on networks are compared: without case.
fn address_key(address: &str) -> String {
    address.trim().to_lowercase()
}

/// `$1` of a statement as so many places.
fn places(sql: &str, count: usize) -> String {
    let places: Vec<_> = (1..=count).map(|place| format!("${place}")).collect();
    sql.replace("$1", &places.join(", "))
}
