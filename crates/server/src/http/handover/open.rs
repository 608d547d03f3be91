//! `POST /api/v1/handover/views`

use super::ticket::{Ticket, problem};
use super::view::HandoverView;
use crate::engine::PageAction;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};

/// Longest name of a browser that is noted.
const USER_AGENT_CHARS: usize = 120;

/// Opens the page of a link, with the header `Authorization: Handover <token>`. Every opening is noted with address
/// and browser, and the agent sees it.
#[utoipa::path(post, path = "/api/v1/handover/views", operation_id = "handover_open", tag = "handover",
    security(()), responses((status = 200, body = HandoverView, description = "What the page shows")))]
pub(in crate::http) async fn open(
    State(state): State<AppState>,
    ticket: Ticket,
    headers: HeaderMap,
) -> Result<Json<HandoverView>, Problem> {
    let viewer = viewer(&ticket, &headers);
    let view = state.engine.page_act(&ticket.token, PageAction::Open { viewer }).await;
    view.map(|view| Json(view.into())).map_err(problem)
}

/// From where somebody looks: address and browser.
pub(super) fn viewer(ticket: &Ticket, headers: &HeaderMap) -> String {
    let browser = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let browser: String = browser.chars().take(USER_AGENT_CHARS).collect();
    format!("{} {browser}", ticket.address).trim_end().to_owned()
}
