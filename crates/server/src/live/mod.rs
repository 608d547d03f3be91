//! The desk's socket: snapshot, numbered events, commands.

use crate::http::state::AppState;
use axum::Router;

/// The route of the desk's socket, `GET /api/v1/desk/socket`.
pub fn router() -> Router<AppState> {
    Router::new()
}
