//! A row of the list.

use hookflash_store::interactions::{InteractionListRow, NamedInteraction};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An interaction in one row.
#[derive(Serialize, ToSchema)]
#[schema(as = InteractionRow)]
pub(super) struct RowView {
    interaction_id: Uuid,
    started_at: i64,
    /// When the call ended; null while it is up.
    ended_at: Option<i64>,
    queue_id: Uuid,
    queue_name: String,
    caller_number: String,
    caller_name: Option<String>,
    agent_id: Option<Uuid>,
    agent_name: Option<String>,
    disposition_name: Option<String>,
    disposition_id: Option<Uuid>,
    /// Time connected, hold excluded.
    talk_ms: i64,
    hold_ms: i64,
    /// Time in the queue, offers included.
    wait_ms: i64,
    /// How many consults belong to it.
    consult_count: i64,
    /// `queued`, `connected`, `wrap_up` or `completed`.
    state: String,
    /// Why the call ended, as in desk-socket.md.
    end_reason: Option<String>,
    has_note: bool,
}

impl From<InteractionListRow> for RowView {
    fn from(row: InteractionListRow) -> Self {
        Self {
            interaction_id: row.interaction_id.0,
            started_at: row.started_at.0,
            ended_at: row.call_ended_at.map(|at| at.0),
            queue_id: row.queue_id.0,
            queue_name: row.queue_name.unwrap_or_default(),
            caller_number: row.caller_number,
            caller_name: row.caller_name,
            agent_id: row.agent_id.map(|id| id.0),
            agent_name: row.agent_name,
            disposition_name: row.disposition_name,
            disposition_id: row.disposition_id.map(|id| id.0),
            talk_ms: row.talk_ms,
            hold_ms: row.hold_ms,
            wait_ms: row.wait_ms,
            consult_count: row.consult_count,
            state: row.state,
            end_reason: row.end_reason,
            has_note: row.has_note,
        }
    }
}

impl From<&NamedInteraction> for RowView {
    fn from(named: &NamedInteraction) -> Self {
        let row = &named.interaction;
        Self {
            interaction_id: row.interaction_id.0,
            started_at: row.started_at.0,
            ended_at: row.call_ended_at.map(|at| at.0),
            queue_id: row.queue_id.0,
            queue_name: named.queue_name.clone().unwrap_or_default(),
            caller_number: row.caller_number.clone(),
            caller_name: row.caller_name.clone(),
            agent_id: row.agent_id.map(|id| id.0),
            agent_name: named.agent_name.clone(),
            disposition_name: named.disposition_name.clone(),
            disposition_id: row.disposition_id.map(|id| id.0),
            talk_ms: row.talk_ms,
            hold_ms: row.hold_ms,
            wait_ms: row.wait_ms,
            consult_count: row.consult_count,
            state: row.state.clone(),
            end_reason: row.end_reason.clone(),
            has_note: !row.note.is_empty(),
        }
    }
}
