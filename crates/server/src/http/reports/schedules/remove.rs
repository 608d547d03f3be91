//! `DELETE /api/v1/reports/schedules/{id}`

use super::found::changeable;
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

/// Removes a schedule. Reports that it has asked for stay.
#[utoipa::path(delete, path = "/api/v1/reports/schedules/{id}", operation_id = "report_schedules_remove",
    tag = "reports", params(("id" = Uuid, Path, description = "The schedule's id")),
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 204, description = "It is gone")))]
pub(in crate::http) async fn remove(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(id): PathOf<Uuid>,
) -> Result<StatusCode, Problem> {
    changeable(&state, &user, id).await?;
    state.store.remove_report_schedule(id, &user.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
