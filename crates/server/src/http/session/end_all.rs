//! `DELETE /api/v1/sessions`

use super::SignedIn;
use super::end::signed_out;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::response::Response;

/// Signs out everywhere: ends all sessions of the user.
#[utoipa::path(delete, path = "/api/v1/sessions", operation_id = "sessions_end", tag = "session",
    security(("session" = [])), responses((status = 204, description = "Signed out everywhere")))]
pub(in crate::http) async fn end_all(
    State(state): State<AppState>,
    user: SignedIn,
) -> Result<Response, Problem> {
    let count = state.store.end_sessions_of(user.user_id).await?;
    tracing::info!(user_id = %user.user_id, count, "signed out everywhere");
    state.engine.user_signed_out(user.user_id);
    Ok(signed_out(&state))
}
