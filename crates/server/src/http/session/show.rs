//! `GET /api/v1/session`

use super::SignedIn;
use super::view::SessionView;
use axum::Json;

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/session", operation_id = "session_show", tag = "session",
    security(("session" = [])), responses((status = 200, body = SessionView, description = "The session")))]
pub(in crate::http) async fn show(user: SignedIn) -> Json<SessionView> {
    Json(SessionView::of(user))
}
