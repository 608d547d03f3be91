//! The presence board behind a lock, with desks' windows as its watchers.

use super::Seat;
use crate::engine::feed::WindowId;
use hookflash_directory::{BoardLimits, PresenceBoard, WatchChange, WatchRefused, WatcherId};
use hookflash_domain::{ConsultId, NetworkId, PersonId, PresenceReport, Timestamp, UserId};
use parking_lot::Mutex;
use std::collections::BTreeSet;
use std::fmt::Display;
use tokio::sync::Notify;

/// Who is on whose screen, and the presence last told of them.
#[derive(Default)]
pub(in crate::engine) struct Watch {
    board: Mutex<Board>,
    /// Somebody's presence was told.
    told: Notify,
}

struct Board(PresenceBoard<Seat>);

/// Somebody, and what is known of them.
pub(in crate::engine) type Known = (PersonId, PresenceReport);

impl Default for Board {
    fn default() -> Self {
        Self(PresenceBoard::new(BoardLimits::default()))
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
        let (board, watcher) = (&mut self.board.lock().0, watcher(user, window, network));
        let people = people.iter().filter(|person| person.network == *network);
        let new: Vec<_> = people.clone().filter(|person| !board.shows(&watcher, person)).collect();
        let changes = board.show(watcher, (user, network.clone()), people.cloned())?;
        let known = |person: &PersonId| Some((person.clone(), board.state(person)?.report.clone()));
        Ok((changes, new.into_iter().filter_map(known).collect()))
    }

    /// Replaces whom a hunt looks at on a network; gives what sessions are to follow.
    pub(in crate::engine) fn set_for_hunt(
        &self,
        (user, hunt): (UserId, ConsultId),
        network: &NetworkId,
        people: &BTreeSet<PersonId>,
    ) -> Result<Vec<WatchChange<Seat>>, WatchRefused> {
        let people = people.iter().filter(|person| person.network == *network).cloned();
        self.board.lock().0.show(watcher(user, hunt, network), (user, network.clone()), people)
    }

    /// Waits until something is known of each of these people.
    pub(in crate::engine) async fn until_known(&self, people: &[PersonId]) {
        loop {
            // From here on nothing that is told is missed.
            let told = self.told.notified();
            if people.iter().all(|person| self.known(person).is_some()) {
                return;
            }
            told.await;
        }
    }

    /// A window was closed.
    pub(in crate::engine) fn close(
        &self,
        user: UserId,
        window: WindowId,
        network: &NetworkId,
    ) -> Vec<WatchChange<Seat>> {
        self.board.lock().0.leave(&watcher(user, window, network))
    }

    /// Everyone whom a session is to follow, as after a new sign-in.
    pub(in crate::engine) fn followed(&self, seat: &Seat) -> Vec<PersonId> {
        self.board.lock().0.watched_by(seat)
    }

    /// Notes what a network told; gives the users who see the person.
    pub(in crate::engine) fn told(
        &self,
        seat: &Seat,
        person: &PersonId,
        report: &PresenceReport,
    ) -> BTreeSet<UserId> {
        let watchers = self.board.lock().0.told(seat, person, report.clone());
        self.told.notify_waiters();
        users(&watchers)
    }

    /// What is known of somebody.
    pub(in crate::engine) fn known(&self, person: &PersonId) -> Option<PresenceReport> {
        self.board.lock().0.state(person).map(|live| live.report.clone())
    }

    /// A session's link is down: what it told is unknown from here on. Gives whom that concerns.
    pub(in crate::engine) fn lost(&self, seat: &Seat, now: Timestamp) -> Vec<(PersonId, BTreeSet<UserId>)> {
        let lost = self.board.lock().0.lost(seat, now);
        lost.into_iter().map(|(person, watchers)| (person, users(&watchers))).collect()
    }
}

/// A window of a user's, or a hunt.
fn watcher(user: UserId, of: impl Display, network: &NetworkId) -> WatcherId {
    WatcherId(format!("{user}/{of}/{}", network.0))
}

fn users(watchers: &[WatcherId]) -> BTreeSet<UserId> {
    watchers.iter().filter_map(|watcher| watcher.0.split('/').next()?.parse().ok()).collect()
}
