//! One reading of a source: only what has changed is written.
//!
//! Invariants:
//! - Whoever a **full** import did not name is removed, but only after the source has told everything, and not where
//!   it has named nobody: a source that answers with nothing, or with an error, empties no directory.
//! - An import that is killed leaves what it has written, removes nobody, and may be repeated.

use super::matching::Others;
use super::record::{Refusal, RefusalReason, SourceRecord, Told};
use super::rows::put;
use crate::clock::now;
use crate::ids::new_id;
use hookflash_store::people::{KnownPerson, PeopleImportRow, PersonChange, RefusedRow};
use hookflash_store::{Store, StoreError};
use std::collections::HashMap;
use uuid::Uuid;

/// People written at a time.
const BATCH: usize = 500;
/// People read at a time.
const PAGE: i64 = 5_000;
/// Refused rows that are kept of an import.
pub const REFUSED_KEPT: i64 = 1_000;
/// An import that has not been heard of for so long has died.
const DEAD_AFTER_MS: i64 = 60_000;

/// Why an import does not begin.
#[derive(Debug, thiserror::Error)]
pub enum NotBegun {
    /// Another one of the source is running.
    #[error("an import of this source is running")]
    Running,
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An import that is running. Dropped before its end, it counts as interrupted after a minute.
#[derive(Debug)]
pub struct Import {
    store: Store,
    row: PeopleImportRow,
    known: HashMap<String, Known>,
    /// People of this import who were taken or were so before.
    named_count: u64,
}

/// Of whom the source has told.
#[derive(Debug)]
struct Known {
    entry_id: Uuid,
    fingerprint: Vec<u8>,
    named: bool,
}

impl Import {
    /// Begins an import of a source; `full` when the source will name everybody.
    ///
    /// # Errors
    /// Another import of the source is running, or the store is not available.
    pub async fn begin(store: &Store, source_id: Uuid, full: bool, by_name: &str) -> Result<Self, NotBegun> {
        let at = now();
        let row = PeopleImportRow {
            import_id: new_id(),
            source_id,
            by_name: by_name.to_owned(),
            is_full: full,
            state: "running".to_owned(),
            error_code: None,
            error_words: None,
            began_at: at,
            told_at: at,
            ended_at: None,
            read_count: 0,
            added_count: 0,
            changed_count: 0,
            removed_count: 0,
            refused_count: 0,
        };
        if !store.begin_people_import(&row, at.plus_ms(-DEAD_AFTER_MS)).await? {
            return Err(NotBegun::Running);
        }
        let known = read_known(store, source_id).await?;
        Ok(Self { store: store.clone(), row, known, named_count: 0 })
    }

    /// Which import this is.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.row.import_id
    }

    /// The import as it is now.
    #[must_use]
    pub fn row(&self) -> &PeopleImportRow {
        &self.row
    }

    /// Takes what the source says next, in any amount, and writes how far the import is.
    ///
    /// # Errors
    /// The store did not take it; [`Import::fail`] is to be called.
    pub async fn add(&mut self, told: Vec<Told>) -> Result<(), StoreError> {
        let mut told = told.into_iter().peekable();
        while told.peek().is_some() {
            let batch: Vec<Told> = told.by_ref().take(BATCH).collect();
            self.add_batch(batch).await?;
        }
        Ok(())
    }

    /// Ends an import whose source has told everything: who was not named in a full one is removed.
    ///
    /// # Errors
    /// The store did not take it.
    pub async fn finish(mut self) -> Result<PeopleImportRow, StoreError> {
        if self.row.is_full && self.named_count == 0 && !self.known.is_empty() {
            let words = "The source named nobody who could be taken. Nobody was removed.";
            return self.fail("nobody_named", words).await;
        }
        if self.row.is_full {
            self.remove_unnamed().await?;
        }
        self.end("completed").await
    }

    /// Ends an import whose source did not tell everything. What was written stays, and nobody is removed.
    ///
    /// # Errors
    /// The store did not take it.
    pub async fn fail(mut self, code: &str, words: &str) -> Result<PeopleImportRow, StoreError> {
        self.row.error_code = Some(code.to_owned());
        self.row.error_words = Some(words.chars().filter(|letter| *letter != '\0').take(1_000).collect());
        self.end("failed").await
    }

    async fn end(mut self, state: &str) -> Result<PeopleImportRow, StoreError> {
        self.row.state = state.to_owned();
        self.row.ended_at = Some(now());
        self.tell(&[]).await?;
        Ok(self.row)
    }

    async fn add_batch(&mut self, batch: Vec<Told>) -> Result<(), StoreError> {
        let (mut news, mut changes, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for told in batch {
            match told {
                Told::Person { place, record } => {
                    self.row.read_count += 1;
                    match self.look_at(*record) {
                        Ok(record) => news.extend(record),
                        Err(reason) => refused.extend(self.refuse(place, &reason)),
                    }
                }
                Told::Refused(Refusal { place, key, reason }) => {
                    self.row.read_count += 1;
                    if let Some(known) = key.and_then(|key| self.known.get_mut(&key)) {
                        known.named = true;
                    }
                    refused.extend(self.refuse(place, &reason));
                }
                Told::Gone(key) => changes.extend(self.forget(&key)),
            }
        }
        changes.extend(self.changes_of(news).await?);
        if !changes.is_empty() {
            self.store.change_people(&changes).await?;
        }
        self.tell(&refused).await
    }

    /// The record, if it is news.
    fn look_at(&mut self, record: SourceRecord) -> Result<Option<SourceRecord>, RefusalReason> {
        let key = record.key.trim().to_owned();
        let record = record.checked().inspect_err(|_| {
            // Who was taken earlier stays as they were.
            if let Some(known) = self.known.get_mut(&key) {
                known.named = true;
            }
        })?;
        let fingerprint = record.fingerprint();
        match self.known.get_mut(&record.key) {
            Some(known) if known.named && self.row.is_full => return Err(RefusalReason::KeyTwice),
            Some(known) => {
                known.named = true;
                self.named_count += 1;
                if known.fingerprint == fingerprint {
                    return Ok(None);
                }
                known.fingerprint = fingerprint;
                self.row.changed_count += 1;
            }
            None => {
                self.named_count += 1;
                self.row.added_count += 1;
                let known = Known { entry_id: Uuid::nil(), fingerprint, named: true };
                self.known.insert(record.key.clone(), known);
            }
        }
        Ok(Some(record))
    }

    async fn changes_of(&mut self, news: Vec<SourceRecord>) -> Result<Vec<PersonChange>, StoreError> {
        let others = Others::of(&self.store, self.row.source_id, &news).await?;
        let mut changes = Vec::with_capacity(news.len());
        for record in news {
            let Some(known) = self.known.get_mut(&record.key) else { continue };
            let before = Some(known.entry_id).filter(|entry| !entry.is_nil());
            known.entry_id = others.entry_of(&self.store, &record, before).await?;
            changes.push(put(record, self.row.source_id, known.entry_id, before));
        }
        Ok(changes)
    }

    fn forget(&mut self, source_key: &str) -> Option<PersonChange> {
        let known = self.known.remove(source_key.trim())?;
        self.row.removed_count += 1;
        let source_key = source_key.trim().to_owned();
        Some(PersonChange::Remove { source_id: self.row.source_id, source_key, entry_id: known.entry_id })
    }

    async fn remove_unnamed(&mut self) -> Result<(), StoreError> {
        let unnamed = self.known.iter().filter(|(_, known)| !known.named);
        let unnamed: Vec<String> = unnamed.map(|(key, _)| key.clone()).collect();
        for some in unnamed.chunks(BATCH) {
            let changes: Vec<_> = some.iter().filter_map(|key| self.forget(key)).collect();
            self.store.change_people(&changes).await?;
            self.tell(&[]).await?;
        }
        Ok(())
    }

    fn refuse(&mut self, place: String, reason: &RefusalReason) -> Option<RefusedRow> {
        let no = self.row.refused_count;
        self.row.refused_count += 1;
        let readable = |text: String| text.chars().filter(|letter| !letter.is_control()).take(200).collect();
        (no < REFUSED_KEPT).then(|| RefusedRow {
            import_id: self.row.import_id,
            no,
            place: readable(place),
            reason: reason.code().to_owned(),
            words: readable(reason.to_string()),
        })
    }

    async fn tell(&mut self, refused: &[RefusedRow]) -> Result<(), StoreError> {
        self.row.told_at = now();
        self.store.tell_people_import(&self.row, refused).await
    }
}

async fn read_known(store: &Store, source_id: Uuid) -> Result<HashMap<String, Known>, StoreError> {
    let mut known = HashMap::new();
    let mut after = String::new();
    loop {
        let page = store.known_people(source_id, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(known) };
        after.clone_from(&last.source_key);
        known.extend(page.into_iter().map(|one: KnownPerson| {
            let of = Known { entry_id: one.entry_id, fingerprint: one.fingerprint, named: false };
            (one.source_key, of)
        }));
    }
}
