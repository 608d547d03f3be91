//! `POST /api/v1/abilities`

use super::view::{AbilityView, KindView, check_name, check_tag};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_store::abilities::AbilityRow;
use serde::Deserialize;
use utoipa::ToSchema;

/// A new skill or language.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewAbility {
    kind: KindView,
    /// 1 to 100 characters; unique among its kind, case does not count.
    name: String,
    /// A language's tag (BCP 47), such as `de` or `pt-BR`; unique. A skill has none.
    tag: Option<String>,
}

/// Adds a skill or language; at most 1,000 together.
#[utoipa::path(post, path = "/api/v1/abilities", operation_id = "abilities_create", tag = "abilities",
    request_body = NewAbility, security(("session" = ["administrator"])),
    responses((status = 201, body = AbilityView, description = "The skill or language")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<NewAbility>,
) -> Result<(StatusCode, axum::Json<AbilityView>), Problem> {
    let mut checks = Checks::default();
    let kind = body.kind.into();
    let row = AbilityRow {
        ability_id: crate::ids::new_id(),
        kind,
        name: check_name(&mut checks, &body.name),
        tag: check_tag(&mut checks, kind, body.tag.as_deref()),
        active: true,
    };
    checks.finish()?;
    state.store.create_ability(&row, &administrator.by()).await?;
    state.engine.directory_changed();
    Ok((StatusCode::CREATED, axum::Json(row.into())))
}
