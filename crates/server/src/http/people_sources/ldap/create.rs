//! `POST /api/v1/people-sources/ldap`

use super::asked::{BODY_BYTES, Password, check, password};
use crate::directory::ldap::{KIND, LdapSettings};
use crate::http::extract::Json;
use crate::http::people_sources::found::shown;
use crate::http::people_sources::view::{PeopleSourceView, checked_name};
use crate::http::people_sources::{MOST, new_source};
use crate::http::problem::{Code, Problem};
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::secrets::Secret;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A new source that is an LDAP directory.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewLdapSource {
    /// 1 to 100 characters; unique, case does not count.
    name: String,
    settings: LdapSettings,
    /// The account's password.
    #[serde(default)]
    password: Option<String>,
}

/// Adds a source of people that is an LDAP directory. It is believed less than those before.
#[utoipa::path(post, path = "/api/v1/people-sources/ldap", operation_id = "people_sources_ldap_create", tag = "people",
    request_body = NewLdapSource, security(("session" = ["administrator"])),
    responses((status = 201, body = PeopleSourceView, description = "The source")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<NewLdapSource, BODY_BYTES>,
) -> Result<(StatusCode, axum::Json<PeopleSourceView>), Problem> {
    let name = checked_name(&body.name)?;
    check(&body.settings, &state.config)?;
    let password = password(&body.settings, body.password, None)?;
    let source = new_source(KIND, &name, &body.settings)?;
    state.store.create_people_source(&source, MOST, &administrator.by()).await?;
    keep(&state, source.source_id, password).await?;
    Ok((StatusCode::CREATED, axum::Json(shown(&state, source.source_id).await?)))
}

/// Keeps the password, encrypted.
pub(super) async fn keep(state: &AppState, source_id: Uuid, password: Password) -> Result<(), Problem> {
    match password {
        Password::Given(password) => {
            let sealed = sealed(state, password, source_id)?;
            state.store.set_people_source_secret(source_id, Some(&sealed)).await?;
        }
        Password::None => state.store.set_people_source_secret(source_id, None).await?,
        Password::Kept => {}
    }
    Ok(())
}

fn sealed(
    state: &AppState,
    password: Secret,
    source_id: Uuid,
) -> Result<hookflash_store::Secret<Vec<u8>>, Problem> {
    let sealed = state.vault.seal_of_source(password, source_id).map_err(|error| {
        tracing::error!(%error, "a password could not be encrypted");
        Problem::new(Code::Internal, "The password was not kept. The server's log says more.")
    })?;
    Ok(hookflash_store::Secret(sealed))
}
