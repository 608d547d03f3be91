//! `GET /api/v1/people-imports/{id}/refused`

use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_store::people::RefusedRow;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Somebody who was not taken.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct RefusedPersonView {
    /// The number of the row, or what else names the place.
    place: String,
    /// `no_key`, `no_name`, `key_twice`, `too_large`, `control_characters` or `unreadable`.
    reason: String,
    /// The same in words.
    words: String,
}

/// Who was refused in an import, in the order of the source; nobody of an import that is not known any more.
#[utoipa::path(get, path = "/api/v1/people-imports/{id}/refused", operation_id = "people_imports_refused", tag = "people",
    params(("id" = Uuid, Path, description = "The import's id")), security(("session" = ["administrator"])),
    responses((status = 200, body = Vec<RefusedPersonView>, description = "The first 1,000")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: Administrator,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<Vec<RefusedPersonView>>, Problem> {
    let view = |row: RefusedRow| RefusedPersonView { place: row.place, reason: row.reason, words: row.words };
    Ok(Json(state.store.refused_people(id).await?.into_iter().map(view).collect()))
}
