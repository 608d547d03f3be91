//! Reading schedules and what became of them.

use super::{FiredRunRow, ReportFireRow, ReportScheduleRow};
use crate::{Store, StoreError};
use sqlx::query_as;
use uuid::Uuid;

impl Store {
    /// All schedules, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn report_schedules(&self) -> Result<Vec<ReportScheduleRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// A schedule.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn report_schedule(&self, schedule_id: Uuid) -> Result<Option<ReportScheduleRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(BY_ID).bind(schedule_id).fetch_optional(pool).await)?)
    }

    /// The last fire of each schedule, with its runs in the order in which they were asked for.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn last_report_fires(&self) -> Result<Vec<(ReportFireRow, Vec<FiredRunRow>)>, StoreError> {
        let fires: Vec<ReportFireRow> = on!(&self.db, pool => query_as(LAST).fetch_all(pool).await)?;
        let runs: Vec<FiredRunRow> = on!(&self.db, pool => query_as(RUNS_OF_LAST).fetch_all(pool).await)?;
        let with_runs = |fire: ReportFireRow| {
            let of_fire = runs.iter().filter(|run| run.fire_id == fire.fire_id).cloned().collect();
            (fire, of_fire)
        };
        Ok(fires.into_iter().map(with_runs).collect())
    }
}

sql! {
    ALL = "select schedule_id, user_id, name, definition, revision, created_at, next_fire_at, off_reason from report_schedule \
        order by schedule_id";
    BY_ID = "select schedule_id, user_id, name, definition, revision, created_at, next_fire_at, off_reason \
        from report_schedule where schedule_id = $1";
    LAST = "select f.fire_id, f.schedule_id, f.due_at, f.fired_at, f.by_hand from report_fire f \
        where not exists (select 1 from report_fire l where l.schedule_id = f.schedule_id and l.due_at > f.due_at)";
    RUNS_OF_LAST = "select r.run_id, r.fire_id, r.report, r.state, r.error_code from report_run r \
        join report_fire f on f.fire_id = r.fire_id where not exists (select 1 from report_fire l \
        where l.schedule_id = f.schedule_id and l.due_at > f.due_at) order by r.run_id";
}
