//! New schedules.

use super::{ReportScheduleRow, about};
use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use sqlx::{query, query_scalar};

/// How many schedules there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleLimits {
    /// Of all users.
    pub all: i64,
    /// Of one user.
    pub one_user: i64,
}

impl Store {
    /// Adds a schedule. Gives the number of the event `report_schedule_created`.
    ///
    /// # Errors
    /// `TooManySchedules`, `NotFound` for the user, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn create_report_schedule(
        &self,
        schedule: &ReportScheduleRow,
        limits: ScheduleLimits,
        by: &By,
    ) -> Result<i64, StoreError> {
        schedule.check()?;
        let mut tx = self.writing.begin().await?;
        let result = create(&mut tx, schedule, limits, by).await;
        tx.settle(result).await
    }
}

async fn create(
    tx: &mut Tx<'_>,
    schedule: &ReportScheduleRow,
    limits: ScheduleLimits,
    by: &By,
) -> Result<i64, StoreError> {
    // Numbering events is one node's at a time, so no two count before either adds.
    tx.lock_events().await?;
    let all: i64 = on!(tx.conn()?, conn => query_scalar(COUNT).fetch_one(conn).await)?;
    let own: i64 =
        on!(tx.conn()?, conn => query_scalar(COUNT_OF).bind(schedule.user_id.0).fetch_one(conn).await)?;
    if all >= limits.all || own >= limits.one_user {
        return Err(StoreError::TooManySchedules);
    }
    on!(tx.conn()?, conn => schedule.bind_to(query(ADD)).execute(conn).await.map(drop))
        .map_err(|error| or_unknown(error, "user"))?;
    tx.audit("report_schedule_created", by, about(schedule.schedule_id)).await
}

sql! {
    COUNT = "select count(*) from report_schedule";
    COUNT_OF = "select count(*) from report_schedule where user_id = $1";
    ADD = "insert into report_schedule (schedule_id, user_id, name, definition, revision, created_at, next_fire_at, \
        off_reason) values ($1, $2, $3, $4, $5, $6, $7, $8)";
}
