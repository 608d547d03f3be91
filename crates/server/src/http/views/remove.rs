//! `DELETE /api/v1/views/{id}`

use super::found::changeable;
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

/// Removes a view. Its owner may; a shared one, administrators too.
#[utoipa::path(delete, path = "/api/v1/views/{id}", operation_id = "views_remove", tag = "views",
    params(("id" = Uuid, Path, description = "The view's id")),
    security(("session" = ["agent", "supervisor", "administrator"])),
    responses((status = 204, description = "It is gone")))]
pub(in crate::http) async fn remove(
    State(state): State<AppState>,
    user: SignedIn,
    PathOf(id): PathOf<Uuid>,
) -> Result<StatusCode, Problem> {
    changeable(&state, &user, id).await?;
    state.store.remove_saved_view(id, &user.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
