//! Asking for a report.

use super::ReportRunRow;
use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use sqlx::{query, query_scalar};

/// How many runs may be queued or running, those of schedules among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunLimits {
    /// Of all users.
    pub all: i64,
    /// Of one user.
    pub one_user: i64,
}

impl Store {
    /// Queues a run. Gives the number of the event `report_requested`.
    ///
    /// # Errors
    /// `TooManyRuns` where as many wait as may, `NotFound` for the user, `NulCharacter`, `TooLong`,
    /// `Unavailable`, `InDoubt`.
    pub async fn ask_for_report(
        &self,
        run: &ReportRunRow,
        limits: RunLimits,
        by: &By,
    ) -> Result<i64, StoreError> {
        run.check()?;
        let mut tx = self.writing.begin().await?;
        let result = ask(&mut tx, run, limits, by).await;
        tx.settle(result).await
    }
}

async fn ask(tx: &mut Tx<'_>, run: &ReportRunRow, limits: RunLimits, by: &By) -> Result<i64, StoreError> {
    // Numbering events is one node's at a time, so no two count before either adds.
    tx.lock_events().await?;
    let all: i64 = on!(tx.conn()?, conn => query_scalar(WAITING).fetch_one(conn).await)?;
    let own: i64 =
        on!(tx.conn()?, conn => query_scalar(WAITING_OF).bind(run.user_id.0).fetch_one(conn).await)?;
    if all >= limits.all || own >= limits.one_user {
        return Err(StoreError::TooManyRuns);
    }
    add(tx, run).await?;
    let about = format!(r#"{{"run_id":"{}","report":"{}"}}"#, run.run_id, run.report);
    tx.audit("report_requested", by, about).await
}

/// Queues a run of which the caller has checked the texts.
pub(crate) async fn add(tx: &mut Tx<'_>, run: &ReportRunRow) -> Result<(), StoreError> {
    on!(tx.conn()?, conn => run.bind_to(query(ADD)).execute(conn).await.map(drop))
        .map_err(|error| or_unknown(error, "user"))
}

sql! {
    WAITING = "select count(*) from report_run where state in ('queued', 'running')";
    WAITING_OF = "select count(*) from report_run where state in ('queued', 'running') and user_id = $1";
    ADD = "insert into report_run (run_id, user_id, report, parameters, shows_people, state, attempt, progress, \
        error_code, requested_at, started_at, ended_at, expires_at, lease_until, fire_id) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
}
