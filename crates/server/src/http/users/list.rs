//! `GET /api/v1/users`

use super::view::UserView;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;

/// All users, by name.
#[utoipa::path(get, path = "/api/v1/users", operation_id = "users_list", tag = "users",
    security(("session" = ["administrator"])),
    responses((status = 200, body = Vec<UserView>, description = "By name")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Json<Vec<UserView>>, Problem> {
    let members = state.store.queue_members().await?;
    let licences = state.store.licences().await?;
    let users = state.store.users().await?;
    Ok(Json(users.into_iter().map(|user| UserView::of(user, &members, &licences)).collect()))
}
