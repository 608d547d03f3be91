//! Removing fires whose reports are gone.

use crate::{Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::query;

impl Store {
    /// Removes fires from before a moment whose runs have all been removed, but for the last one of each schedule.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn forget_report_fires(&self, before: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.writing.begin().await?;
        let done = on!(tx.conn()?, conn => query(DROP).bind(before.0).execute(conn).await.map(drop));
        tx.settle(done.map_err(StoreError::from)).await
    }
}

sql! {
    DROP = "delete from report_fire where fired_at < $1 \
        and not exists (select 1 from report_run r where r.fire_id = report_fire.fire_id) \
        and exists (select 1 from report_fire l where l.schedule_id = report_fire.schedule_id \
        and l.due_at > report_fire.due_at)";
}
