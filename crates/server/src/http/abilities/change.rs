//! `PATCH /api/v1/abilities/{id}`

use super::view::{AbilityView, check_name, check_tag, stored};
use crate::http::extract::{Json, PathOf};
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use hookflash_store::abilities::AbilityChange;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What to change of a skill or language; an absent field stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = AbilityChange)]
pub(in crate::http) struct Change {
    name: Option<String>,
    /// A language's tag (BCP 47).
    tag: Option<String>,
    /// Whether it can be given to agents and asked for. Who has it keeps it, and the past keeps its name.
    active: Option<bool>,
}

/// Changes a skill or language.
#[utoipa::path(patch, path = "/api/v1/abilities/{id}", operation_id = "abilities_change", tag = "abilities",
    params(("id" = Uuid, Path, description = "The id of the skill or language")), request_body = Change,
    security(("session" = ["administrator"])),
    responses((status = 200, body = AbilityView, description = "The skill or language")))]
pub(in crate::http) async fn change(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<Change>,
) -> Result<axum::Json<AbilityView>, Problem> {
    let kind = stored(&state, id).await?.kind;
    let mut checks = Checks::default();
    let change = AbilityChange {
        name: body.name.map(|text| check_name(&mut checks, &text)),
        tag: body.tag.and_then(|tag| check_tag(&mut checks, kind, Some(&tag))),
        active: body.active,
    };
    checks.finish()?;
    state.store.change_ability(id, change, &administrator.by()).await?;
    state.engine.directory_changed();
    Ok(axum::Json(stored(&state, id).await?.into()))
}
