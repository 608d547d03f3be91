//! Finding a schedule, and who may change it.

use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use hookflash_store::report_schedules::ReportScheduleRow;
use hookflash_store::users::Role;
use uuid::Uuid;

pub(super) fn may_change(user: &SignedIn, schedule: &ReportScheduleRow) -> bool {
    user.has(Role::Administrator) || schedule.user_id == user.user_id
}

/// The schedule, or 404.
pub(super) async fn found(state: &AppState, id: Uuid) -> Result<ReportScheduleRow, Problem> {
    state.store.report_schedule(id).await?.ok_or_else(unknown)
}

/// The schedule where the user may change it, or 403.
pub(super) async fn changeable(
    state: &AppState,
    user: &SignedIn,
    id: Uuid,
) -> Result<ReportScheduleRow, Problem> {
    let schedule = found(state, id).await?;
    if !may_change(user, &schedule) {
        return Err(Problem::new(Code::NotPermitted, "Only its owner and administrators change a schedule."));
    }
    Ok(schedule)
}

pub(super) fn unknown() -> Problem {
    Problem::new(Code::UnknownReportSchedule, "It was removed.")
}
