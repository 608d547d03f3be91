//! Records as rows of the store, and rows as entries of the index.

use super::record::SourceRecord;
use hookflash_directory::index::{Entry, EntryId, merge_into};
use hookflash_store::people::{PersonChange, PersonRow, PlacedPerson};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What is written of a checked record.
pub(super) fn put(
    record: SourceRecord,
    source_id: Uuid,
    entry_id: Uuid,
    before: Option<Uuid>,
) -> PersonChange {
    let fingerprint = record.fingerprint();
    let addresses = record.networks.iter().map(|one| (one.network.clone(), one.address.clone())).collect();
    let row = PersonRow {
        source_id,
        source_key: record.key,
        entry_id,
        given: record.given,
        family: record.family,
        display: record.display.unwrap_or_default(),
        company: record.company,
        department: record.department,
        title: record.title,
        location: record.location,
        email: record.email,
        phones: text_of_list(&record.phones),
        skills: text_of_list(&record.skills),
        networks: text_of_list(&record.networks),
        fingerprint,
    };
    PersonChange::Put { row: Box::new(row), addresses, left: before.filter(|before| *before != entry_id) }
}

/// A row as an entry.
pub(super) fn entry(row: PersonRow) -> Entry {
    Entry {
        id: EntryId(row.entry_id),
        given: row.given,
        family: row.family,
        display: row.display,
        company: row.company,
        department: row.department,
        title: row.title,
        location: row.location,
        email: row.email,
        phones: list_of_text(&row.phones),
        skills: list_of_text(&row.skills),
        networks: list_of_text(&row.networks),
    }
}

/// Rows, those of a person behind each other and what is believed most first, as one entry a person.
pub fn entries(rows: impl IntoIterator<Item = PlacedPerson>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for placed in rows {
        let next = entry(placed.row);
        match entries.last_mut() {
            Some(last) if last.id == next.id => merge_into(last, next),
            _ => entries.push(next),
        }
    }
    entries.iter_mut().for_each(bound);
    entries
}

/// Several sources together may tell more than an entry holds.
fn bound(entry: &mut Entry) {
    entry.phones.truncate(Entry::MAX_ITEMS);
    entry.skills.truncate(Entry::MAX_ITEMS);
    entry.networks.truncate(Entry::MAX_ITEMS);
}

/// A list as it is stored.
pub fn text_of_list<T: Serialize>(items: &[T]) -> String {
    serde_json::to_string(items).unwrap_or_else(|_| "[]".to_owned())
}

/// A list that was stored; none where it is none.
pub fn list_of_text<T: DeserializeOwned>(list: &str) -> Vec<T> {
    serde_json::from_str(list).unwrap_or_default()
}
