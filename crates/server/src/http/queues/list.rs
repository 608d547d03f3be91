//! `GET /api/v1/queues`

use super::view::QueueView;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;

/// All queues, by name.
#[utoipa::path(get, path = "/api/v1/queues", operation_id = "queues_list", tag = "queues",
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = Vec<QueueView>, description = "By name")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: SupervisorOrAbove,
) -> Result<Json<Vec<QueueView>>, Problem> {
    Ok(Json(state.store.queues().await?.into_iter().map(QueueView::of).collect()))
}
