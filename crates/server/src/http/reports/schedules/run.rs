//! `POST /api/v1/reports/schedules/{id}/run`

use super::found::{changeable, unknown};
use super::view::{ReportScheduleView, view};
use crate::http::extract::PathOf;
use crate::http::problem::{Code, Problem};
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use crate::reports::fire;
use axum::Json;
use axum::extract::State;
use uuid::Uuid;

/// Makes the reports of a schedule at once, about the days seen from today. Its next time stays as it is.
#[utoipa::path(post, path = "/api/v1/reports/schedules/{id}/run", operation_id = "report_schedules_run",
    tag = "reports", params(("id" = Uuid, Path, description = "The schedule's id")),
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ReportScheduleView, description = "The schedule with what was asked for")))]
pub(in crate::http) async fn run(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<ReportScheduleView>, Problem> {
    let schedule = changeable(&state, &user, id).await?;
    let owner = state.store.user(schedule.user_id).await?.ok_or_else(unknown)?;
    let by = user.by();
    let fired =
        fire(&schedule, &owner, by.at, true, state.config.reports.waiting.into()).map_err(|error| {
            tracing::error!(schedule_id = %id, %error, "a schedule of reports cannot fire");
            Problem::new(Code::Internal, "Nothing was queued. The server's log says more.")
        })?;
    if !state.store.fire_report_schedule(&fired, &by).await? {
        return Err(Problem::new(Code::ScheduleChanged, "Look at it again. Nothing was queued."));
    }
    state.runner.wake();
    view(&state, &user, id).await.map(Json)
}
