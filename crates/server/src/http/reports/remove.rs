//! `DELETE /api/v1/reports/runs/{id}`

use super::visible::visible;
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

/// Removes a run with its files. One that is queued or running is cancelled by that.
#[utoipa::path(delete, path = "/api/v1/reports/runs/{id}", operation_id = "reports_remove", tag = "reports",
    params(("id" = Uuid, Path, description = "The run's id")),
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 204, description = "It is gone")))]
pub(in crate::http) async fn remove(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(run_id): PathOf<Uuid>,
) -> Result<StatusCode, Problem> {
    visible(&state, &user, run_id).await?;
    state.store.remove_report_run(run_id, &user.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
