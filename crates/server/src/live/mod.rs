//! The desk's socket: snapshot, numbered events, commands. `docs/integrators/desk-socket.md` is its
//! contract.

mod commands;
mod directory;
mod experts;
mod floor;
mod frames;
mod hunt;
mod lanes;
mod rate;
mod snapshot;
mod socket;
#[cfg(test)]
mod tests;
pub mod views;

use crate::http::origin;
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::Router;
use axum::extract::{State, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

/// Largest frame that a window may send, in bytes.
const MAX_FRAME: usize = 64 * 1024;
/// Buffers of one window: a thousand desks are mostly silent.
const BUFFER: usize = 4 * 1024;

/// The route of the desk's socket, `GET /api/v1/desk/socket`.
pub fn router() -> Router<AppState> {
    Router::new().route("/api/v1/desk/socket", get(open))
}

/// Any signed-in user may open it, from a page of our own.
async fn open(
    State(state): State<AppState>,
    me: SignedIn,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Problem> {
    if !origin::is_own(&headers, &state.config) {
        return Err(Problem::origin_refused());
    }
    let upgrade = upgrade.max_message_size(MAX_FRAME).max_frame_size(MAX_FRAME);
    let upgrade =
        upgrade.read_buffer_size(BUFFER).write_buffer_size(BUFFER).max_write_buffer_size(1024 * 1024);
    Ok(upgrade.on_upgrade(move |socket| socket::run(state, me, socket)))
}
