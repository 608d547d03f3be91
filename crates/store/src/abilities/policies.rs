//! How queues choose.

use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use hookflash_domain::QueueId;
use sqlx::{query, query_as};

row! {
    /// How a queue chooses.
    pub struct QueuePolicyRow {
        /// The queue.
        pub queue_id: QueueId,
        /// The domain's policy as JSON.
        pub body: String,
    }
}

impl Store {
    /// How queues choose; a queue that is not among them uses the default.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn queue_policies(&self) -> Result<Vec<QueuePolicyRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// Sets how a queue chooses. Gives the number of the event `queue_policy_changed`.
    ///
    /// # Errors
    /// `NotFound` for the queue, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn set_queue_policy(&self, row: &QueuePolicyRow, by: &By) -> Result<i64, StoreError> {
        row.check()?;
        let mut tx = self.writing.begin().await?;
        let result = set(&mut tx, row, by).await;
        tx.settle(result).await
    }
}

async fn set(tx: &mut Tx<'_>, row: &QueuePolicyRow, by: &By) -> Result<i64, StoreError> {
    on!(tx.conn()?, conn => row.bind_to(query(PUT)).execute(conn).await.map(drop))
        .map_err(|error| or_unknown(error, "queue"))?;
    tx.audit("queue_policy_changed", by, format!(r#"{{"queue_id":"{}"}}"#, row.queue_id)).await
}

sql! {
    ALL = "select queue_id, body from queue_policy order by queue_id";
    PUT = "insert into queue_policy (queue_id, body) values ($1, $2) \
        on conflict (queue_id) do update set body = excluded.body";
}
