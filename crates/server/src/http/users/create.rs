//! `POST /api/v1/users`

use super::view::{
    RoleView, UserView, check_licences, check_name, check_queues, check_roles, check_sign_in_name, stored,
};
use crate::http::extract::Json;
use crate::http::passwords::check_length;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::team_addresses::refuse_teams_address;
use crate::http::valid::Checks;
use crate::secrets::Secret;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_domain::UserId;
use hookflash_store::users::UserRow;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A new user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewUser {
    /// 1 to 64 characters without spaces; unique, case does not count.
    sign_in_name: String,
    /// The name shown to people, 1 to 100 characters.
    name: String,
    /// 12 to 200 characters.
    password: String,
    roles: Vec<RoleView>,
    /// The queues that the user serves.
    #[serde(default)]
    queue_ids: Vec<Uuid>,
    /// The chat networks for which the user gets a licence.
    #[serde(default)]
    licences: Vec<String>,
}

/// Adds a user.
#[utoipa::path(post, path = "/api/v1/users", operation_id = "users_create", tag = "users", request_body = NewUser,
    security(("session" = ["administrator"])),
    responses((status = 201, body = UserView, description = "The user")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<NewUser>,
) -> Result<(StatusCode, axum::Json<UserView>), Problem> {
    let mut checks = Checks::default();
    let sign_in_name = check_sign_in_name(&mut checks, &body.sign_in_name);
    let name = check_name(&mut checks, &body.name);
    let roles = check_roles(&mut checks, &body.roles);
    let queue_ids = check_queues(&mut checks, &body.queue_ids);
    let licences = check_licences(&mut checks, &state.config, &body.licences);
    checks.finish()?;
    refuse_teams_address(&state, &sign_in_name).await?;
    let password = Secret::new(body.password);
    check_length(&password)?;
    let by = administrator.by();
    let user = UserRow {
        user_id: UserId(crate::ids::new_id()),
        sign_in_name,
        name,
        password_hash: state.passwords.hash(password).await?,
        roles,
        language: None,
        active: true,
        created_at: by.at,
    };
    state.store.create_user(&user, &queue_ids, &licences, &by).await?;
    state.engine.apply_directory().await;
    Ok((StatusCode::CREATED, axum::Json(stored(&state, user.user_id).await?)))
}
