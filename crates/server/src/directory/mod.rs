//! The directory of people who can be asked: sources are read into the store, and an index of it answers searches
//! ([decision 18](../../../../docs/decisions/0018-people-in-the-server.md)).
//!
//! A source hands over [`SourceRecord`]s, either all of them in an [`Import`] or one by one with [`put_person`] and
//! [`remove_person`]. [`People`] is the index, which follows the store.

mod addresses;
mod csv;
mod csv_import;
mod experts;
mod follow;
mod import;
pub mod ldap;
mod matching;
mod people;
mod record;
mod rows;
mod single;
mod snapshot;
mod taste;
#[cfg(test)]
mod tests;

pub use addresses::Addresses;
pub use csv::{CsvFile, NotRead};
pub use csv_import::{CSV, csv_source, import_csv};
pub use experts::{EXPERTS_ID, KnownSkill, MOST_CONFIRMED, skills_of, tell_skills};
pub use import::{Import, NotBegun, REFUSED_KEPT};
pub use people::People;
pub use record::{Refusal, RefusalReason, SourceRecord, Told};
pub use rows::{entries, list_of_text, text_of_list};
pub use single::{NotTaken, change_of_person, put_person, removal_of_person, remove_person};
pub use taste::Taste;
