//! Longest-idle routing: the interaction that waits longest goes to the agent idle longest.

use super::apply::NewOfferId;
use super::{Acd, Effect, Event, Offer, Outcome};
use crate::agent::AgentState;
use crate::{Timestamp, UserId};

impl Acd {
    /// Makes every offer that can be made.
    pub(super) fn route(&mut self, now: Timestamp, new_id: NewOfferId<'_>, out: &mut Outcome) {
        for at in 0..self.waiting.len() {
            if self.waiting[at].offer.is_some() {
                continue;
            }
            let Some((agent, timeout_ms)) = self.longest_idle(at) else {
                continue;
            };
            let waiting = &mut self.waiting[at];
            let offer = Offer {
                id: new_id(),
                interaction: waiting.interaction,
                queue: waiting.queue,
                agent,
                offered_at: now,
                expires_at: now.plus_ms(timeout_ms),
            };
            waiting.offer = Some(offer.id);
            self.offers.insert(offer.id, offer.clone());
            out.events.push(Event::Offered(offer.clone()));
            self.change(now, agent, AgentState::Offered { offer: offer.id }, out);
            out.effects.push(Effect::Ring(offer));
        }
    }

    /// The ready agent of the waiting interaction's queue who has been idle longest.
    fn longest_idle(&self, at: usize) -> Option<(UserId, i64)> {
        let rule = self.queues.get(&self.waiting[at].queue)?;
        let ready = rule.members.iter().filter_map(|agent| Some((*agent, self.seats.get(agent)?)));
        let idle = ready.filter(|(_, seat)| seat.state == AgentState::Ready);
        let (agent, _) = idle.min_by_key(|(agent, seat)| (seat.idle_since, *agent))?;
        Some((agent, rule.offer_timeout_ms))
    }
}
