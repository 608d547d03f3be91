//! Whom the agent watches: the pool writes every address in one way, who asks may write it in
//! another, and is told under the name that was asked for.

use super::{core::Core, people::person_id, presence::fetch_person_soon};
use hookflash_domain::{NetworkId, PersonId};
use std::collections::{BTreeMap, BTreeSet};

/// Under which names people were asked for, by the pool's.
pub(super) type Names = BTreeMap<PersonId, BTreeSet<PersonId>>;

/// Replaces whom the session watches.
pub(super) fn watch(core: &Core, people: &[PersonId]) {
    let network = &core.config.network;
    let names = names(network, people.iter().filter(|person| person.network == *network));
    let before = std::mem::replace(&mut *core.watched_as.lock(), names.clone());
    core.watched.send_replace(names.keys().cloned().collect());
    // Somebody who is watched already, under one more name: nothing will change at the pool.
    let more = names
        .iter()
        .filter(|(person, names)| before.get(person).is_some_and(|before| !names.is_subset(before)));
    for (person, _) in more {
        fetch_person_soon(core, person);
    }
}

/// The names under which a person was asked for.
pub(super) fn names_of(core: &Core, person: &PersonId) -> BTreeSet<PersonId> {
    core.watched_as.lock().get(person).cloned().unwrap_or_default()
}

fn names<'p>(network: &NetworkId, people: impl Iterator<Item = &'p PersonId>) -> Names {
    let mut names = Names::new();
    for person in people {
        names.entry(as_at_the_pool(network, person)).or_default().insert(person.clone());
    }
    names
}

/// The id that the pool's own resources give somebody.
fn as_at_the_pool(network: &NetworkId, person: &PersonId) -> PersonId {
    let address = person.address.trim();
    let has_scheme = ["sip:", "sips:", "tel:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    match has_scheme {
        true => person_id(network, address),
        false => person_id(network, &format!("sip:{address}")),
    }
}

#[cfg(test)]
mod tests {
    use super::names;
    use hookflash_domain::{NetworkId, PersonId};

    #[test]
    fn one_person_may_have_many_names() {
        let network = NetworkId("skype".to_owned());
        let person = |address: &str| PersonId { network: network.clone(), address: address.to_owned() };
        let asked = ["sip:erika@lab.test", "erika@lab.test", "SIP:Erika@Lab.test", "tel:+4930"].map(&person);
        let known = names(&network, asked.iter());
        let of = |address: &str| known.get(&person(address)).map_or(0, std::collections::BTreeSet::len);
        assert_eq!((known.len(), of("sip:erika@lab.test"), of("tel:+4930")), (2, 3, 1), "{known:?}");
    }
}
