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
    people: HashMap<PersonId, Person>,
    order: VecDeque<PersonId>,
}

impl People {
    /// Remembers people.
    pub(in crate::engine) fn remember(&self, people: &[Person]) {
        let kept = &mut *self.0.lock();
        for person in people {
            if kept.people.insert(person.id.clone(), person.clone()).is_none() {
                kept.order.push_back(person.id.clone());
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

    /// Who this is, if a network told it.
    pub(in crate::engine) fn known(&self, id: &PersonId) -> Option<Person> {
        self.0.lock().people.get(id).cloned()
    }
}
