//! The decision: the interaction that ranks first takes the best of the idle agents, then the next one.

use super::Demand;
use super::floor::Floor;
use super::roster::Roster;
use crate::{InteractionId, QueueId, Timestamp, UserId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// An interaction that waits and is not being offered.
#[derive(Debug, Clone, Copy)]
pub struct Waiting<'a> {
    /// Which.
    pub interaction: InteractionId,
    /// Where.
    pub queue: QueueId,
    /// Since when.
    pub since: Timestamp,
    /// What it asks for.
    pub demand: &'a Demand,
}

/// An interaction and the agent it goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// What.
    pub interaction: InteractionId,
    /// To whom.
    pub agent: UserId,
}

/// What was decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// In order of rank.
    pub matches: Vec<Match>,
    /// When an interaction that found nobody asks for less, so that it is worth deciding again.
    pub look_again_at: Option<Timestamp>,
}

/// Matches waiting interactions with idle agents. `idle` says since when each has been without an
/// interaction; interactions of the same rank go in the order given.
#[must_use]
pub fn decide(
    roster: &Roster,
    now: Timestamp,
    idle: &BTreeMap<UserId, Timestamp>,
    waiting: &[Waiting<'_>],
) -> Decision {
    let mut floor = Floor::new(roster, idle);
    let mut decision = Decision::default();
    for (place, queue) in ranked(roster, now, waiting) {
        let waiting = &waiting[place];
        match floor.take_best(queue, now, waiting) {
            Some(agent) => decision.matches.push(Match { interaction: waiting.interaction, agent }),
            None => {
                let policy = &roster.queues[queue].1;
                let less_at = policy.asks_less_at(waiting.demand, waiting.since, now);
                decision.look_again_at = [decision.look_again_at, less_at].into_iter().flatten().min();
            }
        }
    }
    decision
}

/// The places of the waiting interactions of known queues, first come first, each with its queue's place.
fn ranked(roster: &Roster, now: Timestamp, waiting: &[Waiting<'_>]) -> Vec<(usize, usize)> {
    let mut ranked = Vec::with_capacity(waiting.len());
    for (place, waiting) in waiting.iter().enumerate() {
        let Some(queue) = roster.queue(waiting.queue) else { continue };
        let score = roster.queues[queue].1.score(waiting.demand, now.since_ms(waiting.since));
        ranked.push((Reverse(score), place, queue));
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, place, queue)| (place, queue)).collect()
}
