//! The end of a run.

use super::ReportFileRow;
use crate::column::BindTo as _;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::query;
use uuid::Uuid;

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The state's word.
    pub state: &'static str,
    /// Why it failed.
    pub error_code: Option<&'static str>,
    /// Its files; empty where it failed.
    pub files: Vec<ReportFileRow>,
    /// When it ended.
    pub ended_at: Timestamp,
    /// When it is removed.
    pub expires_at: Timestamp,
}

impl Store {
    /// Ends a try. Its files can be read from then on. False where it is no longer the caller's, and then nothing of
    /// it is kept.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn finish_report_run(
        &self,
        run_id: Uuid,
        attempt: i64,
        finished: &Finished,
    ) -> Result<bool, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = finish(&mut tx, run_id, attempt, finished).await;
        tx.settle(result).await
    }

    /// Cancels a run that is not over yet. Gives the number of the event `report_cancelled`, none where it was over.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn cancel_report_run(
        &self,
        run_id: Uuid,
        expires_at: Timestamp,
        by: &By,
    ) -> Result<Option<i64>, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = cancel(&mut tx, run_id, expires_at, by).await;
        tx.settle(result).await
    }
}

async fn finish(
    tx: &mut Tx<'_>,
    run_id: Uuid,
    attempt: i64,
    finished: &Finished,
) -> Result<bool, StoreError> {
    let ended = on!(tx.conn()?, conn => query(FINISH).bind(run_id).bind(attempt).bind(finished.state)
        .bind(finished.error_code).bind(finished.ended_at.0).bind(finished.expires_at.0)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if ended == 0 || finished.files.is_empty() {
        on!(tx.conn()?, conn => query(DROP_PARTS).bind(run_id).bind(attempt).execute(conn).await.map(drop))?;
    }
    if ended > 0 {
        for file in &finished.files {
            on!(tx.conn()?, conn => file.bind_to(query(ADD_FILE)).execute(conn).await.map(drop))?;
        }
    }
    Ok(ended > 0)
}

async fn cancel(
    tx: &mut Tx<'_>,
    run_id: Uuid,
    expires_at: Timestamp,
    by: &By,
) -> Result<Option<i64>, StoreError> {
    let cancelled = on!(tx.conn()?, conn => query(CANCEL).bind(run_id).bind(by.at.0).bind(expires_at.0)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if cancelled == 0 {
        return Ok(None);
    }
    tx.audit("report_cancelled", by, format!(r#"{{"run_id":"{run_id}"}}"#)).await.map(Some)
}

sql! {
    FINISH = "update report_run set state = $3, error_code = $4, ended_at = $5, expires_at = $6, \
        progress = 100, lease_until = null where run_id = $1 and attempt = $2 and state = 'running'";
    /// Never those of a try that has finished the run: whoever is not sure that it did may ask twice.
    DROP_PARTS = "delete from report_part where run_id = $1 and attempt = $2 and not exists \
        (select 1 from report_run r where r.run_id = $1 and r.attempt = $2 \
        and r.state in ('completed', 'completed_with_errors'))";
    ADD_FILE = "insert into report_file (run_id, format, byte_count, part_count, error_code) \
        values ($1, $2, $3, $4, $5)";
    CANCEL = "update report_run set state = 'cancelled', ended_at = $2, expires_at = $3, lease_until = null \
        where run_id = $1 and state in ('queued', 'running')";
}
