//! `PUT /api/v1/users/{id}/abilities`

use super::show_abilities::{UserAbilities, stored};
use crate::http::abilities::known::Known;
use crate::http::extract::{Json, PathOf};
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use hookflash_domain::UserId;
use hookflash_domain::routing::Proficiency;
use hookflash_store::abilities::AbilityGrant;
use uuid::Uuid;

/// Most skills and languages of a user.
const MAX_OF_USER: usize = 200;

/// Replaces what a user can do; it counts for the next decision of routing.
#[utoipa::path(put, path = "/api/v1/users/{id}/abilities", operation_id = "users_abilities_replace", tag = "users",
    params(("id" = Uuid, Path, description = "The user's id")), request_body = UserAbilities,
    security(("session" = ["administrator"])),
    responses((status = 200, body = UserAbilities, description = "Skills and languages")))]
pub(in crate::http) async fn replace(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<UserAbilities>,
) -> Result<axum::Json<UserAbilities>, Problem> {
    let id = UserId(id);
    let known = Known::read(&state).await?;
    let grants = check(&body, &known)?;
    state.store.replace_user_abilities(id, &grants, &administrator.by()).await?;
    state.engine.apply_directory().await;
    stored(&state, id).await.map(axum::Json)
}

fn check(body: &UserAbilities, known: &Known) -> Result<Vec<AbilityGrant>, Problem> {
    let mut checks = Checks::default();
    let ids: Vec<_> = body.abilities.iter().map(|one| one.ability_id).collect();
    let found = known.check(&mut checks, "abilities", &ids, MAX_OF_USER);
    if found.len() < ids.len() {
        checks.wrong("abilities", "must name each skill and language once");
    }
    let mut grants = Vec::new();
    for one in body.abilities.iter().take(MAX_OF_USER) {
        match u8::try_from(one.proficiency).ok().and_then(Proficiency::new) {
            Some(proficiency) => grants.push(AbilityGrant { ability_id: one.ability_id, proficiency }),
            None => checks.wrong("proficiency", "must be from 1 to 5"),
        }
    }
    checks.finish().map(|()| grants)
}
