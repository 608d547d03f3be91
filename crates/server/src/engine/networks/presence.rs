//! Who is on whose screen, and the presence last told of them.

use hookflash_domain::{NetworkId, PersonId, PresenceReport, UserId};
use parking_lot::Mutex;
use std::collections::{BTreeSet, HashMap};

/// A window of a desk.
pub(in crate::engine) type WindowId = u64;

/// What each window watches, and what is known of the watched.
#[derive(Default)]
pub(in crate::engine) struct Watch(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    windows: HashMap<(UserId, WindowId), BTreeSet<PersonId>>,
    reports: HashMap<(UserId, PersonId), PresenceReport>,
}

impl Watch {
    /// Replaces what a window watches.
    pub(in crate::engine) fn set(&self, user: UserId, window: WindowId, people: BTreeSet<PersonId>) {
        let inner = &mut *self.0.lock();
        inner.windows.insert((user, window), people);
        inner.forget_unwatched(user);
    }

    /// A window was closed.
    pub(in crate::engine) fn close(&self, user: UserId, window: WindowId) {
        let inner = &mut *self.0.lock();
        inner.windows.remove(&(user, window));
        inner.forget_unwatched(user);
    }

    /// Everyone whom a user's windows watch on a network.
    pub(in crate::engine) fn of(&self, user: UserId, network: &NetworkId) -> Vec<PersonId> {
        let watched = self.0.lock().watched(user);
        watched.into_iter().filter(|person| person.network == *network).collect()
    }

    /// Notes what a network told; true where somebody sees it.
    pub(in crate::engine) fn report(&self, user: UserId, person: &PersonId, report: &PresenceReport) -> bool {
        let inner = &mut *self.0.lock();
        let is_watched = inner.windows.iter().any(|((who, _), people)| *who == user && people.contains(person));
        if is_watched {
            inner.reports.insert((user, person.clone()), report.clone());
        }
        is_watched
    }

    /// What is known of somebody.
    pub(in crate::engine) fn known(&self, user: UserId, person: &PersonId) -> Option<PresenceReport> {
        self.0.lock().reports.get(&(user, person.clone())).cloned()
    }

    /// The network is down: nothing is known any more. Gives whom that concerns.
    pub(in crate::engine) fn forget(&self, user: UserId, network: &NetworkId) -> Vec<PersonId> {
        let inner = &mut *self.0.lock();
        let gone = |(who, person): &(UserId, PersonId)| *who == user && person.network == *network;
        let people = inner.reports.keys().filter(|key| gone(key)).map(|(_, person)| person.clone()).collect();
        inner.reports.retain(|key, _| !gone(key));
        people
    }
}

impl Inner {
    fn watched(&self, user: UserId) -> BTreeSet<PersonId> {
        let of_user = self.windows.iter().filter(|((who, _), _)| *who == user);
        of_user.flat_map(|(_, people)| people.iter().cloned()).collect()
    }

    fn forget_unwatched(&mut self, user: UserId) {
        let watched = self.watched(user);
        self.reports.retain(|(who, person), _| *who != user || watched.contains(person));
    }
}
