//! `GET /api/v1/reports/schedules`

use super::view::{ReportScheduleView, views};
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;

/// All schedules of reports, the oldest first.
#[utoipa::path(get, path = "/api/v1/reports/schedules", operation_id = "report_schedules_list", tag = "reports",
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = Vec<ReportScheduleView>, description = "The schedules")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
) -> Result<Json<Vec<ReportScheduleView>>, Problem> {
    let schedules = state.store.report_schedules().await?;
    views(&state, &user, schedules).await.map(Json)
}
