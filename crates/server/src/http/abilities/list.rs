//! `GET /api/v1/abilities`

use super::view::AbilityView;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;

/// All skills and languages, by kind and name.
#[utoipa::path(get, path = "/api/v1/abilities", operation_id = "abilities_list", tag = "abilities",
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = Vec<AbilityView>, description = "By kind and name")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: SupervisorOrAbove,
) -> Result<Json<Vec<AbilityView>>, Problem> {
    Ok(Json(state.store.abilities().await?.into_iter().map(AbilityView::from).collect()))
}
