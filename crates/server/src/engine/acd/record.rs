//! What is stored of the ACD: changed seats, and events on agents' and interactions' timelines.

use crate::engine::shared::Shared;
use hookflash_domain::acd::{Acd, Event, OfferOutcome, Outcome};
use hookflash_domain::agent::Seat;
use hookflash_domain::figures::{alert_of, stay_of};
use hookflash_domain::{InteractionId, QueueId, Timestamp, UserId};
use hookflash_store::{AgentRow, EventRow, Write};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The writes of one outcome.
pub(super) fn record(acd: &Acd, outcome: &Outcome, shared: &Shared) -> Vec<Write> {
    let now = crate::clock::now();
    let mut changed = BTreeSet::new();
    let mut writes = Vec::new();
    for event in &outcome.events {
        if let Event::AgentStateChanged { agent, .. } | Event::NextStateChosen { agent, .. } = event {
            changed.insert(*agent);
        }
        writes.push(Write::Event(Box::new(event_row(now, event, acd, shared))));
        writes.extend(alert_of(now, event).map(|alert| Write::Facts(vec![alert])));
        writes.extend(stay_of(now, event).map(Write::Stay));
    }
    let rows = changed.into_iter().filter_map(|agent| Some(Write::Agent(agent_row(agent, acd.seat(agent)?))));
    writes.extend(rows);
    writes
}

/// An agent's row.
pub(in crate::engine) fn agent_row(agent: UserId, seat: &Seat) -> AgentRow {
    AgentRow {
        user_id: agent,
        state: seat.state.word().into(),
        since_at: seat.since,
        body: serde_json::to_string(seat).unwrap_or_default(),
    }
}

fn event_row(at: Timestamp, event: &Event, acd: &Acd, shared: &Shared) -> EventRow {
    let name = |user: UserId| shared.rules().user_name(user);
    let row = |kind: &str,
               interaction: Option<InteractionId>,
               agent: Option<UserId>,
               payload: serde_json::Value| EventRow {
        at,
        kind: kind.into(),
        interaction_id: interaction,
        consult_id: None,
        user_id: agent,
        by_name: agent.map(name),
        payload: payload.to_string(),
    };
    match event {
        Event::AgentStateChanged { agent, from, to, .. } => {
            row("agent_state_changed", None, Some(*agent), json!({ "from": from, "to": to }))
        }
        Event::NextStateChosen { agent, next } => {
            row("agent_next_state_chosen", None, Some(*agent), json!({ "reason": next }))
        }
        Event::Queued { interaction, queue } => {
            row("queued", Some(*interaction), None, queued(*interaction, *queue, acd, shared))
        }
        Event::LeftQueue { interaction } => row("left_queue", Some(*interaction), None, json!({})),
        Event::Offered(offer) => {
            let agent = offer.agent;
            row(
                "offered",
                Some(offer.interaction),
                Some(agent),
                json!({ "offer_id": offer.id, "expires_at": offer.expires_at }),
            )
        }
        Event::Assigned { interaction, agent, by } => row(
            "assigned",
            Some(*interaction),
            Some(*by),
            json!({ "agent_id": agent, "agent_name": name(*agent) }),
        ),
        Event::PrioritySet { interaction, priority, by } => {
            row("priority_set", Some(*interaction), Some(*by), json!({ "priority": priority }))
        }
        Event::OfferEnded { offer, outcome } => {
            let kind = match outcome {
                OfferOutcome::Accepted => "offer_accepted",
                OfferOutcome::Declined => "offer_declined",
                OfferOutcome::NoAnswer => "offer_no_answer",
                OfferOutcome::CallerGone => "offer_caller_gone",
                OfferOutcome::Withdrawn => "offer_withdrawn",
            };
            row(kind, Some(offer.interaction), Some(offer.agent), json!({ "offer_id": offer.id }))
        }
    }
}

/// Where an interaction waits and what it asks for.
fn queued(interaction: InteractionId, queue: QueueId, acd: &Acd, shared: &Shared) -> Value {
    let rules = shared.rules();
    let waiting = acd.waiting().iter().find(|waiting| waiting.interaction == interaction);
    let asked = waiting.into_iter().flat_map(|waiting| &waiting.demand.asked);
    let asked: Vec<_> = asked.map(|ability| rules.ability_name(*ability)).collect();
    let mut payload = json!({ "queue_id": queue, "queue_name": rules.queue_name(queue) });
    if !asked.is_empty() {
        payload["asked"] = json!(asked);
    }
    payload
}
