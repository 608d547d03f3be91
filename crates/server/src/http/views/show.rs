//! `GET /api/v1/views/{id}`

use super::found::{found, unknown};
use super::view::SavedViewView;
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use uuid::Uuid;

/// A saved view: the user's own, or one that is shared.
#[utoipa::path(get, path = "/api/v1/views/{id}", operation_id = "views_show", tag = "views",
    params(("id" = Uuid, Path, description = "The view's id")),
    security(("session" = ["agent", "supervisor", "administrator"])),
    responses((status = 200, body = SavedViewView, description = "The view")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    user: SignedIn,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<SavedViewView>, Problem> {
    let named = found(&state, &user, id).await?;
    SavedViewView::of(named, &user).map(Json).ok_or_else(unknown)
}
