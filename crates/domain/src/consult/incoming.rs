//! An expert asks the agent: how the agent is told, and how it ends.

use super::{
    Consult, Effect, Event, Invitation, InvitationNo, InvitationState, Outcome, Refusal, Side, State,
};
use crate::{Importance, Person, QueueId, Timestamp};
use serde::{Deserialize, Serialize};

/// How long an expert who asks is left waiting before the chat counts as missed, should the network
/// not say so before.
pub const RINGS_FOR_MS: i64 = 60_000;

/// Someone asks the agent to a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingChat {
    /// Who.
    pub expert: Person,
    /// The network's key of the chat.
    pub chat: String,
    /// What it is about.
    pub subject: Option<String>,
    /// The beginning of the first message.
    pub preview: Option<String>,
    /// How urgent it is to the sender.
    pub importance: Importance,
    /// The team that they wrote to, where it was not the agent.
    pub team: Option<Team>,
}

/// Agents of a queue to whom experts write as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Their queue.
    pub queue: QueueId,
    /// Its name when the expert wrote.
    pub name: String,
}

/// What is done with chats that experts begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncomingPolicy {
    /// They are taken at once.
    #[default]
    Accept,
    /// The agent is asked.
    Ask,
    /// They are taken at once during a call; otherwise they ring in the agent's other clients alone.
    OnCall,
}

impl IncomingPolicy {
    /// Every policy.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Ask, Self::OnCall];

    /// How a chat is received.
    #[must_use]
    pub fn reception(self, on_call: bool) -> Reception {
        match self {
            Self::Accept => Reception::Open,
            Self::Ask => Reception::Ring,
            Self::OnCall if on_call => Reception::Open,
            Self::OnCall => Reception::Quiet,
        }
    }
}

/// How a chat that an expert begins is received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reception {
    /// Taken at once.
    Open,
    /// The agent is asked.
    Ring,
    /// Left to the agent's other clients, and noted as missed when it is answered in none.
    Quiet,
}

impl Consult {
    /// An expert begins.
    pub fn start_by_expert(&mut self, now: Timestamp, from: IncomingChat, reception: Reception) -> Outcome {
        let invitation = self.invitations.len();
        self.invitations.push(Invitation {
            by: Side::Expert,
            state: InvitationState::Alerting,
            chat: Some(from.chat),
            subject: from.subject,
            importance: from.importance,
            quiet: reception == Reception::Quiet,
            team: from.team,
            ..Invitation::new(from.expert, from.preview.unwrap_or_default(), now, now.plus_ms(RINGS_FOR_MS))
        });
        self.state = State::Ringing(invitation);
        let mut out = Outcome { events: vec![Event::Started { by: Side::Expert }], effects: vec![] };
        match reception {
            Reception::Open => self.take(now, invitation, &mut out),
            Reception::Ring | Reception::Quiet => {
                let at = self.invitations[invitation].expires_at;
                out.effects.push(Effect::WakeAt { invitation, at });
            }
        }
        out
    }

    pub(super) fn accept(&mut self, now: Timestamp, out: &mut Outcome) -> Result<(), Refusal> {
        let State::Ringing(n) = self.state else {
            return Err(Refusal::NobodyAsks);
        };
        self.take(now, n, out);
        Ok(())
    }

    pub(super) fn decline(
        &mut self,
        now: Timestamp,
        reason: Option<String>,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        let State::Ringing(n) = self.state else {
            return Err(Refusal::NobodyAsks);
        };
        self.turn_down(now, n, InvitationState::Declined { reason }, out);
        Ok(())
    }

    /// The expert's chat is open as soon as this is stored; the network is told then.
    fn take(&mut self, now: Timestamp, n: InvitationNo, out: &mut Outcome) {
        self.change_invitation(now, n, InvitationState::Accepted, out);
        self.state = State::Talking(n);
        out.effects.push(Effect::Accept { invitation: n });
    }

    /// Our side lets a ringing chat go, so the expert must not be left waiting.
    pub(super) fn turn_down(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        state: InvitationState,
        out: &mut Outcome,
    ) {
        let reason = match &state {
            InvitationState::Declined { reason } => reason.clone(),
            _ => None,
        };
        self.close_ringing(now, n, state, out);
        out.effects.push(Effect::Decline { invitation: n, reason });
    }

    /// The network says that the chat will not come about: given up by the expert, or answered by the
    /// agent in another client or by another agent of the team. That may come after the agent's yes, which was too late then.
    pub(super) fn not_taken(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        state: InvitationState,
        out: &mut Outcome,
    ) {
        let by_expert = self.invitations.get(n).is_some_and(|invitation| invitation.by == Side::Expert);
        if self.state == State::Ringing(n) || (by_expert && self.state == State::Talking(n)) {
            self.close_ringing(now, n, state, out);
        }
    }

    fn close_ringing(&mut self, now: Timestamp, n: InvitationNo, state: InvitationState, out: &mut Outcome) {
        self.change_invitation(now, n, state, out);
        self.state = State::Ended;
        self.ended_at = Some(now);
        out.events.push(Event::Ended);
    }
}
