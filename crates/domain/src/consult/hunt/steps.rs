//! What the agent asks of a hunt, and how it goes on.

use super::{Awaited, HUNT_WITHIN_MS, Hunt, HuntEnd, HuntMode, HuntOrder, Look, MAX_HUNTED, Skipped};
use crate::consult::{
    Consult, Event, Invitation, InvitationNo, InvitationState, MAX_INVITATIONS, Outcome, Refusal, State,
};
use crate::{Person, PersonId, Timestamp};

impl Consult {
    /// The hunt, while it is on.
    #[must_use]
    pub fn hunt_on(&self) -> Option<&Hunt> {
        self.hunt.as_ref().filter(|hunt| hunt.end.is_none())
    }

    /// Asks whoever is next, if somebody is to be asked now, and passes over whom `look` has a reason
    /// against; ends the hunt when nobody is left. To be called after every command and every piece of news.
    pub fn go_on(&mut self, now: Timestamp, look: Look<'_>, out: &mut Outcome) {
        while self.is_next_due() {
            let Some(hunt) = self.hunt.as_mut() else { return };
            if hunt.waiting.is_empty() {
                if self.state == State::Choosing {
                    self.end_hunt(HuntEnd::NobodyLeft, out);
                }
                return;
            }
            let next = hunt.waiting.remove(0);
            let against = look(&next.expert.id);
            match against.filter(|why| !(next.insisted && why.may_be_set_aside())) {
                Some(why) => {
                    hunt.skipped.push(Skipped { expert: next.expert, why, at: now });
                    let skipped = hunt.skipped.len() - 1;
                    out.events.push(Event::ExpertSkipped { skipped });
                }
                None => self.ask_of_hunt(now, next.expert, out),
            }
        }
    }

    pub(in crate::consult) fn start_hunt(
        &mut self,
        order: HuntOrder,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        self.may_ask()?;
        let HuntOrder { experts, mode, within_ms, question, handover, link_for_ms, importance } = order;
        Self::check_question(&question, &handover)?;
        let mut waiting: Vec<Awaited> = Vec::new();
        for expert in experts {
            if !waiting.iter().any(|one| one.expert.id == expert.id) {
                waiting.push(Awaited { expert, insisted: false });
            }
        }
        if waiting.is_empty() {
            return Err(Refusal::NobodyToAsk);
        }
        if !HUNT_WITHIN_MS.contains(&within_ms) {
            return Err(Refusal::BadTime);
        }
        if waiting.len() > MAX_HUNTED || self.invitations.len() + waiting.len() > MAX_INVITATIONS {
            return Err(Refusal::TooManyInvitations);
        }
        self.question.clone_from(&question);
        self.shared.clone_from(&handover.keys);
        let (skipped, first, end) = (Vec::new(), self.invitations.len(), None);
        self.hunt = Some(Hunt {
            mode,
            within_ms,
            waiting,
            skipped,
            first,
            question,
            handover,
            link_for_ms,
            importance,
            end,
        });
        out.events.push(Event::HuntStarted);
        Ok(())
    }

    /// Takes back whoever is being asked; nobody else is asked.
    pub(in crate::consult) fn stop_hunt(&mut self, now: Timestamp, out: &mut Outcome) -> Result<(), Refusal> {
        if self.hunt_on().is_none() {
            return Err(Refusal::NoHunt);
        }
        self.give_up_all(now, out);
        self.end_hunt(HuntEnd::Stopped, out);
        Ok(())
    }

    /// Puts someone who waits or was passed over in front; asked one by one, whoever is being asked is let go.
    pub(in crate::consult) fn jump(
        &mut self,
        now: Timestamp,
        to: &PersonId,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        let asked = self.invitations.len();
        let hunt = self.hunt.as_mut().filter(|hunt| hunt.end.is_none()).ok_or(Refusal::NoHunt)?;
        let expert = if let Some(at) = hunt.waiting.iter().position(|one| one.expert.id == *to) {
            hunt.waiting.remove(at).expert
        } else if let Some(at) = hunt.skipped.iter().position(|one| one.expert.id == *to) {
            if asked + hunt.waiting.len() >= MAX_INVITATIONS {
                return Err(Refusal::TooManyInvitations);
            }
            hunt.skipped.remove(at).expert
        } else {
            return Err(Refusal::NotInHunt);
        };
        hunt.waiting.insert(0, Awaited { expert, insisted: true });
        let one_by_one = hunt.mode == HuntMode::OneByOne;
        out.events.push(Event::HuntChanged);
        if one_by_one {
            self.give_up_all(now, out);
        }
        Ok(())
    }

    /// One more, behind all others; somebody who was asked before may be asked again.
    pub(in crate::consult) fn add_to_hunt(
        &mut self,
        expert: Person,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        let is_asked = self.pending().any(|n| self.invitations[n].expert.id == expert.id);
        let asked = self.invitations.len();
        let hunt = self.hunt.as_mut().filter(|hunt| hunt.end.is_none()).ok_or(Refusal::NoHunt)?;
        if is_asked || hunt.waiting.iter().any(|one| one.expert.id == expert.id) {
            return Err(Refusal::AlreadyInHunt(expert.name));
        }
        if hunt.waiting.len() >= MAX_HUNTED || asked + hunt.waiting.len() >= MAX_INVITATIONS {
            return Err(Refusal::TooManyInvitations);
        }
        hunt.skipped.retain(|one| one.expert.id != expert.id);
        hunt.waiting.push(Awaited { expert, insisted: false });
        out.events.push(Event::HuntChanged);
        Ok(())
    }

    /// Ends the hunt, if one is on; whoever is still being asked is the caller's to settle.
    pub(in crate::consult) fn end_hunt(&mut self, end: HuntEnd, out: &mut Outcome) {
        if let Some(hunt) = self.hunt.as_mut().filter(|hunt| hunt.end.is_none()) {
            hunt.end = Some(end);
            hunt.handover = crate::attached::Handover::default();
            out.events.push(Event::HuntEnded { end });
        }
    }

    /// The invitations that wait for an expert's answer.
    pub(in crate::consult) fn pending(&self) -> impl Iterator<Item = InvitationNo> + '_ {
        let is_inviting = matches!(self.state, State::Inviting(_));
        (0..self.invitations.len()).filter(move |n| is_inviting && self.invitations[*n].state.is_pending())
    }

    pub(in crate::consult) fn give_up_all(&mut self, now: Timestamp, out: &mut Outcome) {
        for n in self.pending().collect::<Vec<_>>() {
            self.give_up(now, n, InvitationState::Withdrawn, out);
        }
    }

    fn is_next_due(&self) -> bool {
        self.hunt_on().is_some_and(|hunt| match self.state {
            State::Choosing => true,
            State::Inviting(_) => hunt.mode == HuntMode::AllAtOnce,
            State::Ringing(_) | State::Talking(_) | State::Ended => false,
        })
    }

    fn ask_of_hunt(&mut self, now: Timestamp, expert: Person, out: &mut Outcome) {
        let Some(hunt) = &self.hunt else { return };
        let (handover, link_for_ms) = (hunt.handover.clone(), hunt.link_for_ms);
        let expires_at = now.plus_ms(hunt.within_ms);
        let invitation = Invitation::new(expert, hunt.question.clone(), now, expires_at);
        let invitation = Invitation { importance: hunt.importance, ..invitation };
        self.invite(invitation, &handover, link_for_ms, out);
    }
}
