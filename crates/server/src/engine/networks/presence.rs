//! The presence board behind a lock, with desks' windows as its watchers.

use super::Seat;
use crate::engine::feed::WindowId;
use hookflash_directory::{BoardLimits, PresenceBoard, WatchChange, WatchRefused, WatcherId};
use hookflash_domain::{NetworkId, PersonId, PresenceReport, Timestamp, UserId};
use parking_lot::Mutex;
use std::collections::BTreeSet;

/// Who is on whose screen, and the presence last told of them.
pub(in crate::engine) struct Watch(Mutex<PresenceBoard<Seat>>);

/// Somebody, and what is known of them.
pub(in crate::engine) type Known = (PersonId, PresenceReport);

impl Default for Watch {
    fn default() -> Self {
        Self(Mutex::new(PresenceBoard::new(BoardLimits::default())))
    }
}

impl Watch {
    /// Replaces what a window watches on a network; gives what sessions are to follow, and what is
    /// known of the people whom the window did not show before.
    pub(in crate::engine) fn set(
        &self,
        (user, window): (UserId, WindowId),
        network: &NetworkId,
        people: &BTreeSet<PersonId>,
    ) -> Result<(Vec<WatchChange<Seat>>, Vec<Known>), WatchRefused> {
        let (mut board, watcher) = (self.0.lock(), watcher(user, window, network));
        let people = people.iter().filter(|person| person.network == *network);
        let new: Vec<_> = people.clone().filter(|person| !board.shows(&watcher, person)).collect();
        let changes = board.show(watcher, (user, network.clone()), people.cloned())?;
        let known = |person: &PersonId| Some((person.clone(), board.state(person)?.report.clone()));
        Ok((changes, new.into_iter().filter_map(known).collect()))
    }

    /// A window was closed.
    pub(in crate::engine) fn close(
        &self,
        user: UserId,
        window: WindowId,
        network: &NetworkId,
    ) -> Vec<WatchChange<Seat>> {
        self.0.lock().leave(&watcher(user, window, network))
    }

    /// Everyone whom a session is to follow, as after a new sign-in.
    pub(in crate::engine) fn followed(&self, seat: &Seat) -> Vec<PersonId> {
        self.0.lock().watched_by(seat)
    }

    /// Notes what a network told; gives the users who see the person.
    pub(in crate::engine) fn told(
        &self,
        seat: &Seat,
        person: &PersonId,
        report: &PresenceReport,
    ) -> BTreeSet<UserId> {
        users(&self.0.lock().told(seat, person, report.clone()))
    }

    /// What is known of somebody.
    pub(in crate::engine) fn known(&self, person: &PersonId) -> Option<PresenceReport> {
        self.0.lock().state(person).map(|live| live.report.clone())
    }

    /// A session's link is down: what it told is unknown from here on. Gives whom that concerns.
    pub(in crate::engine) fn lost(&self, seat: &Seat, now: Timestamp) -> Vec<(PersonId, BTreeSet<UserId>)> {
        let lost = self.0.lock().lost(seat, now);
        lost.into_iter().map(|(person, watchers)| (person, users(&watchers))).collect()
    }
}

fn watcher(user: UserId, window: WindowId, network: &NetworkId) -> WatcherId {
    WatcherId(format!("{user}/{window}/{}", network.0))
}

fn users(watchers: &[WatcherId]) -> BTreeSet<UserId> {
    watchers.iter().filter_map(|watcher| watcher.0.split('/').next()?.parse().ok()).collect()
}
