//! That a schedule is due.

use super::{ReportFireRow, about};
use crate::column::BindTo as _;
use crate::report_mails::{self, ReportMailRow};
use crate::report_runs::{ReportRunRow, WAITING, add};
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::{query, query_scalar};
use uuid::Uuid;

/// A fire, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired {
    /// The fire.
    pub fire: ReportFireRow,
    /// The revision that the runs were made of.
    pub revision: i64,
    /// When the schedule is due after it; where a person fires it, that stays as it is.
    pub next_fire_at: Option<Timestamp>,
    /// What it asks for; each has the fire's id.
    pub runs: Vec<ReportRunRow>,
    /// Whom it is sent to; likewise.
    pub mails: Vec<ReportMailRow>,
    /// How many runs may be queued or running with these; where none is, any number may.
    pub most_waiting: i64,
}

impl Store {
    /// Notes that a schedule was due, with its runs, its mails and its next time. Those of it whose time was missed count as
    /// fired. False where it was changed, removed or fired elsewhere meanwhile, and then nothing is done.
    ///
    /// # Errors
    /// `TooManyRuns` where it has to wait for others, `ScheduleBusy` where a person fires it while its last reports are waiting or being made, `NotFound` for the
    /// user, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn fire_report_schedule(&self, fired: &Fired, by: &By) -> Result<bool, StoreError> {
        fired.runs.iter().try_for_each(ReportRunRow::check)?;
        fired.mails.iter().try_for_each(ReportMailRow::check)?;
        let mut tx = self.writing.begin().await?;
        let result = fire(&mut tx, fired, by).await;
        tx.settle(result).await
    }
}

async fn fire(tx: &mut Tx<'_>, fired: &Fired, by: &By) -> Result<bool, StoreError> {
    let schedule_id = fired.fire.schedule_id;
    if !take(tx, fired).await? {
        return Ok(false);
    }
    if fired.fire.by_hand && is_busy(tx, schedule_id).await? {
        return Err(StoreError::ScheduleBusy);
    }
    // Numbering events is one node's at a time, so no two count before either adds.
    tx.lock_events().await?;
    let waiting: i64 = on!(tx.conn()?, conn => query_scalar(WAITING).fetch_one(conn).await)?;
    let with_these = waiting.saturating_add(i64::try_from(fired.runs.len()).unwrap_or(i64::MAX));
    if waiting > 0 && with_these > fired.most_waiting {
        return Err(StoreError::TooManyRuns);
    }
    let is_first = on!(tx.conn()?, conn => fired.fire.bind_to(query(ADD)).execute(conn).await
        .map(|done| done.rows_affected()))?;
    if is_first == 0 {
        // By hand in the same millisecond, or a clock that was set back: its next time is noted all the same.
        return Ok(false);
    }
    for run in &fired.runs {
        add(tx, run).await?;
    }
    for mail in &fired.mails {
        report_mails::add(tx, mail).await?;
    }
    tx.audit("report_schedule_fired", by, about(schedule_id)).await.map(|_| true)
}

/// Locks the schedule's row and moves its next time on; false where another node, or a change, was first.
async fn take(tx: &mut Tx<'_>, fired: &Fired) -> Result<bool, StoreError> {
    let (schedule_id, revision) = (fired.fire.schedule_id, fired.revision);
    let taken = if fired.fire.by_hand {
        on!(tx.conn()?, conn => query(HOLD).bind(schedule_id).bind(revision).execute(conn).await
            .map(|done| done.rows_affected()))?
    } else {
        on!(tx.conn()?, conn => query(MOVE_ON).bind(schedule_id).bind(revision).bind(fired.fire.due_at.0)
            .bind(fired.next_fire_at.map(|at| at.0)).execute(conn).await.map(|done| done.rows_affected()))?
    };
    Ok(taken > 0)
}

async fn is_busy(tx: &mut Tx<'_>, schedule_id: Uuid) -> Result<bool, StoreError> {
    let unfinished: i64 =
        on!(tx.conn()?, conn => query_scalar(UNFINISHED).bind(schedule_id).fetch_one(conn).await)?;
    Ok(unfinished > 0)
}

sql! {
    HOLD = "update report_schedule set revision = revision where schedule_id = $1 and revision = $2";
    /// Whoever comes second finds that it is due later, or not any more.
    MOVE_ON = "update report_schedule set next_fire_at = $4 \
        where schedule_id = $1 and revision = $2 and next_fire_at <= $3";
    UNFINISHED = "select count(*) from report_run r join report_fire f on f.fire_id = r.fire_id \
        where f.schedule_id = $1 and r.state in ('queued', 'running')";
    ADD = "insert into report_fire (fire_id, schedule_id, due_at, fired_at, by_hand) \
        values ($1, $2, $3, $4, $5) on conflict do nothing";
}
