//! `PUT /api/v1/people-sources/{id}/ldap`

use super::asked::{BODY_BYTES, check, password};
use super::create::keep;
use super::view::{LdapSourceView, settings_of, shown};
use crate::clock::now;
use crate::directory::ldap::LdapSettings;
use crate::http::extract::{Json, PathOf};
use crate::http::people_sources::found::found;
use crate::http::people_sources::written;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::extract::State;
use hookflash_store::people::PeopleSourceRow;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Other settings.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct LdapChange {
    settings: LdapSettings,
    /// Absent or empty, the kept one stays; it must be given where server, account or protection change.
    #[serde(default)]
    password: Option<String>,
}

/// Replaces what is set for a source that is an LDAP directory.
#[utoipa::path(put, path = "/api/v1/people-sources/{id}/ldap", operation_id = "people_sources_ldap_replace", tag = "people",
    params(("id" = Uuid, Path, description = "The source's id")), request_body = LdapChange,
    security(("session" = ["administrator"])),
    responses((status = 200, body = LdapSourceView, description = "Its settings")))]
pub(in crate::http) async fn replace(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<LdapChange, BODY_BYTES>,
) -> Result<axum::Json<LdapSourceView>, Problem> {
    let before = found(&state, id).await?;
    settings_of(&before)?;
    check(&body.settings, &state.config)?;
    let password = password(&body.settings, body.password, Some(&before))?;
    let after = PeopleSourceRow { settings: written(&body.settings)?, changed_at: now(), ..before };
    // The password first: with the new settings it is never the old one that is sent.
    keep(&state, id, password).await?;
    state.store.change_people_source(&after, &administrator.by()).await?;
    Ok(axum::Json(shown(&state, &after).await?))
}
