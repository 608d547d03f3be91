//! A consult with its invitations, and the messages of its chat.

use super::hunt::{HuntView, hunt_view};
use super::person::{PersonView, person_view};
use hookflash_domain::consult::{Consult, Invitation, Link, Message, Side, SolvedState};
use hookflash_domain::{
    ConsultId, Importance, InteractionId, MessageId, NetworkId, PersonId, PresenceReport, Timestamp,
};
use serde::Serialize;

/// `ConsultView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsultView {
    consult_id: ConsultId,
    interaction_id: Option<InteractionId>,
    network: NetworkId,
    state: &'static str,
    question: String,
    share: Vec<String>,
    invitations: Vec<InvitationView>,
    outcome: Option<SolvedState>,
    unread_count: u32,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    current: Option<usize>,
    hunt: Option<HuntView>,
}

/// `InvitationView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct InvitationView {
    number: usize,
    person: PersonView,
    by: Side,
    state: &'static str,
    reason: Option<String>,
    question: String,
    shared: Vec<String>,
    asked_at: Timestamp,
    expires_at: Timestamp,
    settled_at: Option<Timestamp>,
    left_at: Option<Timestamp>,
    cut_off: Option<&'static str>,
    subject: Option<String>,
    importance: Importance,
    quiet: bool,
    queue_name: Option<String>,
    words: Option<String>,
    link: Option<LinkView>,
}

/// `LinkView`: the link that an invitation carried in place of data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct LinkView {
    expires_at: Timestamp,
    opened_at: Option<Timestamp>,
    view_count: u32,
    revoked_at: Option<Timestamp>,
    better: Option<String>,
    holds_chat: bool,
}

/// `MessageView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MessageView {
    message_id: MessageId,
    consult_id: ConsultId,
    by: Side,
    author_name: String,
    text: String,
    html: Option<String>,
    at: Timestamp,
    state: &'static str,
    reason: Option<String>,
    shared: Vec<String>,
}

/// A consult as shown; `presence` tells what is known of a person.
pub fn consult_view(
    consult: &Consult,
    presence: impl Fn(&PersonId) -> Option<PresenceReport>,
) -> ConsultView {
    let invitations = consult.invitations.iter().enumerate();
    ConsultView {
        consult_id: consult.id,
        interaction_id: consult.interaction,
        network: consult.network.clone(),
        state: consult.state.word(),
        question: consult.question.clone(),
        share: consult.shared.clone(),
        invitations: invitations
            .map(|(number, one)| invitation_view(number, one, presence(&one.expert.id)))
            .collect(),
        outcome: consult.outcome,
        unread_count: consult.unread_count,
        started_at: consult.started_at,
        ended_at: consult.ended_at,
        current: consult.current().map(|(number, _)| number),
        hunt: consult.hunt.as_ref().map(|hunt| hunt_view(hunt, &presence)),
    }
}

/// A message as shown.
#[must_use]
pub fn message_view(consult_id: ConsultId, message: &Message) -> MessageView {
    MessageView {
        message_id: message.id,
        consult_id,
        by: message.by,
        author_name: message.author_name.clone(),
        text: message.text.clone(),
        html: message.html.clone(),
        at: message.at,
        state: message.state.word(),
        reason: message.state.reason().map(str::to_owned),
        shared: message.shared.clone(),
    }
}

fn invitation_view(
    number: usize,
    invitation: &Invitation,
    presence: Option<PresenceReport>,
) -> InvitationView {
    InvitationView {
        number,
        person: person_view(&invitation.expert, presence),
        by: invitation.by,
        state: invitation.state.word(),
        reason: invitation.state.reason().map(str::to_owned),
        question: invitation.question.clone(),
        shared: invitation.shared.clone(),
        asked_at: invitation.asked_at,
        expires_at: invitation.expires_at,
        settled_at: invitation.settled_at,
        left_at: invitation.left_at,
        cut_off: invitation.cut_off.map(|why| why.word()),
        subject: invitation.subject.clone(),
        importance: invitation.importance,
        quiet: invitation.quiet,
        queue_name: invitation.team.as_ref().map(|team| team.name.clone()),
        words: invitation.words.clone(),
        link: invitation.link.as_ref().map(link_view),
    }
}

fn link_view(link: &Link) -> LinkView {
    LinkView {
        expires_at: link.expires_at,
        opened_at: link.opened_at,
        view_count: link.view_count,
        revoked_at: link.revoked_at,
        better: link.better.clone(),
        holds_chat: link.holds_chat,
    }
}
