//! Offers by [`routing`]: what waits without an offer, to who is ready.

use super::apply::NewOfferId;
use super::{Acd, Effect, Event, Offer, Outcome};
use crate::agent::AgentState;
use crate::routing::{self, Decision, Match, Roster};
use crate::{Timestamp, UserId};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Acd {
    /// Makes every offer that can be made.
    pub(super) fn route(&mut self, now: Timestamp, new_id: NewOfferId<'_>, out: &mut Outcome) {
        let decision = self.decide(now);
        *self.look_again_at.change() = decision.look_again_at;
        for matched in decision.matches {
            self.offer(now, matched, new_id, out);
        }
    }

    fn decide(&mut self, now: Timestamp) -> Decision {
        if self.waiting.iter().all(|waiting| waiting.offer.is_some()) {
            return Decision::default();
        }
        let ready = self.seats.iter().filter(|(_, seat)| seat.state == AgentState::Ready);
        let idle: BTreeMap<UserId, Timestamp> =
            ready.map(|(agent, seat)| (*agent, seat.idle_since)).collect();
        if idle.is_empty() {
            return Decision::default();
        }
        let (queues, abilities) = (&self.queues, &self.abilities);
        let roster = self.roster.get_or_insert_with(|| {
            let queues = queues.iter().map(|(queue, rule)| (*queue, rule.policy.clone(), &*rule.members));
            Arc::new(Roster::new(queues, abilities))
        });
        let waiting: Vec<_> = self
            .waiting
            .iter()
            .filter(|waiting| waiting.offer.is_none())
            .map(|waiting| routing::Waiting {
                interaction: waiting.interaction,
                queue: waiting.queue,
                since: waiting.since,
                demand: &waiting.demand,
            })
            .collect();
        routing::decide(roster, now, &idle, &waiting)
    }

    pub(super) fn offer(
        &mut self,
        now: Timestamp,
        matched: Match,
        new_id: NewOfferId<'_>,
        out: &mut Outcome,
    ) {
        let Match { interaction, agent } = matched;
        let Some(waiting) =
            self.waiting.change().iter_mut().find(|waiting| waiting.interaction == interaction)
        else {
            return;
        };
        let timeout_ms =
            self.queues.get(&waiting.queue).map_or(super::OFFER_TIMEOUT_MS, |rule| rule.offer_timeout_ms);
        let offer = Offer {
            id: new_id(),
            interaction,
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
