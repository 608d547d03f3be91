//! `POST /api/v1/handover/acts`

use super::ticket::{Ticket, problem};
use super::view::HandoverView;
use crate::engine::PageAction;
use crate::http::extract;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::MessageId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What the expert does.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub(in crate::http) enum HandoverAct {
    /// Helps: the chat is open.
    Accept {},
    /// Does not: perhaps with a reason (500 characters) and the name of who would know better (200).
    Decline { reason: Option<String>, better: Option<String> },
    /// Writes, 1 to 4,000 characters; the same id again is the same message. Who has not accepted does so by that.
    Say { message_id: Uuid, text: String },
    /// Leaves the chat.
    Leave {},
}

/// Does something on the page of a link, with the header `Authorization: Handover <token>`, and gives what it shows
/// then. What comes too late changes nothing; the page says why.
#[utoipa::path(post, path = "/api/v1/handover/acts", operation_id = "handover_act", tag = "handover",
    request_body = HandoverAct, security(()),
    responses((status = 200, body = HandoverView, description = "What the page shows")))]
pub(in crate::http) async fn act(
    State(state): State<AppState>,
    ticket: Ticket,
    extract::Json(body): extract::Json<HandoverAct>,
) -> Result<Json<HandoverView>, Problem> {
    let action = match body {
        HandoverAct::Accept {} => PageAction::Accept,
        HandoverAct::Decline { reason, better } => PageAction::Decline { reason, better },
        HandoverAct::Say { message_id, text } => PageAction::Say { message: MessageId(message_id), text },
        HandoverAct::Leave {} => PageAction::Leave,
    };
    let view = state.engine.page_act(&ticket.token, action).await;
    view.map(|view| Json(view.into())).map_err(problem)
}
