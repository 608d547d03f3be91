//! Changing and removing schedules.

use super::{ReportScheduleRow, about};
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use sqlx::query;
use uuid::Uuid;

impl Store {
    /// Replaces name, definition and next time of a schedule, whose revision grows by one. Gives the number of the
    /// event `report_schedule_changed`; none where it was changed or removed meanwhile, and then nothing is done.
    ///
    /// # Errors
    /// `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn change_report_schedule(
        &self,
        schedule: &ReportScheduleRow,
        by: &By,
    ) -> Result<Option<i64>, StoreError> {
        schedule.check()?;
        let mut tx = self.writing.begin().await?;
        let result = change(&mut tx, schedule, by).await;
        tx.settle(result).await
    }

    /// Removes a schedule and what is known of its fires; reports that were made stay. Gives the number of the event
    /// `report_schedule_removed`.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`, `InDoubt`.
    pub async fn remove_report_schedule(&self, schedule_id: Uuid, by: &By) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = remove(&mut tx, schedule_id, by).await;
        tx.settle(result).await
    }
}

async fn change(tx: &mut Tx<'_>, schedule: &ReportScheduleRow, by: &By) -> Result<Option<i64>, StoreError> {
    let changed = on!(tx.conn()?, conn => query(REPLACE).bind(schedule.schedule_id).bind(schedule.revision)
        .bind(&schedule.name).bind(&schedule.definition).bind(schedule.next_fire_at.map(|at| at.0))
        .bind(schedule.off_reason.as_deref()).execute(conn).await.map(|done| done.rows_affected()))?;
    if changed == 0 {
        return Ok(None);
    }
    tx.audit("report_schedule_changed", by, about(schedule.schedule_id)).await.map(Some)
}

async fn remove(tx: &mut Tx<'_>, schedule_id: Uuid, by: &By) -> Result<i64, StoreError> {
    let removed = on!(tx.conn()?, conn => query(DROP).bind(schedule_id).execute(conn).await
        .map(|done| done.rows_affected()))?;
    if removed == 0 {
        return Err(StoreError::NotFound("report schedule"));
    }
    tx.audit("report_schedule_removed", by, about(schedule_id)).await
}

sql! {
    REPLACE = "update report_schedule set name = $3, definition = $4, next_fire_at = $5, off_reason = $6, \
        revision = revision + 1 \
        where schedule_id = $1 and revision = $2";
    DROP = "delete from report_schedule where schedule_id = $1";
}
