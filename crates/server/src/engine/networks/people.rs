//! People who were found lately: a command names somebody by id, the record wants the name.

use hookflash_domain::{Person, PersonId};
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};

/// People kept.
const KEPT: usize = 20_000;

/// The people found last.
#[derive(Default)]
pub(in crate::engine) struct People(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// With whether the directory has told of them.
    people: HashMap<PersonId, (Person, bool)>,
    order: VecDeque<PersonId>,
}

impl People {
    /// Remembers people of whom a network tells. Whom the directory has told of keeps the name it gave: the agent
    /// chose them by it.
    pub(in crate::engine) fn remember(&self, people: &[Person]) {
        self.put(people, false);
    }

    /// Remembers people of the directory.
    pub(in crate::engine) fn remember_entry(&self, people: &[Person]) {
        self.put(people, true);
    }

    fn put(&self, people: &[Person], of_directory: bool) {
        let kept = &mut *self.0.lock();
        for person in people {
            match kept.people.get_mut(&person.id) {
                Some((_, true)) if !of_directory => {}
                Some(known) => *known = (person.clone(), of_directory),
                None => {
                    kept.people.insert(person.id.clone(), (person.clone(), of_directory));
                    kept.order.push_back(person.id.clone());
                }
            }
        }
        while kept.order.len() > KEPT {
            if let Some(oldest) = kept.order.pop_front() {
                kept.people.remove(&oldest);
            }
        }
    }

    /// Who this is; somebody unknown goes by the address.
    pub(in crate::engine) fn person(&self, id: &PersonId) -> Person {
        self.known(id).unwrap_or_else(|| Person::new(id.clone(), id.address.trim_start_matches("sip:")))
    }

    /// Who this is, if the directory or a network told it.
    pub(in crate::engine) fn known(&self, id: &PersonId) -> Option<Person> {
        self.0.lock().people.get(id).map(|(person, _)| person.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::People;
    use hookflash_domain::{NetworkId, Person, PersonId};

    #[test]
    fn a_network_does_not_rename_whom_the_directory_names() {
        let id = PersonId { network: NetworkId("skype".to_owned()), address: "sip:t@x".to_owned() };
        let named = |name: &str| [Person::new(id.clone(), name)];
        let people = People::default();
        for (of_directory, name, expected) in [
            (false, "Tom", "Tom"),
            (false, "Thomas", "Thomas"),
            (true, "Jürgen", "Jürgen"),
            (false, "Tom", "Jürgen"),
            (true, "Jürgen G.", "Jürgen G."),
        ] {
            match of_directory {
                true => people.remember_entry(&named(name)),
                false => people.remember(&named(name)),
            }
            assert_eq!(people.person(&id).name, expected);
        }
    }
}
