//! `PUT /api/v1/expert-groups/{id}`

use super::asked::ExpertGroupRequest;
use super::view::{ExpertGroupView, stored};
use crate::http::extract::{Json, PathOf};
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::extract::State;
use uuid::Uuid;

/// Replaces a group of experts. Who is being asked at the time is not touched.
#[utoipa::path(put, path = "/api/v1/expert-groups/{id}", operation_id = "expert_groups_replace",
    tag = "expert-groups", params(("id" = Uuid, Path, description = "The group's id")),
    request_body = ExpertGroupRequest, security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ExpertGroupView, description = "The group")))]
pub(in crate::http) async fn replace(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<ExpertGroupRequest>,
) -> Result<axum::Json<ExpertGroupView>, Problem> {
    let group = body.check(id, &state.config)?;
    state.store.change_expert_group(&group, &user.by()).await?;
    state.engine.directory_changed();
    stored(&state, id).await.map(axum::Json)
}
