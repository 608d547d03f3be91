//! Who looks at whom.

use hookflash_domain::PersonId;
use std::collections::{BTreeMap, BTreeSet};

/// One desk that shows people; any stable text, such as a connection's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WatcherId(pub String);

/// What a source is to watch from here on; the whole set, as a session's `watch` takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchChange<S> {
    /// The signed-in agent through whom it is watched.
    pub source: S,
    /// Everybody that this source is to watch.
    pub people: Vec<PersonId>,
}

/// Why a desk may not watch so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WatchRefused {
    /// The desk itself shows too many people.
    TooManyForWatcher {
        /// The most there may be.
        limit: usize,
    },
    /// All desks of the source together show too many people.
    TooManyForSource {
        /// The most there may be.
        limit: usize,
    },
    /// Too many desks.
    TooManyWatchers {
        /// The most there may be.
        limit: usize,
    },
}

/// Who looks at whom, counted for each source and person.
#[derive(Debug)]
pub(super) struct Watchers<S> {
    desks: BTreeMap<WatcherId, Desk<S>>,
    /// How many desks of the source show the person.
    counts: BTreeMap<S, BTreeMap<PersonId, usize>>,
    /// Which desks show the person: every change of presence asks, so it must not go through all desks.
    showing: BTreeMap<PersonId, BTreeSet<WatcherId>>,
}

#[derive(Debug)]
struct Desk<S> {
    source: S,
    people: BTreeSet<PersonId>,
}

impl<S: Ord + Clone> Watchers<S> {
    pub(super) fn new() -> Self {
        Self { desks: BTreeMap::new(), counts: BTreeMap::new(), showing: BTreeMap::new() }
    }

    pub(super) fn desk_count(&self) -> usize {
        self.desks.len()
    }

    pub(super) fn knows(&self, desk: &WatcherId) -> bool {
        self.desks.contains_key(desk)
    }

    /// Whether the desk shows the person.
    pub(super) fn shows(&self, desk: &WatcherId, person: &PersonId) -> bool {
        self.desks.get(desk).is_some_and(|desk| desk.people.contains(person))
    }

    /// How many people the source would watch if the desk showed these.
    pub(super) fn count_with(&self, desk: &WatcherId, source: &S, people: &BTreeSet<PersonId>) -> usize {
        let own = self.desks.get(desk).filter(|own| own.source == *source).map(|own| &own.people);
        let shown_by_others = |person: &PersonId, count: usize| {
            count > usize::from(own.is_some_and(|own| own.contains(person)))
        };
        let of_source = self.counts.get(source);
        let others = of_source
            .into_iter()
            .flatten()
            .filter(|(person, count)| !people.contains(person) && shown_by_others(person, **count));
        people.len() + others.count()
    }

    /// Whether anybody looks at the person.
    pub(super) fn is_watched(&self, person: &PersonId) -> bool {
        self.showing.contains_key(person)
    }

    /// Whether somebody looks at the person through this source.
    pub(super) fn watches(&self, source: &S, person: &PersonId) -> bool {
        self.counts.get(source).is_some_and(|people| people.contains_key(person))
    }

    /// The desks that show the person.
    pub(super) fn looking_at(&self, person: &PersonId) -> Vec<WatcherId> {
        self.showing.get(person).into_iter().flatten().cloned().collect()
    }

    /// Everybody that the source is to watch.
    pub(super) fn of_source(&self, source: &S) -> Vec<PersonId> {
        self.counts.get(source).into_iter().flat_map(BTreeMap::keys).cloned().collect()
    }

    /// Replaces what a desk shows; the sources whose set is another one after it.
    pub(super) fn set(&mut self, id: WatcherId, source: S, people: BTreeSet<PersonId>) -> BTreeSet<S> {
        let mut changed = BTreeSet::new();
        for person in &people {
            if self.count_up(&source, person) {
                changed.insert(source.clone());
            }
            self.showing.entry(person.clone()).or_default().insert(id.clone());
        }
        self.hide(&id, &people);
        let before = if people.is_empty() {
            self.desks.remove(&id)
        } else {
            self.desks.insert(id, Desk { source, people })
        };
        if let Some(before) = before {
            for person in &before.people {
                if self.count_down(&before.source, person) {
                    changed.insert(before.source.clone());
                }
            }
        }
        changed
    }

    /// A desk will show nobody but these.
    fn hide(&mut self, id: &WatcherId, people: &BTreeSet<PersonId>) {
        let Some(before) = self.desks.get(id) else { return };
        for person in before.people.difference(people) {
            if let Some(desks) = self.showing.get_mut(person) {
                desks.remove(id);
                if desks.is_empty() {
                    self.showing.remove(person);
                }
            }
        }
    }

    /// True when the person is new to the source.
    fn count_up(&mut self, source: &S, person: &PersonId) -> bool {
        let people = self.counts.entry(source.clone()).or_default();
        let count = people.entry(person.clone()).or_default();
        *count += 1;
        *count == 1
    }

    /// True when nobody of the source shows the person any more.
    fn count_down(&mut self, source: &S, person: &PersonId) -> bool {
        let Some(people) = self.counts.get_mut(source) else { return false };
        let Some(count) = people.get_mut(person) else { return false };
        *count -= 1;
        let none = *count == 0;
        if none {
            people.remove(person);
            if people.is_empty() {
                self.counts.remove(source);
            }
        }
        none
    }

    /// Removes a desk.
    pub(super) fn remove(&mut self, id: &WatcherId) -> BTreeSet<S> {
        match self.desks.get(id).map(|desk| desk.source.clone()) {
            Some(source) => self.set(id.clone(), source, BTreeSet::new()),
            None => BTreeSet::new(),
        }
    }
}
