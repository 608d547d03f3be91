//! Removing runs and what is left of them.

use crate::tx::Tx;
use crate::{By, Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::{query, query_scalar};
use uuid::Uuid;

impl Store {
    /// Removes a run with its files, whatever its state. Gives the number of the event `report_removed`.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`, `InDoubt`.
    pub async fn remove_report_run(&self, run_id: Uuid, by: &By) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = remove(&mut tx, run_id, by).await;
        tx.settle(result).await
    }

    /// Removes one run whose time is over, with its files, and what was written for nothing. False where there was
    /// none. One at a time, so that nobody waits long for the connection that writes.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn forget_expired_report_run(&self, now: Timestamp) -> Result<bool, StoreError> {
        let expired: Option<Uuid> =
            on!(&self.db, pool => query_scalar(EXPIRED).bind(now.0).fetch_optional(pool).await)?;
        let mut tx = self.writing.begin().await?;
        let result = match expired {
            Some(run_id) => drop_run(&mut tx, run_id).await.map(|_| true),
            None => drop_left(&mut tx).await.map(|()| false),
        };
        tx.settle(result).await
    }
}

async fn remove(tx: &mut Tx<'_>, run_id: Uuid, by: &By) -> Result<i64, StoreError> {
    if drop_run(tx, run_id).await? == 0 {
        return Err(StoreError::NotFound("report run"));
    }
    tx.audit("report_removed", by, format!(r#"{{"run_id":"{run_id}"}}"#)).await
}

async fn drop_run(tx: &mut Tx<'_>, run_id: Uuid) -> Result<u64, StoreError> {
    Ok(on!(tx.conn()?, conn => query(DROP).bind(run_id).execute(conn).await
        .map(|done| done.rows_affected()))?)
}

async fn drop_left(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    Ok(on!(tx.conn()?, conn => query(DROP_LEFT).execute(conn).await.map(drop))?)
}

sql! {
    EXPIRED = "select run_id from report_run where expires_at <= $1 order by run_id limit 1";
    DROP = "delete from report_run where run_id = $1";
    DROP_LEFT = "delete from report_part where not exists (select 1 from report_run r \
        where r.run_id = report_part.run_id and r.attempt = report_part.attempt \
        and r.state in ('running', 'completed', 'completed_with_errors'))";
}
