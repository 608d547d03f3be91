//! `DELETE /api/v1/expert-groups/{id}`

use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

/// Removes a group of experts. Who is being asked at the time is not touched.
#[utoipa::path(delete, path = "/api/v1/expert-groups/{id}", operation_id = "expert_groups_remove",
    tag = "expert-groups", params(("id" = Uuid, Path, description = "The group's id")),
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 204, description = "It is gone")))]
pub(in crate::http) async fn remove(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(id): PathOf<Uuid>,
) -> Result<StatusCode, Problem> {
    state.store.remove_expert_group(id, &user.by()).await?;
    state.engine.directory_changed();
    Ok(StatusCode::NO_CONTENT)
}
