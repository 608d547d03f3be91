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

    /// Why not to ask a person. What a jump sets aside comes last: the place must be taken by then.
    fn against(&self, consult: ConsultId, agent: UserId, person: &PersonId) -> Option<SkipReason> {
        let network = &person.network;
        if self.require_licence(agent, network).is_err() || self.networks.session(agent, network).is_none() {
            return Some(SkipReason::NoNetwork);
        }
        if !self.take_place(consult, person) {
            return Some(SkipReason::AtLimit);
        }
        self.hint_against(person)
    }

    /// Why a hunt of the agent would not ask a person now; nothing is taken by it.
    pub(in crate::engine) fn would_skip(&self, agent: UserId, person: &PersonId) -> Option<SkipReason> {
        let network = &person.network;
        if self.require_licence(agent, network).is_err() || self.networks.session(agent, network).is_none() {
            return Some(SkipReason::NoNetwork);
        }
        let engaged = self.board.consults_with(person).len();
        if engaged >= self.most_consults(person) {
            return Some(SkipReason::AtLimit);
        }
        self.hint_against(person)
    }

    /// What the agent may set aside.
    fn hint_against(&self, person: &PersonId) -> Option<SkipReason> {
        let rules = self.rules();
        if self.networks.is_quiet(&person.network, rules.experts.get(person), crate::clock::now()) {
            return Some(SkipReason::QuietHours);
        }
        match self.networks.watch.known(person)?.presence {
            Presence::Offline => Some(SkipReason::Offline),
            Presence::DoNotDisturb => Some(SkipReason::DoNotDisturb),
            _ => None,
        }
    }

    /// Whether the expert may have one more consult; it is taken then.
    fn take_place(&self, consult: ConsultId, person: &PersonId) -> bool {
        let most = self.most_consults(person);
        let mut places = self.networks.places.0.lock();
        let asked = self.board.consults_with(person);
        let taken = places.iter().filter(|(_, people)| people.contains(person)).map(|(id, _)| *id);
        let others: BTreeSet<_> = asked.into_iter().chain(taken).filter(|id| *id != consult).collect();
        let is_free = others.len() < most;
        if is_free {
            places.entry(consult).or_default().insert(person.clone());
        }
        is_free
    }

    /// How many consults the expert may have at once: as a group says, or else the network.
    fn most_consults(&self, person: &PersonId) -> usize {
        let own = self.rules().experts.get(person).and_then(|rule| rule.consult_limit);
        let most = own.unwrap_or_else(|| self.networks.consults_per_expert(&person.network));
        usize::try_from(most).unwrap_or(usize::MAX)
    }

    /// Somebody by their id, as the directory or their network told it last, or as a group has them.
    pub(in crate::engine) fn person(&self, id: &PersonId) -> Person {
        let people = &self.networks.people;
        let of_group = || Some(Person::new(id.clone(), &*self.rules().experts.get(id)?.name));
        people.known(id).or_else(of_group).unwrap_or_else(|| people.person(id))
    }
}
