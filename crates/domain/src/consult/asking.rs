//! Asking an expert, and taking the question back.

use super::message::has_good_length;
use super::{
    ANSWER_WITHIN_MS, Consult, Effect, Event, HuntEnd, Invitation, InvitationNo, InvitationState, Link,
    MAX_INVITATIONS, Outcome, Refusal, State,
};
use crate::attached::Handover;
use crate::{Person, Timestamp};

impl Consult {
    pub(super) fn ask(
        &mut self,
        invitation: Invitation,
        handover: &Handover,
        link_for_ms: Option<i64>,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        self.may_ask()?;
        Self::check_question(&invitation.question, handover)?;
        if self.invitations.len() >= MAX_INVITATIONS {
            return Err(Refusal::TooManyInvitations);
        }
        self.question.clone_from(&invitation.question);
        self.shared.clone_from(&handover.keys);
        self.invite(invitation, handover, link_for_ms, out);
        Ok(())
    }

    pub(super) fn may_ask(&self) -> Result<(), Refusal> {
        let name = |n: InvitationNo| self.invitations[n].expert.name.clone();
        match self.state {
            State::Choosing if self.hunt_on().is_some() => Err(Refusal::Hunting),
            State::Choosing => Ok(()),
            State::Inviting(n) => Err(Refusal::AlreadyInviting(name(n))),
            State::Talking(n) => Err(Refusal::AlreadyTalking(name(n))),
            State::Ringing(n) => Err(Refusal::AnswerFirst(name(n))),
            State::Ended => Err(Refusal::Ended),
        }
    }

    pub(super) fn check_question(question: &str, handover: &Handover) -> Result<(), Refusal> {
        let is_good = has_good_length(question) && has_good_length(&handover.opening(question));
        if is_good { Ok(()) } else { Err(Refusal::BadLength) }
    }

    /// Sends an invitation with what is handed over: in the text, or on the page of a link.
    pub(super) fn invite(
        &mut self,
        invitation: Invitation,
        handover: &Handover,
        link_for_ms: Option<i64>,
        out: &mut Outcome,
    ) {
        let (number, at, asked_at) = (self.invitations.len(), invitation.expires_at, invitation.asked_at);
        let link = link_for_ms.map(|ms| Link::new(handover.data.clone(), asked_at.plus_ms(ms)));
        let text = match link {
            Some(_) => invitation.question.clone(),
            None => handover.opening(&invitation.question),
        };
        self.network.clone_from(&invitation.expert.id.network);
        self.invitations.push(Invitation { shared: handover.keys.clone(), link, ..invitation });
        self.state = State::Inviting(number);
        out.events.push(Event::Asked { invitation: number });
        out.effects.push(Effect::Invite { invitation: number, text });
        out.effects.push(Effect::WakeAt { invitation: number, at });
    }

    pub(super) fn withdraw(&mut self, now: Timestamp, out: &mut Outcome) -> Result<(), Refusal> {
        if !matches!(self.state, State::Inviting(_)) {
            return Err(Refusal::NobodyInvited);
        }
        self.give_up_all(now, out);
        self.end_hunt(HuntEnd::Stopped, out);
        Ok(())
    }

    /// Our side ends a pending invitation, so it has to be taken back.
    pub(super) fn give_up(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        state: InvitationState,
        out: &mut Outcome,
    ) {
        self.change_invitation(now, n, state, out);
        self.state = self.without_answer();
        out.effects.push(Effect::Leave { invitation: n });
    }
}

/// An invitation to be sent, which waits for its answer from now on.
pub(super) fn question_to(now: Timestamp, expert: Person, question: String) -> Invitation {
    Invitation::new(expert, question, now, now.plus_ms(ANSWER_WITHIN_MS))
}
