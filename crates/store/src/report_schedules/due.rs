//! Which schedules are due.

use super::ReportScheduleRow;
use crate::{Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::{query_as, query_scalar};

impl Store {
    /// Schedules that are due, the longest first, at most 20. One whose last reports are still waiting or being made
    /// is not among them.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn due_report_schedules(&self, now: Timestamp) -> Result<Vec<ReportScheduleRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(DUE).bind(now.0).fetch_all(pool).await)?)
    }

    /// When the next schedule is due; none where none will be.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn next_report_fire(&self) -> Result<Option<Timestamp>, StoreError> {
        let next: Option<i64> = on!(&self.db, pool => query_scalar(NEXT).fetch_one(pool).await)?;
        Ok(next.map(Timestamp))
    }
}

sql! {
    DUE = "select schedule_id, user_id, name, definition, revision, created_at, next_fire_at, off_reason \
        from report_schedule s where next_fire_at <= $1 and not exists (select 1 from report_fire f \
        join report_run r on r.fire_id = f.fire_id where f.schedule_id = s.schedule_id \
        and r.state in ('queued', 'running')) order by next_fire_at limit 20";
    NEXT = "select min(next_fire_at) from report_schedule";
}
