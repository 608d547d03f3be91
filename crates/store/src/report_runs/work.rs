//! Making a report: one node at a time, in tries.

use super::ReportRunRow;
use crate::tx::Tx;
use crate::{Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

impl Store {
    /// Begins a try of the run that has waited longest and gives it to the caller until `lease_until`. Nothing is
    /// given while another node makes one. A run whose node has not kept its lease is begun again.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn claim_report_run(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<ReportRunRow>, StoreError> {
        let waiting: Option<i64> = on!(&self.db, pool => query_scalar(WAITS).fetch_optional(pool).await)?;
        if waiting.is_none() {
            return Ok(None);
        }
        let mut tx = self.writing.begin().await?;
        let result = claim(&mut tx, now, lease_until).await;
        tx.settle(result).await
    }

    /// Says how far a try is and keeps it for longer. False where it is no longer the caller's: cancelled, removed
    /// or begun again elsewhere.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn keep_report_run(
        &self,
        run_id: Uuid,
        attempt: i64,
        progress: i64,
        lease_until: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.writing.begin().await?;
        let kept = on!(tx.conn()?, conn => query(KEEP).bind(run_id).bind(attempt).bind(progress)
            .bind(lease_until.0).execute(conn).await.map(|done| done.rows_affected()));
        Ok(tx.settle(kept.map_err(StoreError::from)).await? > 0)
    }

    /// Gives up all leases: for a node that knows that no other one is there.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn release_report_runs(&self) -> Result<(), StoreError> {
        let mut tx = self.writing.begin().await?;
        let released = on!(tx.conn()?, conn => query(RELEASE).execute(conn).await.map(drop));
        tx.settle(released.map_err(StoreError::from)).await
    }
}

async fn claim(
    tx: &mut Tx<'_>,
    now: Timestamp,
    lease_until: Timestamp,
) -> Result<Option<ReportRunRow>, StoreError> {
    let claimed: Option<ReportRunRow> = on!(tx.conn()?, conn => query_as(CLAIM)
        .bind(now.0).bind(lease_until.0).fetch_optional(conn).await)?;
    if let Some(run) = &claimed {
        // What earlier tries left behind.
        on!(tx.conn()?, conn => query(DROP_PARTS).bind(run.run_id).execute(conn).await.map(drop))?;
    }
    Ok(claimed)
}

sql! {
    WAITS = "select cast(1 as bigint) from report_run where state in ('queued', 'running') limit 1";
    CLAIM = "update report_run set state = 'running', attempt = attempt + 1, progress = 0, started_at = $1, \
        lease_until = $2 where run_id = (select w.run_id from report_run w where w.state = 'queued' \
        or (w.state = 'running' and w.lease_until < $1) order by w.run_id limit 1) \
        and (state = 'queued' or (state = 'running' and lease_until < $1)) \
        and not exists (select 1 from report_run o where o.state = 'running' and o.lease_until >= $1) \
        returning run_id, user_id, report, parameters, shows_people, state, attempt, progress, error_code, \
        requested_at, started_at, ended_at, expires_at, lease_until, fire_id";
    DROP_PARTS = "delete from report_part where run_id = $1";
    KEEP = "update report_run set progress = $3, lease_until = $4 \
        where run_id = $1 and attempt = $2 and state = 'running'";
    RELEASE = "update report_run set lease_until = 0 where state = 'running'";
}
