//! Following what changes.

use crate::tx::Tx;
use crate::{Store, StoreError};
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

row! {
    /// How far the people have changed.
    pub struct PeopleClock {
        /// Tells databases apart.
        pub identity: Option<Uuid>,
        /// Of the last change.
        pub revision: i64,
        /// Of the last change after which everything counts as changed.
        pub whole_revision: i64,
        /// Of the last change of the administrator's nicknames; these count for themselves.
        pub nicknames_revision: i64,
    }
}

impl Store {
    /// How far the people have changed.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_clock(&self) -> Result<PeopleClock, StoreError> {
        Ok(on!(&self.db, pool => query_as(CLOCK).fetch_one(pool).await)?)
    }

    /// Gives the database an identity where it has none yet.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn name_people_clock(&self, identity: Uuid) -> Result<(), StoreError> {
        let mut tx = self.writing.begin().await?;
        let named = on!(tx.conn()?, conn => query(NAME).bind(identity).execute(conn).await.map(drop));
        tx.settle(named.map_err(StoreError::from)).await
    }

    /// Entries that have changed after a revision, up to `limit`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn changed_entries(&self, after: i64, limit: i64) -> Result<Vec<Uuid>, StoreError> {
        Ok(on!(&self.db, pool => query_scalar(CHANGED).bind(after).bind(limit).fetch_all(pool).await)?)
    }

    /// Forgets of entries that are gone that they were there, where that was at the revision or before; of up to
    /// 1,000 at a time. An index of an older revision is made anew from then on.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn forget_gone_entries(&self, until: i64) -> Result<u64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = forget(&mut tx, until).await;
        tx.settle(result).await
    }
}

async fn forget(tx: &mut Tx<'_>, until: i64) -> Result<u64, StoreError> {
    let forgotten = on!(tx.conn()?, conn => query(FORGET).bind(until).execute(conn).await
        .map(|done| done.rows_affected()))?;
    if forgotten > 0 {
        on!(tx.conn()?, conn => query(OUTDATE).bind(until).execute(conn).await.map(drop))?;
    }
    Ok(forgotten)
}

/// The revision of this transaction's changes.
pub(super) async fn next_revision(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    Ok(on!(tx.conn()?, conn => query_scalar(NEXT).fetch_one(conn).await)?)
}

/// Marks an entry as changed.
pub(super) async fn touch(tx: &mut Tx<'_>, entry_id: Uuid, revision: i64) -> Result<(), StoreError> {
    Ok(on!(tx.conn()?, conn => query(TOUCH).bind(entry_id).bind(revision).execute(conn).await.map(drop))?)
}

/// Marks everything as changed.
pub(super) async fn touch_all(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    Ok(on!(tx.conn()?, conn => query(TOUCH_ALL).execute(conn).await.map(drop))?)
}

sql! {
    CLOCK = "select identity, revision, whole_revision, nicknames_revision from people_clock";
    NAME = "update people_clock set identity = $1 where identity is null";
    CHANGED = "select entry_id from people_entry where revision > $1 order by revision limit $2";
    FORGET = "delete from people_entry where entry_id in (select e.entry_id from people_entry e \
        where e.revision <= $1 and not exists (select 1 from person p where p.entry_id = e.entry_id) limit 1000)";
    OUTDATE = "update people_clock set whole_revision = $1 where whole_revision < $1";
    NEXT = "update people_clock set revision = revision + 1 returning revision";
    TOUCH = "insert into people_entry (entry_id, revision) values ($1, $2) \
        on conflict (entry_id) do update set revision = excluded.revision";
    TOUCH_ALL = "update people_clock set revision = revision + 1, whole_revision = revision + 1";
}
