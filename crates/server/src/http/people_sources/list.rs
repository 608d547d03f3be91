//! `GET /api/v1/people-sources`

use super::view::PeopleSourceView;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;

/// The sources of people, the one that is believed most first.
#[utoipa::path(get, path = "/api/v1/people-sources", operation_id = "people_sources_list", tag = "people",
    security(("session" = ["administrator"])),
    responses((status = 200, body = Vec<PeopleSourceView>, description = "All sources")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Json<Vec<PeopleSourceView>>, Problem> {
    let mut last = state.store.last_people_imports().await?;
    let mut views = Vec::new();
    for source in state.store.people_sources().await? {
        let at = last.iter().position(|import| import.source_id == source.source_id);
        let count = state.store.count_people_of_source(source.source_id).await?;
        views.push(PeopleSourceView::of(source, count, at.map(|at| last.swap_remove(at))));
    }
    Ok(Json(views))
}
