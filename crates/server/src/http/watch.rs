//! `/healthz`, `/readyz` and `/metrics`: for those who watch over the server.

use super::peer::is_direct_from;
use super::problem::{Code, Problem};
use super::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/healthz", get(health)).route("/readyz", get(ready)).route("/metrics", get(metrics))
}

/// The process answers.
async fn health() -> &'static str {
    "ok\n"
}

/// The database answers and the engine has restored everything.
async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if !state.engine.is_ready() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the engine is not ready\n");
    }
    match state.store.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        // The store logs its trouble as it comes and goes; the words may name files.
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database is not available\n"),
    }
}

async fn metrics(State(state): State<AppState>, headers: HeaderMap, extensions: Extensions) -> Response {
    if !is_direct_from(&headers, &extensions, &state.config.http.metrics_allow) {
        let words = "Metrics are for programs on this machine, and for the addresses in metrics.allow.";
        return Problem::new(Code::NotPermitted, words).into_response();
    }
    // Tasks that never end would be a leak.
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    metrics::gauge!("hookflash_tasks").set(tasks as f64);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], crate::metrics::render()).into_response()
}
