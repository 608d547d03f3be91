//! `GET /api/v1/people-sources/{id}/imports`

use super::found::found;
use super::view::PeopleImportView;
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use uuid::Uuid;

/// The latest imports of a source, the newest first; one that runs says how far it is.
#[utoipa::path(get, path = "/api/v1/people-sources/{id}/imports", operation_id = "people_imports_list", tag = "people",
    params(("id" = Uuid, Path, description = "The source's id")), security(("session" = ["administrator"])),
    responses((status = 200, body = Vec<PeopleImportView>, description = "At most 20")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: Administrator,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<Vec<PeopleImportView>>, Problem> {
    found(&state, id).await?;
    let imports = state.store.people_imports(id).await?;
    Ok(Json(imports.into_iter().map(PeopleImportView::from).collect()))
}
