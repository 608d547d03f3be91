//! What each command and each piece of news does.

use super::{Acd, Command, Effect, Event, News, Offer, OfferOutcome, Outcome, QueueRule, Refusal, Waiting};
use crate::agent::{AgentState, NotReadyReason, Seat};
use crate::routing::{Abilities, Demand};
use crate::{InteractionId, OfferId, QueueId, Timestamp, UserId};
use std::collections::BTreeMap;

/// Gives a new offer id; ids come from outside.
pub(super) type NewOfferId<'a> = &'a mut dyn FnMut() -> OfferId;

impl Acd {
    /// Takes an agent's command.
    ///
    /// # Errors
    /// When the command does not fit the agent's state; nothing is changed then.
    pub fn command(
        &mut self,
        now: Timestamp,
        agent: UserId,
        command: Command,
        id: NewOfferId<'_>,
    ) -> Result<Outcome, Refusal> {
        let mut out = Outcome::default();
        match command {
            Command::SignIn => self.sign_in(now, agent, &mut out),
            Command::SignOut => self.sign_out(now, agent, &mut out)?,
            Command::Ready => self.ready(now, agent, &mut out)?,
            Command::NotReady(reason) => self.not_ready(now, agent, reason, &mut out)?,
            Command::Accept(offer) => self.accept(now, agent, offer, &mut out)?,
            Command::Decline(offer) => {
                let offer = self.offer_of(agent, offer)?;
                self.settle_unanswered(now, offer, OfferOutcome::Declined, &mut out);
            }
        }
        self.route(now, id, &mut out);
        Ok(out)
    }

    /// Takes news; stale news changes nothing.
    pub fn news(&mut self, now: Timestamp, news: News, id: NewOfferId<'_>) -> Outcome {
        let mut out = Outcome::default();
        match news {
            News::Arrived { interaction, queue, demand } => {
                self.arrived(now, interaction, queue, demand, &mut out);
            }
            News::Left { interaction } => self.left(now, interaction, &mut out),
            News::OfferTimedOut(offer) => {
                if let Some(offer) = self.offers.get(&offer).map(|offer| offer.id) {
                    self.settle_unanswered(now, offer, OfferOutcome::NoAnswer, &mut out);
                }
            }
            News::CallOver { agent, interaction, wrap_up } => {
                self.call_over(now, agent, interaction, wrap_up, &mut out);
            }
            News::WrapUpDone { agent, interaction } => {
                if self.state(agent) == (AgentState::WrapUp { interaction }) {
                    self.become_free(now, agent, &mut out);
                }
            }
            News::DeskClosed { agent } => self.desk_closed(now, agent, &mut out),
            News::LookAgain => {}
        }
        self.route(now, id, &mut out);
        out
    }

    /// What has been changed is stored: it counts.
    pub fn keep(&mut self) {
        self.seats.keep();
        self.waiting.keep();
        self.offers.keep();
        self.look_again_at.keep();
    }

    /// What has been changed is not stored: all is as it was when it was last kept, but for rules and abilities,
    /// which are the administrator's.
    pub fn undo(&mut self) {
        self.seats.undo();
        self.waiting.undo();
        self.offers.undo();
        self.look_again_at.undo();
    }

    /// Puts an agent's seat back as it was stored; for the start.
    pub fn restore_seat(&mut self, agent: UserId, seat: Seat) {
        self.seats.insert(agent, seat);
        self.seats.keep();
    }

    /// Takes a queue's present rule: who serves it, how it chooses and how long an offer rings.
    pub fn set_queue(&mut self, queue: QueueId, rule: QueueRule) {
        if self.queues.get(&queue) != Some(&rule) {
            self.queues.insert(queue, rule);
            self.roster = None;
        }
    }

    /// Takes what agents can do; who is not listed can do nothing that may be asked for.
    pub fn set_abilities(&mut self, abilities: BTreeMap<UserId, Abilities>) {
        if self.abilities != abilities {
            self.abilities = abilities;
            self.roster = None;
        }
    }

    /// When a waiting interaction next asks for less: [`News::LookAgain`] is due then.
    #[must_use]
    pub fn look_again_at(&self) -> Option<Timestamp> {
        *self.look_again_at
    }

    /// An agent's seat; nobody's is that of a signed-out agent.
    #[must_use]
    pub fn seat(&self, agent: UserId) -> Option<&Seat> {
        self.seats.get(&agent)
    }

    /// Everybody's seat.
    pub fn seats(&self) -> impl Iterator<Item = (UserId, &Seat)> {
        self.seats.iter().map(|(agent, seat)| (*agent, seat))
    }

    /// The queues and their rules.
    pub fn queues(&self) -> impl Iterator<Item = (QueueId, &QueueRule)> {
        self.queues.iter().map(|(queue, rule)| (*queue, rule))
    }

    /// Who waits, in order of arrival.
    #[must_use]
    pub fn waiting(&self) -> &[Waiting] {
        &self.waiting
    }

    /// The offer that rings at an agent's desk.
    #[must_use]
    pub fn offer_to(&self, agent: UserId) -> Option<&Offer> {
        self.offers.values().find(|offer| offer.agent == agent)
    }

    fn sign_in(&mut self, now: Timestamp, agent: UserId, out: &mut Outcome) {
        let closed = AgentState::NotReady { reason: NotReadyReason::DeskClosed };
        if matches!(self.state(agent), AgentState::SignedOut) || self.state(agent) == closed {
            self.change(now, agent, AgentState::NotReady { reason: NotReadyReason::SignedIn }, out);
        }
    }

    fn sign_out(&mut self, now: Timestamp, agent: UserId, out: &mut Outcome) -> Result<(), Refusal> {
        match self.state(agent) {
            AgentState::Engaged { .. } => return Err(Refusal::Engaged),
            AgentState::WrapUp { .. } => return Err(Refusal::InWrapUp),
            AgentState::Offered { offer } => self.end_offer(offer, OfferOutcome::Withdrawn, out),
            _ => {}
        }
        self.change(now, agent, AgentState::SignedOut, out);
        Ok(())
    }

    fn ready(&mut self, now: Timestamp, agent: UserId, out: &mut Outcome) -> Result<(), Refusal> {
        match self.state(agent) {
            AgentState::SignedOut => Err(Refusal::SignedOut),
            AgentState::Ready | AgentState::Offered { .. } => Ok(()),
            AgentState::Engaged { .. } | AgentState::WrapUp { .. } => {
                self.plan(agent, None, out);
                Ok(())
            }
            AgentState::NotReady { .. } => {
                self.change(now, agent, AgentState::Ready, out);
                Ok(())
            }
        }
    }

    fn not_ready(
        &mut self,
        now: Timestamp,
        agent: UserId,
        reason: NotReadyReason,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        if !reason.may_be_chosen() {
            return Err(Refusal::UnknownReason);
        }
        match self.state(agent) {
            AgentState::SignedOut => return Err(Refusal::SignedOut),
            AgentState::Engaged { .. } | AgentState::WrapUp { .. } => {
                self.plan(agent, Some(reason), out);
                return Ok(());
            }
            AgentState::Offered { offer } => self.end_offer(offer, OfferOutcome::Declined, out),
            AgentState::NotReady { .. } | AgentState::Ready => {}
        }
        self.change(now, agent, AgentState::NotReady { reason }, out);
        Ok(())
    }

    fn accept(
        &mut self,
        now: Timestamp,
        agent: UserId,
        offer: OfferId,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        let offer = self.offer_of(agent, offer)?;
        let interaction = self.offers[&offer].interaction;
        self.end_offer(offer, OfferOutcome::Accepted, out);
        self.waiting.change().retain(|waiting| waiting.interaction != interaction);
        self.change(now, agent, AgentState::Engaged { interaction }, out);
        out.effects.push(Effect::Join { interaction, agent });
        Ok(())
    }

    fn arrived(
        &mut self,
        now: Timestamp,
        interaction: InteractionId,
        queue: QueueId,
        demand: Demand,
        out: &mut Outcome,
    ) {
        if self.waiting.iter().all(|waiting| waiting.interaction != interaction) {
            self.waiting.change().push(Waiting { interaction, queue, since: now, demand, offer: None });
            out.events.push(Event::Queued { interaction, queue });
        }
    }

    fn left(&mut self, now: Timestamp, interaction: InteractionId, out: &mut Outcome) {
        let Some(at) = self.waiting.iter().position(|waiting| waiting.interaction == interaction) else {
            return;
        };
        out.events.push(Event::LeftQueue { interaction });
        if let Some(offer) = self.waiting.change().remove(at).offer {
            let agent = self.offers[&offer].agent;
            self.end_offer(offer, OfferOutcome::CallerGone, out);
            // The caller's doing, not the agent's: the agent keeps its place among the idle.
            self.change(now, agent, AgentState::Ready, out);
        }
    }

    fn call_over(
        &mut self,
        now: Timestamp,
        agent: UserId,
        interaction: InteractionId,
        wrap_up: bool,
        out: &mut Outcome,
    ) {
        if self.state(agent) != (AgentState::Engaged { interaction }) {
            return;
        }
        if wrap_up {
            self.change(now, agent, AgentState::WrapUp { interaction }, out);
        } else {
            self.become_free(now, agent, out);
        }
    }

    fn desk_closed(&mut self, now: Timestamp, agent: UserId, out: &mut Outcome) {
        match self.state(agent) {
            AgentState::Offered { offer } => self.end_offer(offer, OfferOutcome::Withdrawn, out),
            AgentState::Ready => {}
            AgentState::Engaged { .. } | AgentState::WrapUp { .. } => {
                if self.seats.get(&agent).is_some_and(|seat| seat.next.is_none()) {
                    self.plan(agent, Some(NotReadyReason::DeskClosed), out);
                }
                return;
            }
            AgentState::SignedOut | AgentState::NotReady { .. } => return,
        }
        self.change(now, agent, AgentState::NotReady { reason: NotReadyReason::DeskClosed }, out);
    }

    /// A declined or unanswered offer: the interaction keeps its place, the agent gets nothing more.
    fn settle_unanswered(
        &mut self,
        now: Timestamp,
        offer: OfferId,
        outcome: OfferOutcome,
        out: &mut Outcome,
    ) {
        let agent = self.offers[&offer].agent;
        self.end_offer(offer, outcome, out);
        self.change(now, agent, AgentState::NotReady { reason: NotReadyReason::NotResponding }, out);
    }

    fn become_free(&mut self, now: Timestamp, agent: UserId, out: &mut Outcome) {
        let next = self.seats.get_mut(agent).and_then(|seat| seat.next.take());
        self.change(
            now,
            agent,
            next.map_or(AgentState::Ready, |reason| AgentState::NotReady { reason }),
            out,
        );
        if let Some(seat) = self.seats.get_mut(agent) {
            seat.idle_since = now;
        }
    }

    fn end_offer(&mut self, offer: OfferId, outcome: OfferOutcome, out: &mut Outcome) {
        let Some(offer) = self.offers.remove(offer) else {
            return;
        };
        for waiting in self.waiting.change().iter_mut().filter(|waiting| waiting.offer == Some(offer.id)) {
            waiting.offer = None;
        }
        out.events.push(Event::OfferEnded { offer: offer.clone(), outcome });
        out.effects.push(Effect::StopRinging { offer, outcome });
    }

    fn plan(&mut self, agent: UserId, next: Option<NotReadyReason>, out: &mut Outcome) {
        if let Some(seat) = self.seats.get_mut(agent) {
            seat.next = next;
            out.events.push(Event::NextStateChosen { agent, next });
        }
    }

    pub(super) fn change(&mut self, now: Timestamp, agent: UserId, to: AgentState, out: &mut Outcome) {
        let seat = self.seats.get_or_insert(agent, || Seat::signed_out(now));
        if seat.state == to {
            return;
        }
        let from = std::mem::replace(&mut seat.state, to);
        let since = std::mem::replace(&mut seat.since, now);
        if matches!(from, AgentState::SignedOut | AgentState::NotReady { .. }) {
            seat.idle_since = now;
        }
        out.events.push(Event::AgentStateChanged { agent, from, since, to });
    }

    fn state(&self, agent: UserId) -> AgentState {
        self.seats.get(&agent).map_or(AgentState::SignedOut, |seat| seat.state)
    }

    fn offer_of(&self, agent: UserId, offer: OfferId) -> Result<OfferId, Refusal> {
        let known = self.offers.get(&offer).filter(|offer| offer.agent == agent);
        known.map(|offer| offer.id).ok_or(Refusal::OfferGone)
    }
}
