//! `POST /api/v1/people-sources/{id}/ldap/imports`

use super::view::settings_of;
use crate::directory::ldap::NotStarted;
use crate::http::extract::PathOf;
use crate::http::people_sources::found::found;
use crate::http::people_sources::view::PeopleImportView;
use crate::http::problem::{Code, Problem};
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

/// Begins to read an LDAP directory now. How far it is, is among the source's imports.
#[utoipa::path(post, path = "/api/v1/people-sources/{id}/ldap/imports", operation_id = "people_sources_ldap_import",
    tag = "people", params(("id" = Uuid, Path, description = "The source's id")),
    security(("session" = ["administrator"])),
    responses((status = 202, body = PeopleImportView, description = "The import has begun")))]
pub(in crate::http) async fn import(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
) -> Result<(StatusCode, Json<PeopleImportView>), Problem> {
    let source = found(&state, id).await?;
    settings_of(&source)?;
    let begun = state.ldap.start(&source, &administrator.name).await.map_err(|error| match error {
        NotStarted::Running => {
            Problem::new(Code::ImportRunning, "Wait until it is over. Nothing was changed.")
        }
        NotStarted::Settings(words) => {
            Problem::new(Code::Invalid, format!("{words}. Enter the password anew."))
        }
        NotStarted::Store(error) => error.into(),
    })?;
    Ok((StatusCode::ACCEPTED, Json(begun.into())))
}
