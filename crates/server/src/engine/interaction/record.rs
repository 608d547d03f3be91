//! What is stored of an interaction.

use crate::engine::shared::Shared;
use hookflash_domain::interaction::{CallState, EndReason, Event, Interaction, Outcome, Stage};
use hookflash_domain::{Timestamp, UserId};
use hookflash_store::{EventRow, InteractionRow};
use serde_json::{Value, json};

/// Reads a stored aggregate; none where the row is of another version.
pub(in crate::engine) fn parse(body: &str) -> Option<Interaction> {
    serde_json::from_str(body).map_err(|error| tracing::error!(%error, "an interaction cannot be read")).ok()
}

/// The row of an interaction.
pub(super) fn row(interaction: &Interaction, shared: &Shared) -> InteractionRow {
    let now = crate::clock::now();
    let ended_at = interaction.call_ended_at();
    let spans = Spans::of(interaction, now);
    let beside = shared.board.consults_beside(interaction.id).len();
    InteractionRow {
        interaction_id: interaction.id,
        queue_id: interaction.queue,
        agent_id: interaction.agent(),
        state: interaction.stage.word().into(),
        caller_number: interaction.caller_number.clone(),
        caller_name: interaction.caller_name.clone(),
        dialled_number: interaction.dialled_number.clone(),
        started_at: interaction.started_at,
        answered_at: interaction.answered_at,
        call_ended_at: ended_at,
        completed_at: spans.completed_at,
        end_reason: end_reason(interaction).map(|reason| reason.word().into()),
        disposition_id: interaction.wrap_up.disposition,
        note: interaction.wrap_up.note.clone(),
        wait_ms: spans.wait_ms,
        talk_ms: spans.talk_ms,
        hold_ms: interaction.call.held_total_ms,
        wrap_up_ms: spans.wrap_up_ms,
        consult_count: i64::try_from(beside).unwrap_or(i64::MAX),
        attached: serde_json::to_string(&interaction.attached).unwrap_or_default(),
        body: serde_json::to_string(interaction).unwrap_or_default(),
    }
}

/// The durations of an interaction; what has not ended counts until `now`.
struct Spans {
    wait_ms: i64,
    talk_ms: i64,
    wrap_up_ms: i64,
    completed_at: Option<Timestamp>,
}

impl Spans {
    fn of(interaction: &Interaction, now: Timestamp) -> Self {
        let call_end = interaction.call_ended_at().unwrap_or(now);
        let completed_at = match interaction.stage {
            Stage::Completed { at, .. } => Some(at),
            _ => None,
        };
        let answered = interaction.answered_at;
        let connected_ms = answered.map_or(0, |answered| call_end.since_ms(answered));
        Self {
            wait_ms: answered.unwrap_or(call_end).since_ms(interaction.started_at),
            talk_ms: (connected_ms - interaction.call.held_total_ms).max(0),
            wrap_up_ms: completed_at.filter(|_| answered.is_some()).map_or(0, |at| at.since_ms(call_end)),
            completed_at,
        }
    }
}

fn end_reason(interaction: &Interaction) -> Option<EndReason> {
    match interaction.call.state {
        CallState::Up => None,
        CallState::Ended { reason, .. } => Some(reason),
    }
}

/// The events of an outcome.
pub(super) fn event_rows(interaction: &Interaction, outcome: &Outcome, shared: &Shared) -> Vec<EventRow> {
    let (at, agent) = (crate::clock::now(), interaction.agent());
    let name = |user: UserId| shared.rules().user_name(user);
    let rows = outcome.events.iter().map(|event| {
        let (kind, payload) = kind_of(event, interaction, shared);
        EventRow {
            at,
            kind: kind.into(),
            interaction_id: Some(interaction.id),
            consult_id: None,
            user_id: agent,
            by_name: agent.filter(|_| is_by_agent(event)).map(name),
            payload: payload.to_string(),
        }
    });
    rows.collect()
}

fn kind_of(event: &Event, interaction: &Interaction, shared: &Shared) -> (&'static str, Value) {
    match event {
        Event::Started => (
            "started",
            json!({ "caller_number": interaction.caller_number, "dialled_number": interaction.dialled_number }),
        ),
        Event::Answered { .. } => ("answered", json!({})),
        Event::Held => ("held", json!({})),
        Event::Resumed { held_ms } => ("resumed", json!({ "held_ms": held_ms })),
        Event::Muted { muted } => ("muted", json!({ "muted": muted })),
        Event::CallerHeld => ("caller_held", json!({})),
        Event::CallerResumed => ("caller_resumed", json!({})),
        Event::DigitReceived { digit } => ("digit", json!({ "digit": digit })),
        Event::DigitSent => ("digit_sent", json!({})),
        Event::DeskAway => ("desk_away", json!({})),
        Event::DeskBack => ("desk_back", json!({})),
        Event::CallEnded { reason } => ("call_ended", json!({ "reason": reason.word() })),
        Event::WrapUpSaved { disposition, note_chars } => {
            let rules = shared.rules();
            let chosen =
                disposition.and_then(|id| rules.dispositions.get(&id)).map(|settings| settings.name.clone());
            (
                "wrap_up_saved",
                json!({ "disposition_id": disposition, "disposition_name": chosen, "note_chars": note_chars }),
            )
        }
        Event::WrapUpRequested { requested } => ("wrap_up_requested", json!({ "requested": requested })),
        Event::WrapUpTimedOut => ("wrap_up_timed_out", json!({})),
        Event::Completed => ("completed", json!({})),
    }
}

fn is_by_agent(event: &Event) -> bool {
    match event {
        Event::CallEnded { reason } => *reason == EndReason::AgentHungUp,
        Event::Started | Event::CallerHeld | Event::CallerResumed | Event::DigitReceived { .. } => false,
        Event::WrapUpTimedOut | Event::DeskAway | Event::DeskBack => false,
        _ => true,
    }
}
