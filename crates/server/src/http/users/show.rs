//! `GET /api/v1/users/{id}`

use super::view::{UserView, stored};
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::UserId;
use uuid::Uuid;

/// One user.
#[utoipa::path(get, path = "/api/v1/users/{id}", operation_id = "users_show", tag = "users",
    params(("id" = Uuid, Path, description = "The user's id")), security(("session" = ["administrator"])),
    responses((status = 200, body = UserView, description = "The user")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    _: Administrator,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<UserView>, Problem> {
    stored(&state, UserId(id)).await.map(Json)
}
