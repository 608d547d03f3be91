//! Who is one person, though several sources tell of them.
//!
//! A row belongs to the entry of a row of **another** source
//! 1. with the same e-mail address, when the names share a word: a mailbox of several people does not make them one;
//! 2. with the same address on the same chat network.
//!
//! Case does not count. Two rows of one source are never one person: a source knows its own people apart. Who is
//! matched once stays so until the source tells something else of them.

use super::record::SourceRecord;
use super::rows::entry;
use crate::ids::new_id;
use hookflash_directory::index::{EntryId, is_one_person};
use hookflash_domain::{NetworkId, PersonId};
use hookflash_store::people::PersonRow;
use hookflash_store::{Store, StoreError};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The entry of whoever has that address, as another source than this one says.
///
/// # Errors
/// `Unavailable`.
pub(super) async fn usable_entry(
    store: &Store,
    person: &PersonId,
    but: Uuid,
) -> Result<Option<Uuid>, StoreError> {
    let owned = store.people_at_addresses(&[(&person.network, &person.address)]).await?;
    Ok(owned.into_iter().find(|(.., source_id)| *source_id != but).map(|(_, _, entry_id, _)| entry_id))
}

/// People of other sources who may be the same as those of a batch.
pub(super) struct Others {
    by_email: HashMap<String, Vec<PersonRow>>,
    by_address: HashMap<(NetworkId, String), Vec<Uuid>>,
}

impl Others {
    /// Reads those with an address of somebody of the batch.
    pub(super) async fn of(
        store: &Store,
        source_id: Uuid,
        batch: &[SourceRecord],
    ) -> Result<Self, StoreError> {
        let emails: HashSet<&str> = batch.iter().filter_map(|record| record.email.as_deref()).collect();
        let emails: Vec<&str> = emails.into_iter().collect();
        let mut others = Self { by_email: HashMap::new(), by_address: HashMap::new() };
        for row in store.people_with_emails(&emails).await? {
            if row.source_id != source_id {
                let email = row.email.as_deref().unwrap_or_default().to_lowercase();
                others.by_email.entry(email).or_default().push(row);
            }
        }
        let addresses: Vec<_> = batch.iter().flat_map(|record| &record.networks).collect();
        for some in addresses.chunks(hookflash_store::people::MAX_SOUGHT) {
            let some: Vec<_> = some.iter().map(|one| (&one.network, one.address.as_str())).collect();
            for (network, address, entry_id, of_source) in store.people_at_addresses(&some).await? {
                if of_source != source_id {
                    others.by_address.entry((network, address)).or_default().push(entry_id);
                }
            }
        }
        Ok(others)
    }

    /// The entry to which a record belongs, which has belonged to `before`.
    pub(super) async fn entry_of(
        &self,
        store: &Store,
        record: &SourceRecord,
        before: Option<Uuid>,
    ) -> Result<Uuid, StoreError> {
        let same = self.same_as(record);
        if let Some(before) = before.filter(|before| same.contains(before)) {
            return Ok(before);
        }
        if let Some(first) = same.first() {
            return Ok(*first);
        }
        match before {
            // Alone in it: the entry stays who it is, under whatever name.
            Some(before) if store.rows_of_entry(before).await? <= 1 => Ok(before),
            _ => Ok(new_id()),
        }
    }

    fn same_as(&self, record: &SourceRecord) -> Vec<Uuid> {
        let me = record.clone().into_entry(EntryId(Uuid::nil()));
        let email = record.email.as_deref().map(str::to_lowercase);
        let by_email = email.and_then(|email| self.by_email.get(&email)).into_iter().flatten();
        let by_email = by_email.filter(|row| is_one_person(&entry(PersonRow::clone(row)), &me));
        let mut same: Vec<Uuid> = by_email.map(|row| row.entry_id).collect();
        for one in &record.networks {
            let key = (one.network.clone(), one.address.to_lowercase());
            same.extend(self.by_address.get(&key).into_iter().flatten());
        }
        same
    }
}
