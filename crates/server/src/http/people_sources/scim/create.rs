//! `POST /api/v1/people-sources/scim`

use crate::config::Config;
use crate::http::extract::Json;
use crate::http::people_sources::found::shown;
use crate::http::people_sources::view::{PeopleSourceView, checked_name};
use crate::http::people_sources::{MOST, new_source};
use crate::http::problem::Problem;
use crate::http::scim::{KIND, ScimSettings};
use crate::http::session::{Administrator, token};
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_store::people::PeopleSourceTokenRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A new source that provisions people.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewScimSource {
    /// 1 to 100 characters; unique, case does not count.
    name: String,
    settings: ScimSettings,
}

/// A source with its token, which is never shown again.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ScimSourceView {
    source: PeopleSourceView,
    /// What the source signs in with: `Authorization: Bearer`.
    token: String,
    /// Where it sends people to, below this server's address.
    path: &'static str,
}

/// Adds a source that provisions people over SCIM 2.0. It is believed less than those before.
#[utoipa::path(post, path = "/api/v1/people-sources/scim", operation_id = "people_sources_scim_create", tag = "people",
    request_body = NewScimSource, security(("session" = ["administrator"])),
    responses((status = 201, body = ScimSourceView, description = "The source with its token")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<NewScimSource>,
) -> Result<(StatusCode, axum::Json<ScimSourceView>), Problem> {
    let name = checked_name(&body.name)?;
    check(&body.settings, &state.config)?;
    let source = new_source(KIND, &name, &body.settings)?;
    state.store.create_people_source(&source, MOST, &administrator.by()).await?;
    Ok((StatusCode::CREATED, axum::Json(with_new_token(&state, source.source_id).await?)))
}

fn check(settings: &ScimSettings, config: &Config) -> Result<(), Problem> {
    let mut checks = Checks::default();
    checks.count("networks", &settings.networks, config.networks.len());
    for network in &settings.networks {
        if !config.networks.iter().any(|known| known.id.0 == network.network) {
            checks.wrong("networks", format!("there is no network {:?}", network.network));
        }
    }
    checks.finish()
}

/// Makes a token, which ends the one before.
pub(super) async fn with_new_token(state: &AppState, source_id: Uuid) -> Result<ScimSourceView, Problem> {
    let token = token::new_token();
    let row =
        PeopleSourceTokenRow { source_id, token_hash: token::hash(&token), made_at: crate::clock::now() };
    state.store.set_people_source_token(&row).await?;
    let source = shown(state, source_id).await?;
    Ok(ScimSourceView { source, token, path: crate::http::scim::ROOT })
}
