//! How a queue chooses: evaluation, scoring and bullseye rings.

use super::{Ability, Demand};
use crate::{SkillId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most rings of a queue.
pub const MAX_RINGS: usize = 6;
/// Most skills that one ring drops.
pub const MAX_DROPPED: usize = 50;
const MINUTE_MS: i64 = 60_000;

/// How a queue chooses among its agents and ranks among others. The default is the longest waiting to
/// the longest idle.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Which agents fit, and which of them comes first.
    pub evaluation: Evaluation,
    /// Which interaction comes first.
    pub scoring: Scoring,
    /// Skills that are dropped with time; none for standard routing.
    pub rings: Vec<Ring>,
    /// What an interaction asks for that brings nothing of its own.
    pub default_demand: Demand,
}

/// How asked abilities are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evaluation {
    /// Agents who have all that is asked; of them the longest idle.
    All,
    /// Agents who have all that is asked; of them the highest mean proficiency in what is asked, then
    /// the longest idle.
    Best,
    /// Every agent of the queue, the longest idle first; what is asked does not count.
    #[default]
    None,
}

/// How waiting interactions are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scoring {
    /// Minutes in the queue plus priority.
    #[default]
    Conversation,
    /// Priority alone, then time in the queue; such queues are served before the others.
    Priority,
}

/// One ring of bullseye routing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// How long an interaction stays in it, in milliseconds, more than 0.
    pub stay_ms: i64,
    /// What is no longer asked for after that.
    pub drops: BTreeSet<SkillId>,
}

/// Why a policy is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// More than [`MAX_RINGS`].
    #[error("a queue has at most 6 rings")]
    TooManyRings,
    /// More than [`MAX_DROPPED`] skills.
    #[error("a ring drops at most 50 skills")]
    TooManyDropped,
    /// A ring that is left before it is entered.
    #[error("an interaction stays in a ring for some time")]
    NoStay,
}

impl Policy {
    /// Whether it keeps the limits.
    ///
    /// # Errors
    /// The first limit that it does not keep.
    pub fn check(&self) -> Result<(), PolicyError> {
        if self.rings.len() > MAX_RINGS {
            return Err(PolicyError::TooManyRings);
        }
        for ring in &self.rings {
            if ring.drops.len() > MAX_DROPPED {
                return Err(PolicyError::TooManyDropped);
            }
            if ring.stay_ms <= 0 {
                return Err(PolicyError::NoStay);
            }
        }
        Ok(())
    }

    /// What an interaction that has waited so long still asks for; nothing where abilities do not count.
    pub fn still_asked<'a>(
        &'a self,
        demand: &'a Demand,
        waited_ms: i64,
    ) -> impl Iterator<Item = Ability> + use<'a> {
        let counts = self.evaluation != Evaluation::None;
        let left = self.rings_left(waited_ms);
        let dropped = move |ability: &Ability| match ability {
            Ability::Skill(skill) => left.iter().any(|ring| ring.drops.contains(skill)),
            Ability::Language(_) => false,
        };
        demand.asked.iter().copied().filter(move |ability| counts && !dropped(ability))
    }

    /// When an interaction that waits since `since` next asks for less.
    #[must_use]
    pub fn asks_less_at(&self, demand: &Demand, since: Timestamp, now: Timestamp) -> Option<Timestamp> {
        if self.evaluation == Evaluation::None {
            return None;
        }
        let mut leaves_at = since;
        for ring in &self.rings {
            leaves_at = leaves_at.plus_ms(ring.stay_ms);
            let is_felt = ring.drops.iter().any(|skill| demand.asked.contains(&Ability::Skill(*skill)));
            if leaves_at > now && is_felt {
                return Some(leaves_at);
            }
        }
        None
    }

    /// The rank of an interaction: greater goes first. The first part sets queues that score by priority
    /// before all others.
    #[must_use]
    pub fn score(&self, demand: &Demand, waited_ms: i64) -> (bool, i64, i64) {
        let priority = i64::from(demand.priority);
        match self.scoring {
            Scoring::Priority => (true, priority, waited_ms),
            Scoring::Conversation => (false, waited_ms.saturating_add(priority * MINUTE_MS), 0),
        }
    }

    fn rings_left(&self, waited_ms: i64) -> &[Ring] {
        let mut until_ms = 0_i64;
        let left = self.rings.iter().take_while(|ring| {
            until_ms = until_ms.saturating_add(ring.stay_ms);
            until_ms <= waited_ms
        });
        &self.rings[..left.count()]
    }
}
