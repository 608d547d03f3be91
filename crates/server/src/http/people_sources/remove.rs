//! `DELETE /api/v1/people-sources/{id}`

use super::found::{check_not_built_in, found};
use crate::clock::now;
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_store::people::PeopleSourceRow;
use uuid::Uuid;

/// People removed at a time.
const AT_ONCE: i64 = 1_000;

/// Removes a source with all that it tells. It is switched off first; where this breaks off, it may be repeated.
#[utoipa::path(delete, path = "/api/v1/people-sources/{id}", operation_id = "people_sources_remove", tag = "people",
    params(("id" = Uuid, Path, description = "The source's id")), security(("session" = ["administrator"])),
    responses((status = 204, description = "It is gone")))]
pub(in crate::http) async fn remove(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
) -> Result<StatusCode, Problem> {
    let source = found(&state, id).await?;
    check_not_built_in(&source)?;
    let by = administrator.by();
    if source.active {
        let off = PeopleSourceRow { active: false, changed_at: now(), ..source };
        state.store.change_people_source(&off, &by).await?;
    }
    while state.store.empty_people_source(id, AT_ONCE).await? > 0 {}
    state.store.remove_people_source(id, &by).await?;
    state.people.changed();
    Ok(StatusCode::NO_CONTENT)
}
