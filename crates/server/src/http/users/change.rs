//! `PATCH /api/v1/users/{id}`

use super::view::{
    RoleView, UserView, check_licences, check_name, check_queues, check_roles, check_sign_in_name, stored,
};
use crate::http::extract::{Json, PathOf, present};
use crate::http::me::Language;
use crate::http::passwords::check_length;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::team_addresses::refuse_teams_address;
use crate::http::valid::Checks;
use crate::secrets::Secret;
use axum::extract::State;
use hookflash_domain::UserId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What to change of a user; an absent field stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = UserChange)]
pub(in crate::http) struct Change {
    sign_in_name: Option<String>,
    name: Option<String>,
    /// 12 to 200 characters. Ends the user's sessions.
    password: Option<String>,
    roles: Option<Vec<RoleView>>,
    /// Whether the user may sign in. When not, the sessions end.
    active: Option<bool>,
    queue_ids: Option<Vec<Uuid>>,
    /// The chat networks for which the user has a licence. Taking one away ends the session there.
    licences: Option<Vec<String>>,
    /// Null to follow the browser.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<Language>, required = false)]
    language: Option<Option<Language>>,
}

/// Changes a user.
#[utoipa::path(patch, path = "/api/v1/users/{id}", operation_id = "users_change", tag = "users",
    params(("id" = Uuid, Path, description = "The user's id")), request_body = Change,
    security(("session" = ["administrator"])),
    responses((status = 200, body = UserView, description = "The user")))]
pub(in crate::http) async fn change(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<Change>,
) -> Result<axum::Json<UserView>, Problem> {
    let id = UserId(id);
    let ends_sessions = body.password.is_some() || body.active == Some(false);
    let change = check(&state, body).await?;
    let before = state.store.user(id).await?;
    let changes_roles = change.roles.is_some() && before.map(|user| user.roles) != change.roles;
    state.store.change_user(id, change, &administrator.by()).await?;
    state.engine.apply_directory().await;
    if ends_sessions {
        state.engine.user_signed_out(id);
    } else if changes_roles {
        state.engine.roles_changed(id);
    }
    stored(&state, id).await.map(axum::Json)
}

async fn check(state: &AppState, body: Change) -> Result<hookflash_store::users::UserChange, Problem> {
    let mut checks = Checks::default();
    let mut change = hookflash_store::users::UserChange {
        sign_in_name: body.sign_in_name.map(|text| check_sign_in_name(&mut checks, &text)),
        name: body.name.map(|text| check_name(&mut checks, &text)),
        password_hash: None,
        roles: body.roles.map(|roles| check_roles(&mut checks, &roles)),
        language: body.language.map(|language| language.map(|language| language.word().to_owned())),
        active: body.active,
        queue_ids: body.queue_ids.map(|ids| check_queues(&mut checks, &ids)),
        licences: body.licences.map(|ids| check_licences(&mut checks, &state.config, &ids)),
    };
    checks.finish()?;
    if let Some(sign_in_name) = &change.sign_in_name {
        refuse_teams_address(state, sign_in_name).await?;
    }
    if let Some(password) = body.password.map(Secret::new) {
        check_length(&password)?;
        change.password_hash = Some(state.passwords.hash(password).await?);
    }
    Ok(change)
}
