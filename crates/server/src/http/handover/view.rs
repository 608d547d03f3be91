//! What the page shows, on the wire.

use crate::engine::{PageMessage, PageState, PageView};
use hookflash_domain::consult::Side;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A question as the expert sees it on the page.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct HandoverView {
    /// Where the question stands.
    state: HandoverState,
    /// Why it is over: `expired`, `revoked`, `declined`, `withdrawn`, `taken`, `no_answer`, `left` or `ended`.
    reason: Option<&'static str>,
    agent_name: String,
    expert_name: String,
    /// Empty when it is over.
    question: String,
    /// The attached data that was handed over.
    data: Vec<HandoverDatum>,
    /// The chat, oldest first.
    messages: Vec<HandoverMessage>,
    /// Until when an answer is waited for, while asking.
    answer_until_at: Option<i64>,
    /// Until when the link can be opened; null in a chat that is held on the page.
    expires_at: Option<i64>,
    /// The server's clock.
    server_at: i64,
    /// Another whenever something else is shown.
    version: String,
}

/// Where a question stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum HandoverState {
    /// An answer is waited for.
    Asking,
    /// The chat is open.
    Talking,
    /// Neither.
    Over,
}

/// One piece of attached data.
#[derive(Serialize, ToSchema)]
pub(super) struct HandoverDatum {
    label: String,
    value: String,
}

/// One message.
#[derive(Serialize, ToSchema)]
pub(super) struct HandoverMessage {
    message_id: Uuid,
    /// `agent` or `expert`.
    by: &'static str,
    author_name: String,
    text: String,
    at: i64,
}

impl From<PageView> for HandoverView {
    fn from(view: PageView) -> Self {
        let datum = |(label, value)| HandoverDatum { label, value };
        Self {
            state: match view.state {
                PageState::Asking => HandoverState::Asking,
                PageState::Talking => HandoverState::Talking,
                PageState::Over => HandoverState::Over,
            },
            reason: view.reason,
            agent_name: view.agent_name,
            expert_name: view.expert_name,
            question: view.question,
            data: view.data.into_iter().map(datum).collect(),
            messages: view.messages.into_iter().map(message).collect(),
            answer_until_at: view.answer_until.map(|at| at.0),
            expires_at: view.expires_at.map(|at| at.0),
            server_at: crate::clock::now().0,
            version: view.version,
        }
    }
}

fn message(message: PageMessage) -> HandoverMessage {
    let PageMessage { message_id, by, author_name, text, at } = message;
    let by = match by {
        Side::Agent => "agent",
        Side::Expert => "expert",
    };
    HandoverMessage { message_id: message_id.0, by, author_name, text, at: at.0 }
}
