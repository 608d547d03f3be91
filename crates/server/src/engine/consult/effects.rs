//! What follows a stored change of a consult: board, desk, timers.

use super::recent::Recent;
use super::task::{ConsultInput, Desk};
use super::told::Told;
use crate::engine::feed::{Change, Notice};
use crate::engine::interaction::InteractionInput;
use crate::engine::shared::Shared;
use hookflash_domain::consult::{Consult, Event, InvitationState, Message, News, Outcome, Side, State};
use hookflash_domain::{ConsultId, Timestamp};
use std::sync::Arc;

impl Shared {
    /// Brings the board up to a stored consult; gives what it shows.
    pub(super) fn put_on_board(&self, desk: &Desk) -> Arc<Consult> {
        let shown = Arc::new(desk.consult.clone());
        self.board.put_consult(Arc::clone(&shown));
        shown
    }

    /// Tells the desk of a stored outcome, after the board.
    pub(super) fn show_consult(
        self: &Arc<Self>,
        recent: &mut Recent,
        shown: Arc<Consult>,
        outcome: &Outcome,
    ) {
        let consult = &*shown;
        for event in &outcome.events {
            match event {
                Event::MessageAdded(message) => self.show_message(consult, recent.add(message)),
                Event::MessageChanged { message, state } => {
                    self.show_message_state(consult, recent.change(*message, state));
                }
                Event::LateAcceptance { invitation } => {
                    self.notice(consult.agent, about(consult, "late_acceptance", *invitation));
                }
                Event::Started { by: Side::Expert } => self.show_incoming(consult),
                Event::InvitationChanged { invitation } => self.show_taken(consult, *invitation),
                // Whoever reads has longer to answer.
                Event::Asked { invitation } | Event::LinkOpened { invitation, .. } => {
                    let invitation = *invitation;
                    if let Some(asked) = consult.invitations.get(invitation) {
                        self.wake_invitation(consult.id, invitation, asked.expires_at);
                    }
                }
                _ => {}
            }
        }
        if outcome.events.iter().any(changes_consult) {
            self.feed.change(consult.agent, Change::Consult(shown));
        }
    }

    /// Another agent of the team was faster.
    fn show_taken(&self, consult: &Consult, invitation: usize) {
        let Some(asked) = consult.invitations.get(invitation) else { return };
        if let (InvitationState::AnsweredElsewhere, Some(team)) = (&asked.state, &asked.team) {
            let notice = about(consult, "team_chat_taken", invitation);
            self.notice(consult.agent, Notice { queue_name: Some(team.name.clone()), ..notice });
        }
    }

    /// A chat that was taken at once is told; one that rings is seen in its state.
    fn show_incoming(self: &Arc<Self>, consult: &Consult) {
        match consult.state {
            State::Ringing(n) => {
                if let Some(invitation) = consult.invitations.get(n) {
                    self.wake_invitation(consult.id, n, invitation.expires_at);
                }
            }
            _ => self.notice(consult.agent, about(consult, "incoming_chat", 0)),
        }
    }

    fn show_message(&self, consult: &Consult, message: Arc<Message>) {
        self.feed.change(consult.agent, Change::Message(consult.id, message));
    }

    /// The desk is told the whole message again, in its new state.
    fn show_message_state(&self, consult: &Consult, message: Option<Arc<Message>>) {
        if let Some(message) = message {
            self.show_message(consult, message);
        }
    }

    /// Wakes the consult when the time for an answer is up.
    pub(in crate::engine) fn wake_invitation(
        self: &Arc<Self>,
        consult: ConsultId,
        invitation: usize,
        at: Timestamp,
    ) {
        self.wake_at(at, move |shared| async move {
            let told = Told::new(vec![News::TimedOut(invitation)]);
            shared.to_consult(consult, ConsultInput::News(told)).await;
        });
    }

    /// A consult has begun: its interaction counts it, the agent's day too.
    pub(super) fn consult_started(self: &Arc<Self>, consult: &Consult) {
        let (shared, interaction, agent) = (Arc::clone(self), consult.interaction, consult.agent);
        self.tasks.spawn(async move {
            if let Some(interaction) = interaction {
                shared.to_interaction(interaction, InteractionInput::ConsultStarted).await;
            }
            shared.publish_today(agent).await;
        });
    }

    /// The consult leaves the desk.
    pub(super) fn close_consult(&self, desk: &Desk) {
        self.networks.forget_routes(desk.consult.id);
        self.board.drop_consult(desk.consult.id);
        if desk.is_stored {
            self.feed.change(desk.consult.agent, Change::ConsultClosed(desk.consult.id));
        }
    }
}

fn about(consult: &Consult, code: &'static str, invitation: usize) -> Notice {
    let person_name = consult.invitations.get(invitation).map(|invitation| invitation.expert.name.clone());
    let (consult, interaction) = (Some(consult.id), consult.interaction);
    Notice { code, person_name, consult, interaction, ..Notice::default() }
}

/// The state of one message does not change what the consult shows.
fn changes_consult(event: &Event) -> bool {
    match event {
        Event::MessageChanged { .. } => false,
        Event::MessageAdded(message) => message.by == Side::Expert,
        _ => true,
    }
}

/// Whether an errand about an invitation is still wanted.
pub(super) fn is_pending(consult: &Consult, invitation: usize) -> bool {
    consult.is_asking(invitation)
}
