//! The codes that agents choose at the end.

use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::users::name_key;
use crate::{By, Store, StoreError};
use hookflash_domain::{DispositionId, QueueId};
use sqlx::{query, query_as};

row! {
    /// A disposition.
    pub struct DispositionRow {
        /// Which disposition.
        pub disposition_id: DispositionId,
        /// Its name; unique, case does not count.
        pub name: String,
        /// Whether it can be chosen.
        pub active: bool,
    }
}

/// A disposition with its queues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposition {
    /// The disposition.
    pub row: DispositionRow,
    /// The queues for which it can be chosen; empty for all.
    pub queue_ids: Vec<QueueId>,
}

/// What to change of a disposition; an absent field stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DispositionChange {
    /// Its name.
    pub name: Option<String>,
    /// Whether it can be chosen.
    pub active: Option<bool>,
    /// All queues for which it can be chosen.
    pub queue_ids: Option<Vec<QueueId>>,
}

row! {
    /// A queue for which a disposition can be chosen.
    pub struct DispositionQueueRow {
        /// The disposition.
        pub disposition_id: DispositionId,
        /// The queue.
        pub queue_id: QueueId,
    }
}

impl Store {
    /// All dispositions, by name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn dispositions(&self) -> Result<Vec<Disposition>, StoreError> {
        let rows: Vec<DispositionRow> = on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?;
        let queues: Vec<DispositionQueueRow> = on!(&self.db, pool => query_as(QUEUES).fetch_all(pool).await)?;
        let with_queues = |row: DispositionRow| Disposition {
            queue_ids: queues
                .iter()
                .filter(|of| of.disposition_id == row.disposition_id)
                .map(|of| of.queue_id)
                .collect(),
            row,
        };
        Ok(rows.into_iter().map(with_queues).collect())
    }

    /// Adds a disposition. Gives the number of the event `disposition_created`.
    ///
    /// # Errors
    /// `NameTaken`, `NotFound` for a queue, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn create_disposition(&self, disposition: &Disposition, by: &By) -> Result<i64, StoreError> {
        disposition.row.check()?;
        let mut tx = self.writing.begin().await?;
        let result = create(&mut tx, disposition, by).await;
        tx.settle(result).await
    }

    /// Changes a disposition. Gives the number of the event `disposition_changed`.
    ///
    /// # Errors
    /// As [`Store::create_disposition`], and `NotFound` for the disposition.
    pub async fn change_disposition(
        &self,
        id: DispositionId,
        change: DispositionChange,
        by: &By,
    ) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = self::change(&mut tx, id, change, by).await;
        tx.settle(result).await
    }
}

async fn create(tx: &mut Tx<'_>, disposition: &Disposition, by: &By) -> Result<i64, StoreError> {
    let row = &disposition.row;
    on!(tx.conn()?, conn => row.bind_to(query(ADD)).bind(name_key(&row.name)).execute(conn).await.map(drop))
        .map_err(|error| or_taken(error, &row.name))?;
    set_queues(tx, row.disposition_id, &disposition.queue_ids).await?;
    tx.audit("disposition_created", by, about(row.disposition_id)).await
}

async fn change(
    tx: &mut Tx<'_>,
    id: DispositionId,
    change: DispositionChange,
    by: &By,
) -> Result<i64, StoreError> {
    let found: Option<DispositionRow> =
        on!(tx.conn()?, conn => query_as(BY_ID).bind(id.0).fetch_optional(conn).await)?;
    let row = found.ok_or(StoreError::NotFound("disposition"))?;
    let row = DispositionRow {
        disposition_id: id,
        name: change.name.unwrap_or(row.name),
        active: change.active.unwrap_or(row.active),
    };
    row.check()?;
    on!(tx.conn()?, conn => row.bind_to(query(REPLACE)).bind(name_key(&row.name)).execute(conn).await.map(drop))
        .map_err(|error| or_taken(error, &row.name))?;
    if let Some(queue_ids) = change.queue_ids {
        set_queues(tx, id, &queue_ids).await?;
    }
    tx.audit("disposition_changed", by, about(id)).await
}

async fn set_queues(tx: &mut Tx<'_>, id: DispositionId, queue_ids: &[QueueId]) -> Result<(), StoreError> {
    on!(tx.conn()?, conn => query(DROP_QUEUES).bind(id.0).execute(conn).await.map(drop))?;
    for queue_id in queue_ids {
        on!(tx.conn()?, conn => query(ADD_QUEUE).bind(id.0).bind(queue_id.0).execute(conn).await.map(drop))
            .map_err(|error| or_unknown(error, "queue"))?;
    }
    Ok(())
}

fn or_taken(error: sqlx::Error, name: &str) -> StoreError {
    if is_taken(&error) { StoreError::NameTaken(name.to_owned()) } else { error.into() }
}

fn about(id: DispositionId) -> String {
    format!(r#"{{"disposition_id":"{id}"}}"#)
}

sql! {
    ALL = "select disposition_id, name, active from disposition order by name, disposition_id";
    BY_ID = "select disposition_id, name, active from disposition where disposition_id = $1";
    QUEUES = "select disposition_id, queue_id from disposition_queue order by disposition_id, queue_id";
    ADD = "insert into disposition (disposition_id, name, active, name_key) values ($1, $2, $3, $4)";
    REPLACE = "update disposition set name = $2, active = $3, name_key = $4 where disposition_id = $1";
    DROP_QUEUES = "delete from disposition_queue where disposition_id = $1";
    ADD_QUEUE = "insert into disposition_queue (disposition_id, queue_id) values ($1, $2) on conflict do nothing";
}
