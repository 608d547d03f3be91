//! What supervisors ask about interactions that wait.

use super::apply::NewOfferId;
use super::{Acd, Event, MAX_PRIORITY, Order, Outcome, Refusal, Waiting};
use crate::agent::AgentState;
use crate::routing::Match;
use crate::{InteractionId, Timestamp, UserId};

impl Acd {
    /// Takes a supervisor's order.
    ///
    /// # Errors
    /// When it does not fit the interaction or the agent; nothing is changed then.
    pub fn order(
        &mut self,
        now: Timestamp,
        by: UserId,
        order: Order,
        id: NewOfferId<'_>,
    ) -> Result<Outcome, Refusal> {
        let mut out = Outcome::default();
        match order {
            Order::Assign { interaction, agent } => {
                self.may_be_assigned(interaction, agent)?;
                out.events.push(Event::Assigned { interaction, agent, by });
                self.offer(now, Match { interaction, agent }, id, &mut out);
            }
            Order::SetPriority { interaction, priority } => {
                if !(-MAX_PRIORITY..=MAX_PRIORITY).contains(&priority) {
                    return Err(Refusal::BadPriority);
                }
                self.waiting_one(interaction)?;
                let waiting = self.waiting.change().iter_mut();
                waiting
                    .filter(|waiting| waiting.interaction == interaction)
                    .for_each(|waiting| waiting.demand.priority = priority);
                out.events.push(Event::PrioritySet { interaction, priority, by });
            }
        }
        self.route(now, id, &mut out);
        Ok(out)
    }

    fn may_be_assigned(&self, interaction: InteractionId, agent: UserId) -> Result<(), Refusal> {
        if self.waiting_one(interaction)?.offer.is_some() {
            return Err(Refusal::AlreadyOffered);
        }
        let is_ready = self.seats.get(&agent).is_some_and(|seat| seat.state == AgentState::Ready);
        if is_ready { Ok(()) } else { Err(Refusal::AgentNotReady) }
    }

    fn waiting_one(&self, interaction: InteractionId) -> Result<&Waiting, Refusal> {
        let found = self.waiting.iter().find(|waiting| waiting.interaction == interaction);
        found.ok_or(Refusal::NotWaiting)
    }
}
