//! The directory of people who can be asked: sources are read into the store, and an index of it answers searches
//! ([decision 18](../../../../docs/decisions/0018-people-in-the-server.md)).
//!
//! A source hands over [`SourceRecord`]s, either all of them in an [`Import`] or one by one with [`put_person`] and
//! [`remove_person`].

mod import;
pub mod ldap;
mod matching;
mod record;
mod rows;
mod single;
#[cfg(test)]
mod tests;

pub use import::{Import, NotBegun, REFUSED_KEPT};
pub use record::{Refusal, RefusalReason, SourceRecord, Told};
pub use rows::entries;
pub use single::{NotTaken, change_of_person, put_person, removal_of_person, remove_person};
