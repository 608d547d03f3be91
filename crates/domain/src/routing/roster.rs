//! Who can do what and who serves which queue, laid out for [`super::decide`]. It changes when the
//! administration does, not with every call, so it is made once and kept.

use super::{Ability, Policy, Proficiency};
use crate::{QueueId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// What one agent can do.
pub type Abilities = BTreeMap<Ability, Proficiency>;

/// All agents of all queues. Lists are in order of their keys.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Roster {
    pub(super) agents: Vec<Member>,
    pub(super) abilities: Vec<Ability>,
    pub(super) queues: Vec<(QueueId, Policy)>,
}

/// An agent, with places in the roster's other lists.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) id: UserId,
    pub(super) queues: Vec<usize>,
    /// With the level of each.
    pub(super) abilities: Vec<(usize, u8)>,
}

impl Roster {
    /// Takes every queue with its policy and members, and what agents can do; an agent who is not listed
    /// can do nothing that may be asked for.
    #[must_use]
    pub fn new<'a>(
        queues: impl IntoIterator<Item = (QueueId, Policy, &'a BTreeSet<UserId>)>,
        abilities: &BTreeMap<UserId, Abilities>,
    ) -> Self {
        let queues: BTreeMap<_, _> =
            queues.into_iter().map(|(queue, policy, members)| (queue, (policy, members))).collect();
        let mut serves = BTreeMap::<UserId, Vec<usize>>::new();
        for (place, (_, members)) in queues.values().enumerate() {
            members.iter().for_each(|agent| serves.entry(*agent).or_default().push(place));
        }
        let nothing = Abilities::new();
        let of = |agent: &UserId| abilities.get(agent).unwrap_or(&nothing);
        let known: BTreeSet<Ability> = serves.keys().flat_map(|agent| of(agent).keys().copied()).collect();
        let known: Vec<Ability> = known.into_iter().collect();
        let place = |(ability, proficiency): (&Ability, &Proficiency)| {
            Some((known.binary_search(ability).ok()?, proficiency.level()))
        };
        let member = |(id, queues): (UserId, Vec<usize>)| {
            let abilities = of(&id).iter().filter_map(place).collect();
            Member { id, queues, abilities }
        };
        Self {
            agents: serves.into_iter().map(member).collect(),
            queues: queues.into_iter().map(|(queue, (policy, _))| (queue, policy)).collect(),
            abilities: known,
        }
    }

    /// Where a queue stands in the list.
    pub(super) fn queue(&self, id: QueueId) -> Option<usize> {
        self.queues.binary_search_by_key(&id, |(queue, _)| *queue).ok()
    }

    /// Where an ability stands in the list; none where nobody has it.
    pub(super) fn ability(&self, ability: Ability) -> Option<usize> {
        self.abilities.binary_search(&ability).ok()
    }
}
