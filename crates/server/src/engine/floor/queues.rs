//! Queues as they are, each and all together.

use super::picture::{FloorAgent, FloorInteraction, Step};
use crate::engine::rules::Rules;
use hookflash_domain::agent::{AgentState, NotReadyReason};
use hookflash_domain::figures::{NO_QUEUE, Totals};
use hookflash_domain::{InteractionId, QueueId, Timestamp, UserId};
use std::collections::BTreeMap;

/// A queue as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct FloorQueue {
    /// Which; the id that stands for none is all of them together.
    pub queue: QueueId,
    /// Its name; none for all of them.
    pub name: Option<String>,
    /// In the queue and not ringing.
    pub waiting_count: usize,
    /// Ringing at a desk.
    pub alerting_count: usize,
    /// With an agent, the call not over.
    pub interacting_count: usize,
    /// When the first of those in the queue arrived, ringing or not.
    pub longest_waiting_since: Option<Timestamp>,
    /// Since when the longest of those with an agent is.
    pub longest_interacting_since: Option<Timestamp>,
    /// Its members who are not set aside.
    pub agents: AgentCounts,
    /// What is over today.
    pub today: Totals,
}

/// Agents by state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AgentCounts {
    /// Wait for an offer.
    pub ready: usize,
    /// An offer rings.
    pub offered: usize,
    /// With a customer.
    pub engaged: usize,
    /// Write.
    pub wrap_up: usize,
    /// At work and off queue, those not responding included.
    pub not_ready: usize,
    /// Did not take their last offer.
    pub not_responding: usize,
}

/// Every active queue, and all of them under [`NO_QUEUE`].
pub(super) fn queues(
    agents: &BTreeMap<UserId, FloorAgent>,
    interactions: &BTreeMap<InteractionId, FloorInteraction>,
    rules: &Rules,
    today: &BTreeMap<QueueId, Totals>,
) -> BTreeMap<QueueId, FloorQueue> {
    let named = rules.queues.iter().map(|(id, settings)| (*id, Some(settings.name.clone())));
    let mut queues: BTreeMap<_, _> = named
        .chain([(NO_QUEUE, None)])
        .map(|(queue, name)| (queue, FloorQueue::empty(queue, name)))
        .collect();
    for interaction in interactions.values() {
        of(&mut queues, interaction.queue, |queue| queue.count(interaction));
    }
    for agent in agents.values() {
        let served = agent.memberships.iter().filter(|membership| membership.active);
        let served = served.map(|membership| membership.queue).chain([NO_QUEUE]);
        for id in served {
            if let Some(queue) = queues.get_mut(&id) {
                queue.agents.count(agent);
            }
        }
    }
    for (id, totals) in today {
        of(&mut queues, *id, |queue| queue.today.add(totals));
    }
    queues
}

/// Counts for a queue, and for all of them.
fn of(queues: &mut BTreeMap<QueueId, FloorQueue>, id: QueueId, count: impl Fn(&mut FloorQueue)) {
    for id in [id, NO_QUEUE] {
        if let Some(queue) = queues.get_mut(&id) {
            count(queue);
        }
        if id == NO_QUEUE {
            return;
        }
    }
}

impl FloorQueue {
    fn empty(queue: QueueId, name: Option<String>) -> Self {
        Self {
            queue,
            name,
            waiting_count: 0,
            alerting_count: 0,
            interacting_count: 0,
            longest_waiting_since: None,
            longest_interacting_since: None,
            agents: AgentCounts::default(),
            today: Totals::default(),
        }
    }

    fn count(&mut self, interaction: &FloorInteraction) {
        let earliest = |known: Option<Timestamp>, at| Some(known.map_or(at, |known| known.min(at)));
        match interaction.step {
            Step::Waiting => self.waiting_count += 1,
            Step::Alerting => self.alerting_count += 1,
            Step::Interacting => {
                self.interacting_count += 1;
                self.longest_interacting_since = earliest(self.longest_interacting_since, interaction.since);
                return;
            }
            Step::WrapUp => return,
        }
        self.longest_waiting_since = earliest(self.longest_waiting_since, interaction.started_at);
    }
}

impl AgentCounts {
    fn count(&mut self, agent: &FloorAgent) {
        let place = match agent.seat.as_ref().map(|seat| seat.state) {
            None | Some(AgentState::SignedOut) => return,
            Some(AgentState::Ready) => &mut self.ready,
            Some(AgentState::Offered { .. }) => &mut self.offered,
            Some(AgentState::Engaged { .. }) => &mut self.engaged,
            Some(AgentState::WrapUp { .. }) => &mut self.wrap_up,
            Some(AgentState::NotReady { reason }) => {
                self.not_responding += usize::from(reason == NotReadyReason::NotResponding);
                &mut self.not_ready
            }
        };
        *place += 1;
    }
}
