//! Records as rows of the store, and rows as entries of the index.

use super::experts::EXPERTS_ID;
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
        denied_skills: text_of_list(&record.denied_skills),
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

/// Rows, those of a person behind each other and what is believed most first, as one entry a person. Whom nobody but
/// experts themselves tell of is none: what they say adds to a person, and makes nobody one.
pub fn entries(rows: impl IntoIterator<Item = PlacedPerson>) -> Vec<Entry> {
    let mut people: Vec<Merged> = Vec::new();
    for PlacedPerson { row, .. } in rows {
        let is_named = row.source_id != EXPERTS_ID;
        let mut denied = list_of_text(&row.denied_skills);
        let next = entry(row);
        match people.last_mut() {
            Some(last) if last.entry.id == next.id => {
                merge_into(&mut last.entry, next);
                last.denied.append(&mut denied);
                last.is_named |= is_named;
            }
            _ => people.push(Merged { entry: next, denied, is_named }),
        }
    }
    people.into_iter().filter(|person| person.is_named).map(Merged::finish).collect()
}

/// What several sources tell of one person.
struct Merged {
    entry: Entry,
    /// Skills that the person does not have.
    denied: Vec<String>,
    /// Whether a source tells of the person.
    is_named: bool,
}

impl Merged {
    fn finish(mut self) -> Entry {
        let denied = &self.denied;
        self.entry.skills.retain(|skill| !denied.iter().any(|one| is_same_skill(one, skill)));
        bound(&mut self.entry);
        self.entry
    }
}

/// Whether two skills are the same: case does not count.
pub(super) fn is_same_skill(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
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
