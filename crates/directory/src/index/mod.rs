//! The people index: finds a person among a million while letters are typed.
//!
//! [`PeopleBuilder`] makes a [`PeopleIndex`] of [`Entry`]s, [`Directory`] puts changes and presence over
//! it and answers a [`Search`]. All of it is in memory and without clock, I/O or threads: the caller brings
//! entries and snapshots, and the thread that rebuilds. Decision 10 tells why it is made as it is.

mod arrays;
mod build;
mod crowds;
mod directory;
mod entry;
mod fit;
mod fold;
mod merge;
mod name;
mod networks;
mod nicknames;
mod people;
mod phone;
mod plan;
mod query;
mod ranges;
mod rank;
mod reach;
mod record;
mod scratch;
mod search;
mod snapshot;
mod text;
mod top;
mod trie;
mod typo;
mod values;

pub use build::PeopleBuilder;
pub use directory::{Change, Directory, Search};
pub use entry::{Entry, EntryId, EntryRefused};
pub use merge::{is_one_person, merge_into, merge_people};
pub use networks::best_network;
pub use nicknames::{Nicknames, NicknamesOf, NicknamesRefused};
pub use people::PeopleIndex;
pub use snapshot::SnapshotRefused;

#[cfg(test)]
mod tests;
