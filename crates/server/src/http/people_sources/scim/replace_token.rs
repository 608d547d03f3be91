//! `PUT /api/v1/people-sources/{id}/scim/token`

use super::create::{ScimSourceView, with_new_token};
use crate::http::extract::PathOf;
use crate::http::people_sources::found::found;
use crate::http::problem::{Code, Problem};
use crate::http::scim::KIND;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use uuid::Uuid;

/// Makes a new token for a source that provisions; the one before ends at once.
#[utoipa::path(put, path = "/api/v1/people-sources/{id}/scim/token", operation_id = "people_sources_scim_token",
    tag = "people", params(("id" = Uuid, Path, description = "The source's id")),
    security(("session" = ["administrator"])),
    responses((status = 200, body = ScimSourceView, description = "The source with its new token")))]
pub(in crate::http) async fn replace_token(
    State(state): State<AppState>,
    _: Administrator,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<ScimSourceView>, Problem> {
    if found(&state, id).await?.kind != KIND {
        return Err(Problem::new(Code::Invalid, "This source does not provision."));
    }
    Ok(Json(with_new_token(&state, id).await?))
}
