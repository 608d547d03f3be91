//! What the ACD's events say for themselves: offers that are over, and agents' time in states.

use super::facts::{Alert, Fact};
use super::states::{AgentTime, Stay};
use crate::Timestamp;
use crate::acd::Event;

/// The offer that an event ends.
#[must_use]
pub fn alert_of(now: Timestamp, event: &Event) -> Option<Fact> {
    let Event::OfferEnded { offer, outcome } = event else { return None };
    Some(Fact::Alert(Alert {
        offer: offer.id,
        interaction: offer.interaction,
        queue: offer.queue,
        agent: offer.agent,
        offered_at: offer.offered_at,
        ended_at: now,
        outcome: *outcome,
    }))
}

/// The stay in a state that an event ends; none of one that took no time or was not at work.
#[must_use]
pub fn stay_of(now: Timestamp, event: &Event) -> Option<Stay> {
    let Event::AgentStateChanged { agent, from, since, .. } = event else { return None };
    let stay = Stay { agent: *agent, time: AgentTime::of(*from)?, from_at: *since, to_at: now };
    Some(stay).filter(|stay| stay.ms() > 0)
}
