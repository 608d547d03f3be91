//! Who is offered what: waiting interactions with what they ask for, and idle agents with what they
//! can do (`definitions.md` 2.3).
//!
//! Invariants: [`decide`] is a function of its arguments; no interaction is left waiting while an idle
//! agent fits it; an agent is given one interaction. Random cases hold it against a model that looks at
//! every agent for every interaction.

mod asking;
mod bits;
mod decide;
mod floor;
mod policy;
mod roster;
#[cfg(test)]
mod tests;

pub use asking::{DemandRule, MAX_DEMAND_RULES, When, demand_of};
pub use decide::{Decision, Match, Waiting, decide};
pub use policy::{Evaluation, MAX_DROPPED, MAX_RINGS, Policy, PolicyError, Ring, Scoring};
pub use roster::{Abilities, Roster};

use crate::{LanguageId, SkillId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What an agent may have and an interaction may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// A skill; a ring may drop it.
    Skill(SkillId),
    /// A language; no ring drops it, for a customer who is not understood is not helped.
    Language(LanguageId),
}

impl Ability {
    /// Its id, whichever it is.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Skill(SkillId(id)) | Self::Language(LanguageId(id)) => id,
        }
    }
}

/// How well an agent has an ability: 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Proficiency(u8);

impl Proficiency {
    /// The least.
    pub const MIN: Self = Self(1);
    /// The most.
    pub const MAX: Self = Self(5);

    /// 1 to 5; anything else is none.
    #[must_use]
    pub fn new(level: u8) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&level).then_some(Self(level))
    }

    /// 1 to 5.
    #[must_use]
    pub fn level(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Proficiency {
    type Error = &'static str;
    fn try_from(level: u8) -> Result<Self, Self::Error> {
        Self::new(level).ok_or("a proficiency is 1 to 5")
    }
}

impl From<Proficiency> for u8 {
    fn from(proficiency: Proficiency) -> Self {
        proficiency.0
    }
}

/// What an interaction asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Demand {
    /// Skills and languages, all of them.
    pub asked: BTreeSet<Ability>,
    /// Worth so many minutes of waiting, or the rank itself where priority alone counts.
    pub priority: i32,
}
