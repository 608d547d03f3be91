//! `POST /api/v1/reports/runs/{id}/cancel`

use super::show::view;
use super::view::ReportRunView;
use super::visible::visible;
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use uuid::Uuid;

/// Cancels a report that is queued or running. One that is over stays as it is; the answer tells.
#[utoipa::path(post, path = "/api/v1/reports/runs/{id}/cancel", operation_id = "reports_cancel", tag = "reports",
    params(("id" = Uuid, Path, description = "The run's id")),
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ReportRunView, description = "The run")))]
pub(in crate::http) async fn cancel(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(run_id): PathOf<Uuid>,
) -> Result<Json<ReportRunView>, Problem> {
    visible(&state, &user, run_id).await?;
    let by = user.by();
    let expires_at = by.at.plus_ms(state.config.reports.keep_ms());
    state.store.cancel_report_run(run_id, expires_at, &by).await?;
    view(&state, &user, run_id).await.map(Json)
}
