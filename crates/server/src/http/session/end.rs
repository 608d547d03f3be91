//! `DELETE /api/v1/session`

use super::{SignedIn, cookie};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Signs out. The windows of the user's desk are closed; one with another session opens again.
#[utoipa::path(delete, path = "/api/v1/session", operation_id = "session_end", tag = "session",
    security(("session" = [])), responses((status = 204, description = "Signed out")))]
pub(in crate::http) async fn end(State(state): State<AppState>, user: SignedIn) -> Result<Response, Problem> {
    state.store.end_session(user.session.bytes()).await?;
    state.engine.user_signed_out(user.user_id);
    Ok(signed_out(&state))
}

/// The answer that takes the cookie away.
pub(super) fn signed_out(state: &AppState) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = cookie::clear(&state.config) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
