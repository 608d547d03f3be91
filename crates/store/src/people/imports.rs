//! Imports: that a source was read, how far, and what was refused.

use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

/// Imports that are kept of a source.
pub const IMPORTS_KEPT: i64 = 20;

row! {
    /// That a source was read.
    pub struct PeopleImportRow {
        /// Which import; ids sort by the moment they were made.
        pub import_id: Uuid,
        /// Of which source.
        pub source_id: Uuid,
        /// Who asked for it.
        pub by_name: String,
        /// Whether who is not named is removed.
        pub is_full: bool,
        /// The state's word: `running`, `completed`, `failed`, `interrupted`.
        pub state: String,
        /// Why it failed.
        pub error_code: Option<String>,
        /// The same in words.
        pub error_words: Option<String>,
        /// When it began.
        pub began_at: Timestamp,
        /// When it was last heard of.
        pub told_at: Timestamp,
        /// When it was over.
        pub ended_at: Option<Timestamp>,
        /// People of whom the source told, those who were refused among them.
        pub read_count: i64,
        /// Who is new.
        pub added_count: i64,
        /// Of whom something else is told than before.
        pub changed_count: i64,
        /// Who is gone.
        pub removed_count: i64,
        /// Who could not be taken.
        pub refused_count: i64,
    }
}

row! {
    /// Somebody who could not be taken.
    pub struct RefusedRow {
        /// In which import.
        pub import_id: Uuid,
        /// The how manieth, from 0.
        pub no: i64,
        /// The number of the row, or the source's key.
        pub place: String,
        /// Why, as a code.
        pub reason: String,
        /// The same in words.
        pub words: String,
    }
}

impl Store {
    /// Notes that an import begins. One that has not been heard of since `alive_since` counts as interrupted. False
    /// where another one of the source is still running, and then nothing is noted.
    ///
    /// # Errors
    /// `NotFound` for the source, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn begin_people_import(
        &self,
        import: &PeopleImportRow,
        alive_since: Timestamp,
    ) -> Result<bool, StoreError> {
        import.check()?;
        let mut tx = self.writing.begin().await?;
        let result = begin(&mut tx, import, alive_since).await;
        tx.settle(result).await
    }

    /// Writes how far an import is, or how it ended, and what was refused since.
    ///
    /// # Errors
    /// `NulCharacter`, `TooLong`, `NotFound` where it was removed, `Unavailable`, `InDoubt`.
    pub async fn tell_people_import(
        &self,
        import: &PeopleImportRow,
        refused: &[RefusedRow],
    ) -> Result<(), StoreError> {
        import.check()?;
        refused.iter().try_for_each(RefusedRow::check)?;
        let mut tx = self.writing.begin().await?;
        let result = tell(&mut tx, import, refused).await;
        tx.settle(result).await
    }

    /// Imports of a source, the newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_imports(&self, source_id: Uuid) -> Result<Vec<PeopleImportRow>, StoreError> {
        Ok(
            on!(&self.db, pool => query_as(OF_SOURCE).bind(source_id).bind(IMPORTS_KEPT).fetch_all(pool).await)?,
        )
    }

    /// The newest import of each source.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn last_people_imports(&self) -> Result<Vec<PeopleImportRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(LAST).fetch_all(pool).await)?)
    }

    /// What was refused in an import, in its order.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn refused_people(&self, import_id: Uuid) -> Result<Vec<RefusedRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(REFUSED).bind(import_id).fetch_all(pool).await)?)
    }
}

async fn begin(
    tx: &mut Tx<'_>,
    import: &PeopleImportRow,
    alive_since: Timestamp,
) -> Result<bool, StoreError> {
    // Numbering events is one node's at a time, so no two look before either adds.
    tx.lock_events().await?;
    on!(tx.conn()?, conn => query(INTERRUPT).bind(import.source_id).bind(alive_since.0).execute(conn).await
        .map(drop))?;
    let running: i64 =
        on!(tx.conn()?, conn => query_scalar(RUNNING).bind(import.source_id).fetch_one(conn).await)?;
    if running > 0 {
        return Ok(false);
    }
    on!(tx.conn()?, conn => import.bind_to(query(ADD)).execute(conn).await.map(drop))
        .map_err(|error| or_unknown(error, "people source"))?;
    on!(tx.conn()?, conn => query(FORGET).bind(import.source_id).bind(IMPORTS_KEPT).execute(conn).await
        .map(drop))?;
    Ok(true)
}

async fn tell(tx: &mut Tx<'_>, import: &PeopleImportRow, refused: &[RefusedRow]) -> Result<(), StoreError> {
    let told = on!(tx.conn()?, conn => query(TELL).bind(import.import_id).bind(&import.state)
        .bind(&import.error_code).bind(&import.error_words).bind(import.told_at.0)
        .bind(import.ended_at.map(|at| at.0)).bind(import.read_count).bind(import.added_count)
        .bind(import.changed_count).bind(import.removed_count).bind(import.refused_count)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if told == 0 {
        return Err(StoreError::NotFound("import"));
    }
    for row in refused {
        on!(tx.conn()?, conn => row.bind_to(query(ADD_REFUSED)).execute(conn).await.map(drop))?;
    }
    Ok(())
}

sql! {
    OF_SOURCE = "select import_id, source_id, by_name, is_full, state, error_code, error_words, began_at, told_at, \
        ended_at, read_count, added_count, changed_count, removed_count, refused_count from people_import \
        where source_id = $1 order by import_id desc limit $2";
    LAST = "select import_id, source_id, by_name, is_full, state, error_code, error_words, began_at, told_at, \
        ended_at, read_count, added_count, changed_count, removed_count, refused_count from people_import \
        where import_id in (select (select i.import_id from people_import i where i.source_id = s.source_id \
        order by i.import_id desc limit 1) from people_source s)";
    REFUSED = "select import_id, no, place, reason, words from people_refused where import_id = $1 order by no";
    INTERRUPT = "update people_import set state = 'interrupted', ended_at = told_at \
        where source_id = $1 and state = 'running' and told_at < $2";
    RUNNING = "select count(*) from people_import where source_id = $1 and state = 'running'";
    ADD = "insert into people_import (import_id, source_id, by_name, is_full, state, error_code, error_words, \
        began_at, told_at, ended_at, read_count, added_count, changed_count, removed_count, refused_count) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    FORGET = "delete from people_import where source_id = $1 and import_id not in \
        (select i.import_id from people_import i where i.source_id = $1 order by i.import_id desc limit $2)";
    TELL = "update people_import set state = $2, error_code = $3, error_words = $4, told_at = $5, ended_at = $6, \
        read_count = $7, added_count = $8, changed_count = $9, removed_count = $10, refused_count = $11 \
        where import_id = $1 and state = 'running'";
    ADD_REFUSED = "insert into people_refused (import_id, no, place, reason, words) values ($1, $2, $3, $4, $5) \
        on conflict do nothing";
}
