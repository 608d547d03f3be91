//! What becomes of an invitation, and of the chat that came of it.

use super::{
    Consult, Effect, Event, HuntEnd, Invitation, InvitationNo, InvitationState, Outcome, Side, State,
    Unreachable,
};
use crate::Timestamp;

impl Consult {
    pub(super) fn placed(&mut self, n: InvitationNo, chat: String, out: &mut Outcome) {
        let Some(invitation) = self.invitations.get_mut(n) else {
            return;
        };
        let given_up = !invitation.state.is_pending() && invitation.state != InvitationState::Accepted;
        let is_new = invitation.chat.as_ref() != Some(&chat);
        invitation.chat = Some(chat);
        if is_new {
            out.events.push(Event::Placed { invitation: n });
        }
        // Given up before the network had a name for the chat: it could not be taken back until it had one.
        if given_up && is_new {
            match self.invitations[n].state {
                InvitationState::Withdrawn
                | InvitationState::NoAnswer
                | InvitationState::Unreachable { why: Unreachable::NetworkTrouble } => {
                    out.effects.push(Effect::Leave { invitation: n });
                }
                InvitationState::Taken => out.effects.push(Effect::TurnAway { invitation: n }),
                _ => {}
            }
        }
    }

    pub(super) fn reached(&mut self, n: InvitationNo, out: &mut Outcome) {
        if self.is_asking(n) && self.invitations[n].state == InvitationState::Sending {
            self.invitations[n].state = InvitationState::Alerting;
            out.events.push(Event::InvitationChanged { invitation: n });
        }
    }

    pub(super) fn accepted(&mut self, now: Timestamp, n: InvitationNo, out: &mut Outcome) {
        if self.is_asking(n) {
            self.change_invitation(now, n, InvitationState::Accepted, out);
            for other in self.pending().collect::<Vec<_>>() {
                self.change_invitation(now, other, InvitationState::Taken, out);
                out.effects.push(Effect::TurnAway { invitation: other });
            }
            self.network = self.network_of(n).clone();
            self.state = State::Talking(n);
            self.end_hunt(HuntEnd::Answered, out);
        } else if self
            .invitations
            .get(n)
            .is_some_and(|one| one.by == Side::Agent && one.state != InvitationState::Accepted)
        {
            // An expert who says yes too late must be told, or sits alone in the chat.
            out.events.push(Event::LateAcceptance { invitation: n });
            out.effects.push(Effect::TurnAway { invitation: n });
        }
    }

    /// What an invitation is whose time is up: silence of an expert whom the network never took it for is no answer
    /// of theirs.
    pub(super) fn silence_of(&self, n: InvitationNo) -> InvitationState {
        match self.invitations.get(n) {
            Some(Invitation { chat: None, state: InvitationState::Sending, .. }) => {
                InvitationState::Unreachable { why: Unreachable::NetworkTrouble }
            }
            _ => InvitationState::NoAnswer,
        }
    }

    /// The expert's side or the network ended a pending invitation: nothing is left to take back.
    pub(super) fn refused(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        state: InvitationState,
        out: &mut Outcome,
    ) {
        if self.is_asking(n) {
            self.change_invitation(now, n, state, out);
            self.state = self.without_answer();
        }
    }

    /// Where it stands after an invitation came to nothing: others may be pending.
    pub(super) fn without_answer(&self) -> State {
        self.pending().last().map_or(State::Choosing, State::Inviting)
    }

    pub(super) fn change_invitation(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        state: InvitationState,
        out: &mut Outcome,
    ) {
        self.invitations[n].state = state;
        self.invitations[n].settled_at = Some(now);
        out.events.push(Event::InvitationChanged { invitation: n });
    }

    /// They are shown with the state that they explain, which comes with the news after them.
    pub(super) fn told_words(&mut self, n: InvitationNo, words: String) {
        if let Some(invitation) = self.invitations.get_mut(n).filter(|one| one.state.is_pending()) {
            invitation.words = Some(words);
        }
    }

    pub(super) fn left(&mut self, now: Timestamp, n: InvitationNo, out: &mut Outcome) {
        if self.is_asking(n) {
            self.refused(now, n, InvitationState::Declined { reason: None }, out);
        } else if self.state == State::Ringing(n) {
            self.not_taken(now, n, InvitationState::Missed, out);
        } else {
            self.chat_over(now, n, out);
        }
    }

    /// The expert is not in an open chat any more.
    pub(super) fn chat_over(&mut self, now: Timestamp, n: InvitationNo, out: &mut Outcome) {
        if self.state == State::Talking(n) {
            self.invitations[n].left_at = Some(now);
            self.state = State::Choosing;
            out.events.push(Event::ExpertLeft { invitation: n });
        }
    }

    pub(super) fn cut_off(&mut self, now: Timestamp, n: InvitationNo, why: Unreachable, out: &mut Outcome) {
        if self.is_asking(n) {
            self.refused(now, n, InvitationState::Unreachable { why }, out);
        } else if self.state == State::Ringing(n) {
            self.not_taken(now, n, InvitationState::Missed, out);
        } else if self.state == State::Talking(n) {
            let invitation = &mut self.invitations[n];
            (invitation.left_at, invitation.cut_off) = (Some(now), Some(why));
            self.state = State::Choosing;
            out.events.push(Event::CutOff { invitation: n });
        }
    }
}
