//! `GET /api/v1/people-sources/{id}/ldap`

use super::view::{LdapSourceView, shown};
use crate::http::extract::PathOf;
use crate::http::people_sources::found::found;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use uuid::Uuid;

/// What is set for a source that is an LDAP directory.
#[utoipa::path(get, path = "/api/v1/people-sources/{id}/ldap", operation_id = "people_sources_ldap_show", tag = "people",
    params(("id" = Uuid, Path, description = "The source's id")), security(("session" = ["administrator"])),
    responses((status = 200, body = LdapSourceView, description = "Its settings")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    _: Administrator,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<LdapSourceView>, Problem> {
    let source = found(&state, id).await?;
    Ok(Json(shown(&state, &source).await?))
}
