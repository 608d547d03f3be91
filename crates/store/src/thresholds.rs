//! From when on figures of queues call for attention.

use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use hookflash_domain::QueueId;
use sqlx::{query, query_as};

/// Most thresholds: what the body of a request has room for.
pub const MAX_THRESHOLDS: usize = 500;

row! {
    /// The thresholds of a figure.
    pub struct ThresholdRow {
        /// The figure's word, as in `domain::figures::Watched`.
        pub figure: String,
        /// Of which queue; none for all that have none of their own.
        pub queue_id: Option<QueueId>,
        /// From when on it is to be looked at; none for never.
        pub warning: Option<i64>,
        /// From when on something is to be done; none for never.
        pub critical: Option<i64>,
    }
}

impl Store {
    /// All thresholds in the order in which they were given.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn thresholds(&self) -> Result<Vec<ThresholdRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// Makes these the thresholds. Gives the number of the event `thresholds_changed`.
    ///
    /// # Errors
    /// `NameTaken` for a figure given twice for the same, `NotFound` for a queue, `NulCharacter`, `TooLong`,
    /// `Unavailable`, `InDoubt`.
    pub async fn replace_thresholds(&self, rows: &[ThresholdRow], by: &By) -> Result<i64, StoreError> {
        if rows.len() > MAX_THRESHOLDS {
            return Err(StoreError::TooLong("the list of thresholds"));
        }
        rows.iter().try_for_each(ThresholdRow::check)?;
        let mut tx = self.writing.begin().await?;
        let result = replace(&mut tx, rows, by).await;
        tx.settle(result).await
    }
}

async fn replace(tx: &mut Tx<'_>, rows: &[ThresholdRow], by: &By) -> Result<i64, StoreError> {
    on!(tx.conn()?, conn => query(CLEAR).execute(conn).await.map(drop))?;
    for (place, row) in (0_i64..).zip(rows) {
        on!(tx.conn()?, conn => row.bind_to(query(ADD)).bind(place).execute(conn).await.map(drop)).map_err(
            |error| {
                if is_taken(&error) {
                    StoreError::NameTaken(row.figure.clone())
                } else {
                    or_unknown(error, "queue")
                }
            },
        )?;
    }
    tx.audit("thresholds_changed", by, "{}".to_owned()).await
}

sql! {
    ALL = "select figure, queue_id, warning, critical from threshold order by place";
    CLEAR = "delete from threshold";
    ADD = "insert into threshold (figure, queue_id, warning, critical, place) values ($1, $2, $3, $4, $5)";
}
