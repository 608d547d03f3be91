//! `GET /api/v1/handover`

use super::ticket::{Ticket, problem};
use super::view::HandoverView;
use crate::http::extract::QueryOf;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use std::time::Duration;
use utoipa::IntoParams;

/// Longest wait for something new; proxies cut idle requests after 30 s and more.
const WAIT: Duration = Duration::from_secs(25);

/// What the page knows.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Known {
    /// The version that is shown; the answer waits up to 25 s for another.
    after: Option<String>,
}

/// What the page of a link shows, as soon as it is something else, with the header `Authorization: Handover <token>`.
#[utoipa::path(get, path = "/api/v1/handover", operation_id = "handover_show", tag = "handover",
    params(Known), security(()),
    responses((status = 200, body = HandoverView, description = "What the page shows")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    ticket: Ticket,
    QueryOf(known): QueryOf<Known>,
) -> Result<Json<HandoverView>, Problem> {
    let waits = state.doorkeeper.waiting.try_acquire();
    let within = if waits.is_ok() { WAIT } else { Duration::ZERO };
    let known = known.after.unwrap_or_default();
    let view = state.engine.page_after(&ticket.token, &known, within).await;
    view.map(|view| Json(view.into())).map_err(problem)
}
