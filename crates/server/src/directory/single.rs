//! One person at a time, as a source that provisions tells of them.

use super::matching::Others;
use super::record::{RefusalReason, SourceRecord};
use super::rows::put;
use hookflash_store::people::PersonChange;
use hookflash_store::{Store, StoreError};
use uuid::Uuid;

/// Why a person was not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The record cannot be taken.
    #[error("{0}")]
    Refused(RefusalReason),
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a person to a source, or changes what it tells of them. Back when it is kept.
///
/// # Errors
/// `Refused`; `Store`.
pub async fn put_person(store: &Store, source_id: Uuid, record: SourceRecord) -> Result<(), NotTaken> {
    if let Some(change) = change_of_person(store, source_id, record).await? {
        store.change_people(&[change]).await?;
    }
    Ok(())
}

/// Removes a person from a source. False where it told of nobody of that key.
///
/// # Errors
/// `Unavailable`, `InDoubt`.
pub async fn remove_person(store: &Store, source_id: Uuid, key: &str) -> Result<bool, StoreError> {
    let Some(change) = removal_of_person(store, source_id, key).await? else { return Ok(false) };
    store.change_people(&[change]).await?;
    Ok(true)
}

/// What is to be written so that the source tells this of a person; nothing where it does so already.
///
/// # Errors
/// `Refused`; `Store`.
pub async fn change_of_person(
    store: &Store,
    source_id: Uuid,
    record: SourceRecord,
) -> Result<Option<PersonChange>, NotTaken> {
    let record = record.checked().map_err(NotTaken::Refused)?;
    let before = store.person_of_source(source_id, &record.key).await?;
    if before.as_ref().is_some_and(|before| before.fingerprint == record.fingerprint()) {
        return Ok(None);
    }
    let before = before.map(|before| before.entry_id);
    let others = Others::of(store, source_id, std::slice::from_ref(&record)).await?;
    let entry_id = others.entry_of(store, &record, before).await?;
    Ok(Some(put(record, source_id, entry_id, before)))
}

/// What is to be written so that the source tells nothing of a person; nothing where it does so already.
///
/// # Errors
/// `Unavailable`.
pub async fn removal_of_person(
    store: &Store,
    source_id: Uuid,
    key: &str,
) -> Result<Option<PersonChange>, StoreError> {
    let row = store.person_of_source(source_id, key).await?;
    Ok(row.map(|row| PersonChange::Remove { source_id, source_key: row.source_key, entry_id: row.entry_id }))
}
