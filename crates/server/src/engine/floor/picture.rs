//! The picture, and what differs between two.

use super::queues::{FloorQueue, queues};
use crate::engine::board::Everybody;
use crate::engine::rules::{Membership, Rules};
use hookflash_domain::agent::{AgentState, Seat};
use hookflash_domain::figures::Totals;
use hookflash_domain::interaction::{Interaction, Stage};
use hookflash_domain::routing::{Abilities, Ability};
use hookflash_domain::{InteractionId, OfferId, QueueId, Timestamp, UserId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// An agent as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloorAgent {
    /// Who.
    pub agent: UserId,
    /// The name.
    pub name: String,
    /// State, since when and what follows; none for who has never been at work.
    pub seat: Option<Seat>,
    /// What the agent has or is offered.
    pub interaction: Option<InteractionId>,
    /// The queues that the agent is a member of.
    pub memberships: Arc<[Membership]>,
    /// What the agent can do, and how well.
    pub abilities: Arc<Abilities>,
}

/// Where a live interaction stands for a supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// In the queue.
    Waiting,
    /// In the queue, and ringing at a desk.
    Alerting,
    /// With an agent.
    Interacting,
    /// The call is over, the agent writes.
    WrapUp,
}

/// A live interaction as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloorInteraction {
    /// Which.
    pub interaction: InteractionId,
    /// Its queue.
    pub queue: QueueId,
    /// Where it stands.
    pub step: Step,
    /// Since when.
    pub since: Timestamp,
    /// When it arrived.
    pub started_at: Timestamp,
    /// The caller's number.
    pub caller_number: String,
    /// The caller's name.
    pub caller_name: Option<String>,
    /// Who has it, or at whose desk it rings.
    pub agent: Option<UserId>,
    /// Its rank while it waits, in minutes of waiting.
    pub priority: i32,
    /// The skills and languages that it asked for.
    pub asked: BTreeSet<Ability>,
    /// Whether the agent holds the customer.
    pub held: bool,
}

/// Everything at one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Picture {
    /// With one for all queues together, under the id that stands for none.
    pub(super) queues: BTreeMap<QueueId, FloorQueue>,
    pub(super) agents: BTreeMap<UserId, FloorAgent>,
    pub(super) interactions: BTreeMap<InteractionId, FloorInteraction>,
}

/// What a watching window is told.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// One more than that of the news before; a window that misses one asks anew.
    pub number: i64,
    /// Whether this is everything rather than what has changed.
    pub whole: bool,
    /// New or changed ones.
    pub queues: Vec<FloorQueue>,
    /// New or changed ones.
    pub agents: Vec<FloorAgent>,
    /// New or changed ones.
    pub interactions: Vec<FloorInteraction>,
    /// What is no longer there.
    pub gone: Gone,
}

/// Ids of what is no longer there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gone {
    /// Queues.
    pub queues: Vec<QueueId>,
    /// Agents.
    pub agents: Vec<UserId>,
    /// Interactions.
    pub interactions: Vec<InteractionId>,
}

impl Picture {
    /// Takes it; `today` are the queues' sums of the day.
    pub(super) fn take(everybody: &Everybody, rules: &Rules, today: &BTreeMap<QueueId, Totals>) -> Self {
        let interactions = interactions(everybody);
        let agents = agents(everybody, rules);
        Self { queues: queues(&agents, &interactions, rules, today), agents, interactions }
    }

    /// What a window that has this one must be told to have `newer`; none where nothing differs.
    pub(super) fn changes_to(&self, newer: &Self, number: i64) -> Option<News> {
        let gone = Gone {
            queues: lost(&self.queues, &newer.queues),
            agents: lost(&self.agents, &newer.agents),
            interactions: lost(&self.interactions, &newer.interactions),
        };
        let news = News {
            number,
            whole: false,
            queues: changed(&self.queues, &newer.queues),
            agents: changed(&self.agents, &newer.agents),
            interactions: changed(&self.interactions, &newer.interactions),
            gone,
        };
        let is_empty = news.queues.is_empty() && news.agents.is_empty() && news.interactions.is_empty();
        (!is_empty || news.gone != Gone::default()).then_some(news)
    }

    /// All of it.
    pub(super) fn whole(&self, number: i64) -> News {
        News {
            number,
            whole: true,
            queues: self.queues.values().cloned().collect(),
            agents: self.agents.values().cloned().collect(),
            interactions: self.interactions.values().cloned().collect(),
            gone: Gone::default(),
        }
    }
}

fn lost<K: Ord + Copy, V>(before: &BTreeMap<K, V>, now: &BTreeMap<K, V>) -> Vec<K> {
    before.keys().filter(|key| !now.contains_key(key)).copied().collect()
}

fn changed<K: Ord, V: Clone + PartialEq>(before: &BTreeMap<K, V>, now: &BTreeMap<K, V>) -> Vec<V> {
    now.iter().filter(|(key, value)| before.get(key) != Some(value)).map(|(_, value)| value.clone()).collect()
}

fn agents(everybody: &Everybody, rules: &Rules) -> BTreeMap<UserId, FloorAgent> {
    let (nothing, unable): (Arc<[Membership]>, _) = (Arc::new([]), Arc::default());
    let agent = |user: &UserId| {
        let seat = everybody.seats.get(user).cloned();
        let interaction = match seat.as_ref().map(|seat| seat.state) {
            Some(AgentState::Engaged { interaction } | AgentState::WrapUp { interaction }) => {
                Some(interaction)
            }
            Some(AgentState::Offered { .. }) => everybody.offers.get(user).map(|offer| offer.interaction),
            _ => None,
        };
        let memberships = rules.memberships.get(user).unwrap_or(&nothing).clone();
        let abilities = Arc::clone(rules.agent_abilities.get(user).unwrap_or(&unable));
        let name = rules.user_name(*user);
        (*user, FloorAgent { agent: *user, name, seat, interaction, memberships, abilities })
    };
    rules.agents.iter().map(agent).collect()
}

fn interactions(everybody: &Everybody) -> BTreeMap<InteractionId, FloorInteraction> {
    let rings: HashMap<OfferId, (UserId, Timestamp)> =
        everybody.offers.values().map(|offer| (offer.id, (offer.agent, offer.offered_at))).collect();
    let waiting: HashMap<_, _> =
        everybody.waiting.iter().map(|waiting| (waiting.interaction, waiting)).collect();
    let shown = everybody.interactions.iter().filter_map(|interaction| {
        let waiting = waiting.get(&interaction.id);
        let ring = waiting.and_then(|waiting| rings.get(&waiting.offer?));
        let (step, since, agent) = match (interaction.stage, ring) {
            (Stage::Queued, Some((agent, since))) => (Step::Alerting, *since, Some(*agent)),
            (Stage::Queued, None) => (Step::Waiting, interaction.started_at, None),
            (Stage::Connected { agent }, _) => (Step::Interacting, connected_at(interaction), Some(agent)),
            (Stage::WrapUp { agent, since, .. }, _) => (Step::WrapUp, since, Some(agent)),
            (Stage::Completed { .. }, _) => return None,
        };
        let shown = FloorInteraction {
            interaction: interaction.id,
            queue: waiting.map_or(interaction.queue, |waiting| waiting.queue),
            step,
            since,
            started_at: interaction.started_at,
            caller_number: interaction.caller_number.clone(),
            caller_name: interaction.caller_name.clone(),
            agent,
            priority: waiting.map_or(0, |waiting| waiting.demand.priority),
            asked: interaction.demand.asked.clone(),
            held: interaction.call.held_since.is_some(),
        };
        Some((interaction.id, shown))
    });
    shown.collect()
}

fn connected_at(interaction: &Interaction) -> Timestamp {
    interaction.answered_at.unwrap_or(interaction.started_at)
}
