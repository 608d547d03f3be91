//! `GET /api/v1/reports/schedules/{id}`

use super::view::{ReportScheduleView, view};
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use uuid::Uuid;

/// A schedule of reports.
#[utoipa::path(get, path = "/api/v1/reports/schedules/{id}", operation_id = "report_schedules_show",
    tag = "reports", params(("id" = Uuid, Path, description = "The schedule's id")),
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ReportScheduleView, description = "The schedule")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<ReportScheduleView>, Problem> {
    view(&state, &user, id).await.map(Json)
}
