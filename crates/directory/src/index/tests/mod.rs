//! The index as a whole: tables of what is found and in which order, and random histories against a model.

mod changes;
mod histories;
mod model;
mod order;
mod snapshots;
mod tables;

use super::{Directory, Entry, EntryId, Nicknames, PeopleBuilder, PeopleIndex, Search};
use uuid::Uuid;

fn id(number: u128) -> EntryId {
    EntryId(Uuid::from_u128(number))
}

/// Entries with display names only, numbered from 1.
fn named(names: &[&str]) -> Vec<Entry> {
    (1..).zip(names).map(|(number, name)| Entry::named(id(number), name)).collect()
}

fn index(entries: &[Entry]) -> PeopleIndex {
    let mut builder = PeopleBuilder::new();
    entries.iter().for_each(|entry| builder.push(entry).unwrap());
    builder.finish()
}

fn directory(entries: &[Entry]) -> Directory {
    Directory::new(index(entries))
}

fn found(directory: &Directory, text: &str) -> Vec<String> {
    let search = Search { text, limit: 10, ..Search::default() };
    directory.search(&search, &Nicknames::common()).into_iter().map(|entry| entry.display).collect()
}
