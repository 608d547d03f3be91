//! Writing what a source tells.

use super::following::{next_revision, touch};
use super::{PersonRow, address_key};
use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{Store, StoreError};
use hookflash_domain::NetworkId;
use sqlx::query;
use uuid::Uuid;

/// Most changes at a time: nobody waits long for the connection that writes.
pub const MAX_CHANGES: usize = 1_000;

/// A change of what a source tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonChange {
    /// It tells of this person, under these addresses.
    Put {
        /// What it tells.
        row: Box<PersonRow>,
        /// Networks and the addresses there.
        addresses: Vec<(NetworkId, String)>,
        /// The entry to which the row has belonged, where that was another one.
        left: Option<Uuid>,
    },
    /// It does not tell of this person any more.
    Remove {
        /// Which source.
        source_id: Uuid,
        /// What it has called the person.
        source_key: String,
        /// The entry to which the row has belonged.
        entry_id: Uuid,
    },
}

impl Store {
    /// Writes up to [`MAX_CHANGES`] changes, all or none. Gives their revision.
    ///
    /// # Errors
    /// `TooLong`, `NotFound` for the source, `NulCharacter`, `Unavailable`, `InDoubt`.
    pub async fn change_people(&self, changes: &[PersonChange]) -> Result<i64, StoreError> {
        check(changes)?;
        let mut tx = self.writing.begin().await?;
        let result = write(&mut tx, changes).await;
        tx.settle(result).await
    }
}

/// Refuses what cannot be written.
pub(super) fn check(changes: &[PersonChange]) -> Result<(), StoreError> {
    if changes.len() > MAX_CHANGES {
        return Err(StoreError::TooLong("the list of people"));
    }
    for change in changes {
        if let PersonChange::Put { row, .. } = change {
            row.check()?;
        }
    }
    Ok(())
}

/// Writes checked changes. Gives their revision.
pub(super) async fn write(tx: &mut Tx<'_>, changes: &[PersonChange]) -> Result<i64, StoreError> {
    let revision = next_revision(tx).await?;
    for change in changes {
        match change {
            PersonChange::Put { row, addresses, left } => {
                put(tx, row, addresses).await?;
                touch(tx, row.entry_id, revision).await?;
                if let Some(left) = left {
                    touch(tx, *left, revision).await?;
                }
            }
            PersonChange::Remove { source_id, source_key, entry_id } => {
                on!(tx.conn()?, conn => query(DROP).bind(source_id).bind(source_key).execute(conn).await.map(drop))?;
                touch(tx, *entry_id, revision).await?;
            }
        }
    }
    Ok(revision)
}

async fn put(tx: &mut Tx<'_>, row: &PersonRow, addresses: &[(NetworkId, String)]) -> Result<(), StoreError> {
    let email_key = row.email.as_deref().map(address_key);
    on!(tx.conn()?, conn => row.bind_to(query(PUT)).bind(&email_key).execute(conn).await.map(drop))
        .map_err(|error| or_unknown(error, "people source"))?;
    on!(tx.conn()?, conn => query(CLEAR_ADDRESSES).bind(row.source_id).bind(&row.source_key)
        .execute(conn).await.map(drop))?;
    for (network, address) in addresses {
        on!(tx.conn()?, conn => query(ADD_ADDRESS).bind(&network.0).bind(address_key(address)).bind(row.source_id)
            .bind(&row.source_key).execute(conn).await.map(drop))?;
    }
    Ok(())
}

sql! {
    PUT = "insert into person (source_id, source_key, entry_id, given, family, display, company, department, title, \
        location, email, phones, skills, networks, fingerprint, denied_skills, email_key) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
        on conflict (source_id, source_key) do update set entry_id = excluded.entry_id, given = excluded.given, \
        family = excluded.family, display = excluded.display, company = excluded.company, \
        department = excluded.department, title = excluded.title, location = excluded.location, \
        email = excluded.email, phones = excluded.phones, skills = excluded.skills, networks = excluded.networks, \
        fingerprint = excluded.fingerprint, denied_skills = excluded.denied_skills, \
        email_key = excluded.email_key";
    DROP = "delete from person where source_id = $1 and source_key = $2";
    CLEAR_ADDRESSES = "delete from person_address where source_id = $1 and source_key = $2";
    ADD_ADDRESS = "insert into person_address (network, address_key, source_id, source_key) values ($1, $2, $3, $4) \
        on conflict do nothing";
}
