//! `GET /api/v1/users/{id}/abilities`

use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::UserId;
use hookflash_store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a user can do.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct UserAbilities {
    /// Skills and languages, each once.
    pub(super) abilities: Vec<UserAbility>,
}

/// A skill or language that a user has.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct UserAbility {
    pub(super) ability_id: Uuid,
    /// How well: 1 to 5.
    pub(super) proficiency: i64,
}

/// What a user can do.
#[utoipa::path(get, path = "/api/v1/users/{id}/abilities", operation_id = "users_abilities_show", tag = "users",
    params(("id" = Uuid, Path, description = "The user's id")), security(("session" = ["administrator"])),
    responses((status = 200, body = UserAbilities, description = "Skills and languages")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    _: Administrator,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<UserAbilities>, Problem> {
    stored(&state, UserId(id)).await.map(Json)
}

/// As stored, or 404.
pub(super) async fn stored(state: &AppState, id: UserId) -> Result<UserAbilities, Problem> {
    state.store.user(id).await?.ok_or(StoreError::NotFound("user"))?;
    let rows = state.store.user_abilities().await?.into_iter().filter(|row| row.user_id == id);
    let view = |row: hookflash_store::abilities::UserAbilityRow| UserAbility {
        ability_id: row.ability_id,
        proficiency: row.proficiency,
    };
    Ok(UserAbilities { abilities: rows.map(view).collect() })
}
