//! What is stored of a consult.

use super::errand::Parcel;
use hookflash_domain::MessageId;
use hookflash_domain::consult::{
    Consult, Event, Invitation, InvitationState, Message, MessageState, Outcome, Side,
};
use hookflash_store::{ConsultRow, EventRow, MessageRow, Write};
use serde_json::{Value, json};

/// Reads a stored aggregate; none where the row is of another version.
pub(in crate::engine) fn parse(body: &str) -> Option<Consult> {
    serde_json::from_str(body).map_err(|error| tracing::error!(%error, "a consult cannot be read")).ok()
}

/// All writes of an outcome: the consult where it is not as it is `stored`, its messages, events and errands.
pub(super) fn writes(
    stored: Option<&Consult>,
    consult: &Consult,
    outcome: &Outcome,
    parcels: &[Parcel],
    last_text: &str,
) -> Vec<Write> {
    let mut writes = Vec::from_iter(consult_write(stored, consult, last_text_of(outcome), last_text));
    for event in &outcome.events {
        writes.extend(message_write(consult, event));
        writes.push(Write::Event(Box::new(event_row(consult, event))));
    }
    writes.extend(parcels.iter().map(|parcel| Write::OutboxAdd(parcel.row(consult))));
    writes
}

/// The text said last in an outcome.
pub(in crate::engine) fn last_text(outcome: &Outcome) -> Option<String> {
    last_text_of(outcome).map(str::to_owned)
}

fn last_text_of(outcome: &Outcome) -> Option<&str> {
    outcome.events.iter().rev().find_map(|event| match event {
        Event::MessageAdded(message) => Some(message.text.as_str()),
        _ => None,
    })
}

/// Most of what happens to a consult is talk; then there is little to write.
fn consult_write(
    stored: Option<&Consult>,
    consult: &Consult,
    said: Option<&str>,
    last_text: &str,
) -> Option<Write> {
    if said.is_none() && stored == Some(consult) {
        return None;
    }
    let row = Box::new(row(consult, said.unwrap_or(last_text)));
    let is_talk = stored.is_some_and(|stored| columns(stored) == columns(consult));
    Some(if is_talk { Write::ConsultTalk(row) } else { Write::Consult(row) })
}

/// What a row has beside the text said last and the body.
fn columns(consult: &Consult) -> impl PartialEq {
    let expert = consult.current().map(|(_, invitation)| invitation.expert.name.clone());
    let (id, agent, network) = (consult.id, consult.agent, consult.network.clone());
    let word = consult.state.word();
    (
        id,
        consult.interaction,
        agent,
        network,
        word,
        consult.outcome,
        consult.started_at,
        consult.ended_at,
        expert,
    )
}

fn row(consult: &Consult, last_text: &str) -> ConsultRow {
    let expert = consult.current().map(|(_, invitation)| invitation.expert.name.clone());
    ConsultRow {
        consult_id: consult.id,
        interaction_id: consult.interaction,
        agent_id: consult.agent,
        network: consult.network.clone(),
        state: consult.state.word().into(),
        outcome: consult.outcome.map(|outcome| outcome.word().into()),
        started_at: consult.started_at,
        ended_at: consult.ended_at,
        expert_name: expert.unwrap_or_default(),
        last_text: last_text.chars().take(200).collect(),
        body: serde_json::to_string(consult).unwrap_or_default(),
    }
}

fn message_write(consult: &Consult, event: &Event) -> Option<Write> {
    match event {
        Event::MessageAdded(message) => Some(Write::Message(Box::new(message_row(consult, message)))),
        Event::MessageChanged { message, state } => {
            let reason = state.reason().map(str::to_owned);
            Some(Write::MessageState { message_id: *message, state: state.word().into(), reason })
        }
        _ => None,
    }
}

fn message_row(consult: &Consult, message: &Message) -> MessageRow {
    MessageRow {
        message_id: message.id,
        consult_id: consult.id,
        by_role: message.by.word().into(),
        author_name: message.author_name.clone(),
        text: message.text.clone(),
        html: message.html.clone(),
        at: message.at,
        state: message.state.word().into(),
        reason: message.state.reason().map(str::to_owned),
        shared: serde_json::to_string(&message.shared).unwrap_or_default(),
        network_message_id: message.network_message_id.clone(),
    }
}

/// A message as it was stored.
pub(in crate::engine) fn message_of(row: MessageRow) -> Message {
    Message {
        id: row.message_id,
        by: if row.by_role == "agent" { Side::Agent } else { Side::Expert },
        author_name: row.author_name,
        text: row.text,
        html: row.html,
        at: row.at,
        state: match row.state.as_str() {
            "sending" => MessageState::Sending,
            "delivered" => MessageState::Delivered,
            "failed" => MessageState::Failed { reason: row.reason.unwrap_or_default() },
            _ => MessageState::Sent,
        },
        shared: serde_json::from_str(&row.shared).unwrap_or_default(),
        network_message_id: row.network_message_id,
    }
}

fn event_row(consult: &Consult, event: &Event) -> EventRow {
    let (kind, payload) = kind_of(consult, event);
    let by_agent = matches!(
        event,
        Event::Started { by: Side::Agent }
            | Event::Asked { .. }
            | Event::HuntStarted
            | Event::HuntChanged
            | Event::LinkRevoked { .. }
            | Event::Judged { .. }
            | Event::Ended
    );
    EventRow {
        at: crate::clock::now(),
        kind: kind.into(),
        interaction_id: consult.interaction,
        consult_id: Some(consult.id),
        user_id: Some(consult.agent),
        by_name: by_agent.then(|| consult.agent_name.clone()),
        payload: payload.to_string(),
    }
}

fn kind_of(consult: &Consult, event: &Event) -> (&'static str, Value) {
    let about = |invitation: usize| consult.invitations.get(invitation);
    match event {
        Event::Started { by: Side::Agent } => ("consult_started", json!({ "by": "agent" })),
        Event::Started { by: Side::Expert } => ("expert_began", of_team(0, about(0))),
        Event::Asked { invitation } => ("expert_asked", asked(*invitation, about(*invitation))),
        Event::HuntStarted => ("hunt_started", hunt_started(consult)),
        Event::HuntChanged => ("hunt_changed", json!({ "people": waiting(consult) })),
        Event::ExpertSkipped { skipped } => ("expert_skipped", passed_over(consult, *skipped)),
        Event::HuntEnded { end } => ("hunt_ended", json!({ "reason": end.word() })),
        Event::Placed { invitation } => ("invitation_placed", json!({ "invitation": invitation })),
        Event::InvitationChanged { invitation } => invitation_changed(*invitation, about(*invitation)),
        Event::LateAcceptance { invitation } => ("expert_late", named(*invitation, about(*invitation))),
        Event::ExpertLeft { invitation } => ("expert_left", named(*invitation, about(*invitation))),
        Event::CutOff { invitation } => ("chat_cut_off", cut_off(*invitation, about(*invitation))),
        Event::LinkOpened { invitation, viewer } => {
            ("link_opened", link_opened(*invitation, about(*invitation), viewer))
        }
        Event::SkillsTold { invitation, kept, removed, viewer } => {
            let mut payload = link_opened(*invitation, about(*invitation), viewer);
            (payload["kept"], payload["removed"]) = (json!(kept), json!(removed));
            ("skills_told", payload)
        }
        Event::LinkRevoked { invitation } => ("link_revoked", named(*invitation, about(*invitation))),
        Event::MessageAdded(message) if !message.shared.is_empty() => {
            ("data_shared", json!({ "message_id": message.id, "keys": message.shared }))
        }
        Event::MessageAdded(message) => ("message_added", said(message.id, message.by.word())),
        Event::MessageChanged { message, state } => {
            ("message_changed", json!({ "message_id": message, "state": state.word() }))
        }
        Event::Read => ("consult_read", json!({})),
        Event::Judged { outcome } => {
            ("consult_judged", json!({ "outcome": outcome.map(|outcome| outcome.word()) }))
        }
        Event::Ended => {
            ("consult_ended", json!({ "outcome": consult.outcome.map(|outcome| outcome.word()) }))
        }
    }
}

fn hunt_started(consult: &Consult) -> Value {
    let hunt = consult.hunt.as_ref();
    json!({
        "people": waiting(consult),
        "mode": hunt.map(|hunt| hunt.mode.word()),
        "within_ms": hunt.map(|hunt| hunt.within_ms),
        "keys": consult.shared,
    })
}

fn waiting(consult: &Consult) -> Vec<&str> {
    let waiting = consult.hunt.iter().flat_map(|hunt| &hunt.waiting);
    waiting.map(|one| one.expert.name.as_str()).collect()
}

fn passed_over(consult: &Consult, skipped: usize) -> Value {
    let skipped = consult.hunt.as_ref().and_then(|hunt| hunt.skipped.get(skipped));
    json!({
        "person_name": skipped.map(|one| &one.expert.name),
        "reason": skipped.map(|one| one.why.word()),
    })
}

fn said(message: MessageId, by: &str) -> Value {
    json!({ "message_id": message, "by": by })
}

fn named(number: usize, invitation: Option<&Invitation>) -> Value {
    json!({ "invitation": number, "person_name": invitation.map(|invitation| &invitation.expert.name) })
}

/// With the team's name where the expert wrote to one.
fn of_team(number: usize, invitation: Option<&Invitation>) -> Value {
    let mut payload = named(number, invitation);
    if let Some(team) = invitation.and_then(|invitation| invitation.team.as_ref()) {
        payload["queue_name"] = json!(team.name);
    }
    payload
}

fn cut_off(number: usize, invitation: Option<&Invitation>) -> Value {
    let mut payload = named(number, invitation);
    payload["reason"] = json!(invitation.and_then(|invitation| invitation.cut_off).map(|why| why.word()));
    payload
}

fn link_opened(number: usize, invitation: Option<&Invitation>, viewer: &str) -> Value {
    let mut payload = named(number, invitation);
    payload["viewer"] = json!(viewer);
    payload
}

fn asked(number: usize, invitation: Option<&Invitation>) -> Value {
    json!({
        "invitation": number,
        "person_name": invitation.map(|invitation| &invitation.expert.name),
        "keys": invitation.map(|invitation| &invitation.shared),
        "as_link": invitation.is_some_and(|invitation| invitation.link.is_some()),
    })
}

fn invitation_changed(number: usize, invitation: Option<&Invitation>) -> (&'static str, Value) {
    let mut payload = of_team(number, invitation);
    let Some(invitation) = invitation else { return ("invitation_sent", payload) };
    if let Some(reason) = invitation.state.reason() {
        payload["reason"] = json!(reason);
    }
    if let Some(better) = invitation.link.as_ref().and_then(|link| link.better.as_ref()) {
        payload["better"] = json!(better);
    }
    if let Some(words) = &invitation.words {
        payload["words"] = json!(words);
    }
    let kind = match (&invitation.state, invitation.by) {
        (InvitationState::Accepted, Side::Expert) => "incoming_taken",
        (InvitationState::Declined { .. }, Side::Expert) => "incoming_declined",
        (InvitationState::Alerting, _) => "expert_alerting",
        (InvitationState::Accepted, Side::Agent) => "expert_accepted",
        (InvitationState::Declined { .. }, Side::Agent) => "expert_declined",
        (InvitationState::NoAnswer, _) => "expert_no_answer",
        (InvitationState::Unreachable { .. }, _) => "expert_unreachable",
        (InvitationState::Withdrawn, _) => "invitation_withdrawn",
        (InvitationState::Taken, _) => "invitation_taken",
        (InvitationState::Missed, _) => "incoming_missed",
        (InvitationState::AnsweredElsewhere, _) => "incoming_elsewhere",
        (InvitationState::Sending, _) => "invitation_sent",
    };
    (kind, payload)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hookflash_domain::{ConsultId, NetworkId, Timestamp, UserId};

    #[test]
    fn a_consult_that_was_stored_before_there_were_hunts_is_read() {
        let (id, agent) = (ConsultId(uuid::Uuid::from_u128(1)), UserId(uuid::Uuid::from_u128(2)));
        let consult = Consult::new(id, agent, "Dana".into(), None, NetworkId("skype".into()), Timestamp(0));
        let mut body = serde_json::to_value(&consult).unwrap();
        assert!(body.as_object_mut().unwrap().remove("hunt").is_some());
        assert_eq!(parse(&body.to_string()), Some(consult));
    }
}
