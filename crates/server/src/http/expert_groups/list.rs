//! `GET /api/v1/expert-groups`

use super::view::ExpertGroupView;
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;

/// All groups of experts, by name.
#[utoipa::path(get, path = "/api/v1/expert-groups", operation_id = "expert_groups_list", tag = "expert-groups",
    security(("session" = [])),
    responses((status = 200, body = Vec<ExpertGroupView>, description = "By name")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: SignedIn,
) -> Result<Json<Vec<ExpertGroupView>>, Problem> {
    Ok(Json(state.store.expert_groups().await?.into_iter().map(ExpertGroupView::from).collect()))
}
