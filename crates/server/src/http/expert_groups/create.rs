//! `POST /api/v1/expert-groups`

use super::asked::ExpertGroupRequest;
use super::view::{ExpertGroupView, stored};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;

/// Adds a group of experts; there may be 200.
#[utoipa::path(post, path = "/api/v1/expert-groups", operation_id = "expert_groups_create", tag = "expert-groups",
    request_body = ExpertGroupRequest, security(("session" = ["supervisor", "administrator"])),
    responses((status = 201, body = ExpertGroupView, description = "The group")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    Json(body): Json<ExpertGroupRequest>,
) -> Result<(StatusCode, axum::Json<ExpertGroupView>), Problem> {
    let group = body.check(crate::ids::new_id(), &state.config)?;
    state.store.create_expert_group(&group, &user.by()).await?;
    state.engine.directory_changed();
    Ok((StatusCode::CREATED, axum::Json(stored(&state, group.row.group_id).await?)))
}
