//! `GET /api/v1/dispositions`

use super::view::DispositionView;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;

/// All dispositions, by name.
#[utoipa::path(get, path = "/api/v1/dispositions", operation_id = "dispositions_list", tag = "dispositions",
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = Vec<DispositionView>, description = "By name")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: SupervisorOrAbove,
) -> Result<Json<Vec<DispositionView>>, Problem> {
    Ok(Json(state.store.dispositions().await?.into_iter().map(DispositionView::of).collect()))
}
