//! Whom a hunt may ask: what the world says against a person at the moment of asking.

use crate::engine::shared::Shared;
use hookflash_domain::consult::{Consult, Outcome, SkipReason};
use hookflash_domain::{ConsultId, Person, PersonId, Presence, UserId};
use parking_lot::Mutex;
use std::collections::{BTreeMap, BTreeSet};

/// Places with experts that consults have taken and that the board does not show yet, since what asks them
/// is being stored. Without them two hunts could take the last place of one expert.
#[derive(Default)]
pub(in crate::engine) struct Places(Mutex<BTreeMap<ConsultId, BTreeSet<PersonId>>>);

impl Places {
    /// Gives back what a consult has taken; the board shows what has become of it.
    pub(super) fn release(&self, consult: ConsultId) {
        self.0.lock().remove(&consult);
    }
}

impl Shared {
    /// Goes on with the hunt of a consult, if one is on; to be stored with what made it go on.
    pub(super) fn go_on(&self, consult: &mut Consult, outcome: &mut Outcome) {
        if consult.hunt_on().is_none() {
            return;
        }
        let (id, agent) = (consult.id, consult.agent);
        consult.go_on(crate::clock::now(), &|person| self.against(id, agent, person), outcome);
    }

    /// Why not to ask a person. Presence comes last: a jump sets it aside, and the place must be taken by then.
    fn against(&self, consult: ConsultId, agent: UserId, person: &PersonId) -> Option<SkipReason> {
        let network = &person.network;
        if self.require_licence(agent, network).is_err() || self.networks.session(agent, network).is_none() {
            return Some(SkipReason::NoNetwork);
        }
        if !self.take_place(consult, person) {
            return Some(SkipReason::AtLimit);
        }
        match self.networks.watch.known(person)?.presence {
            Presence::Offline => Some(SkipReason::Offline),
            Presence::DoNotDisturb => Some(SkipReason::DoNotDisturb),
            _ => None,
        }
    }

    /// Whether the expert may have one more consult; it is taken then.
    fn take_place(&self, consult: ConsultId, person: &PersonId) -> bool {
        let mut places = self.networks.places.0.lock();
        let asked = self.board.consults_with(person);
        let taken = places.iter().filter(|(_, people)| people.contains(person)).map(|(id, _)| *id);
        let others: BTreeSet<_> = asked.into_iter().chain(taken).filter(|id| *id != consult).collect();
        let is_free = others.len() < self.networks.consults_per_expert(&person.network);
        if is_free {
            places.entry(consult).or_default().insert(person.clone());
        }
        is_free
    }

    /// People by their ids, as last told by their networks.
    pub(in crate::engine) fn people(&self, ids: &[PersonId]) -> Vec<Person> {
        ids.iter().map(|id| self.networks.people.person(id)).collect()
    }
}
