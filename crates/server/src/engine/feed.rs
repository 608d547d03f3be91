//! What the desks are told: numbered changes for each user, and volatile news.
//!
//! The numbers are given here, in the order of telling, and mean something only together with the
//! epoch of this process: a desk that comes with a number of another epoch gets a snapshot.

use hookflash_domain::acd::{Offer, OfferOutcome};
use hookflash_domain::agent::Seat;
use hookflash_domain::consult::{Consult, Message};
use hookflash_domain::interaction::Interaction;
use hookflash_domain::{
    ConsultId, InteractionId, NetworkId, PersonId, PresenceReport, QueueId, Timestamp, UserId,
};
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use tokio::sync::mpsc;
use uuid::Uuid;

/// Changes kept for a desk that comes back.
const RING: usize = 256;
/// Changes that a window may be behind before it is cut off (and comes back with its number).
const BEHIND: usize = 512;

/// A window of a desk; given by the server, never again in this process.
pub type WindowId = u64;

/// Something that a desk is told.
#[derive(Debug, Clone)]
pub enum Told {
    /// A change of the snapshot, with its number.
    Change {
        /// The number.
        seq: i64,
        /// The change.
        change: Change,
    },
    /// News that is not kept.
    Volatile(Volatile),
    /// The window is to be closed.
    Close(CloseReason),
}

/// A change of the snapshot: the whole new state of what changed.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Change {
    /// The agent's seat.
    Agent(Seat),
    /// The offer that rings, or how the last one ended.
    Offer { offer: Option<Offer>, outcome: Option<OfferOutcome> },
    /// An interaction of the agent.
    Interaction(Arc<Interaction>),
    /// A consult of the agent.
    Consult(Arc<Consult>),
    /// A consult that is not shown any longer.
    ConsultClosed(ConsultId),
    /// A message of a consult.
    Message(ConsultId, Arc<Message>),
    /// The agent's figures of the day have changed.
    Today(hookflash_store::today::TodayRow),
    /// How the agent's session on a network is.
    Network { network: NetworkId, state: super::NetworkState, since: Timestamp },
    /// Something worth a toast.
    Notice(Notice),
}

/// A toast.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// The stable code.
    pub code: &'static str,
    /// The person it is about.
    pub person_name: Option<String>,
    /// The consult it is about.
    pub consult: Option<ConsultId>,
    /// The interaction it is about.
    pub interaction: Option<InteractionId>,
    /// The network it is about.
    pub network_name: Option<String>,
    /// The queue it is about.
    pub queue_name: Option<String>,
    /// The key that was pressed.
    pub digit: Option<char>,
}

/// News that is not kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Volatile {
    /// Somebody's presence.
    Presence { person: PersonId, report: PresenceReport },
    /// An expert types.
    Typing { consult: ConsultId, typing: bool },
    /// The agent's favourites on a network have changed.
    Favourites,
    /// What the queues look like.
    Queues(Arc<Vec<QueueFigures>>),
    /// What supervisors watch has changed.
    Floor(Arc<super::floor::News>),
    /// The database is not available, in words; none when it is again.
    Trouble { words: Option<String> },
    /// The agent's audio.
    Line(LineState),
}

/// How the agent's audio is, for the window that opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    /// The browser's audio is connected.
    Up,
    /// It is gone.
    Down,
    /// Another window took it.
    Replaced,
}

/// A queue as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueFigures {
    /// Which.
    pub queue: QueueId,
    /// Its name.
    pub name: String,
    /// Who serves it.
    pub members: Arc<std::collections::BTreeSet<UserId>>,
    /// How many wait.
    pub waiting_count: usize,
    /// Since when the first waits.
    pub longest_waiting_since: Option<Timestamp>,
    /// How many agents are ready.
    pub ready_count: usize,
}

/// Why a window is closed by the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseReason {
    /// The session has ended.
    SignedOut,
    /// The server stops.
    Stopping,
    /// The user may do other things than when the window was opened.
    RolesChanged,
}

/// All desks.
pub struct Feed {
    epoch: Uuid,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    last_seq: i64,
    users: HashMap<UserId, UserFeed>,
}

#[derive(Default)]
struct UserFeed {
    ring: VecDeque<(i64, Change)>,
    /// The number of the last change that fell out of the ring.
    forgotten: i64,
    windows: Vec<(WindowId, mpsc::Sender<Told>)>,
}

/// A window's end of the feed.
pub struct Subscription {
    /// What is told from here on.
    pub told: mpsc::Receiver<Told>,
    /// The number of the last change before.
    pub seq: i64,
    /// What was missed since the number that the window came with; none means: take a snapshot.
    pub missed: Option<Vec<(i64, Change)>>,
}

impl Feed {
    /// An empty feed of this process.
    #[must_use]
    pub fn new(epoch: Uuid) -> Self {
        Self { epoch, inner: Mutex::default() }
    }

    /// The epoch that gives the numbers their meaning.
    #[must_use]
    pub fn epoch(&self) -> Uuid {
        self.epoch
    }

    /// Opens a window; `after` is the epoch and number it has seen.
    pub fn subscribe(&self, user: UserId, window: WindowId, after: Option<(Uuid, i64)>) -> Subscription {
        let (sender, told) = mpsc::channel(BEHIND);
        let inner = &mut *self.inner.lock();
        let feed = inner.users.entry(user).or_default();
        feed.windows.retain(|(_, window)| !window.is_closed());
        feed.windows.push((window, sender));
        let known = after
            .filter(|(epoch, seq)| *epoch == self.epoch && *seq >= feed.forgotten && *seq <= inner.last_seq);
        let missed =
            known.map(|(_, after)| feed.ring.iter().filter(|(seq, _)| *seq > after).cloned().collect());
        Subscription { told, seq: inner.last_seq, missed }
    }

    /// Tells a user's windows a change.
    pub fn change(&self, user: UserId, change: Change) {
        let inner = &mut *self.inner.lock();
        inner.last_seq += 1;
        let seq = inner.last_seq;
        let feed = inner.users.entry(user).or_default();
        feed.tell(&Told::Change { seq, change: change.clone() });
        feed.ring.push_back((seq, change));
        if feed.ring.len() > RING
            && let Some((seq, _)) = feed.ring.pop_front()
        {
            feed.forgotten = seq;
        }
    }

    /// Tells a user's windows news that is not kept.
    pub fn volatile(&self, user: UserId, news: Volatile) {
        if let Some(feed) = self.inner.lock().users.get_mut(&user) {
            feed.tell(&Told::Volatile(news));
        }
    }

    /// Tells one window news that is not kept.
    pub fn volatile_to_window(&self, user: UserId, window: WindowId, news: Volatile) {
        let mut inner = self.inner.lock();
        let feed = inner.users.get_mut(&user);
        if let Some((_, window)) = feed.and_then(|feed| feed.windows.iter().find(|(id, _)| *id == window)) {
            // A window too far behind is cut off by the next change.
            let _ = window.try_send(Told::Volatile(news));
        }
    }

    /// Tells these users' windows news that is not kept.
    pub fn volatile_to<'a>(&self, users: impl IntoIterator<Item = &'a UserId>, news: &Volatile) {
        let inner = &mut *self.inner.lock();
        for user in users {
            if let Some(feed) = inner.users.get_mut(user) {
                feed.tell(&Told::Volatile(news.clone()));
            }
        }
    }

    /// Tells all windows news that is not kept.
    pub fn volatile_to_all(&self, news: &Volatile) {
        for feed in self.inner.lock().users.values_mut() {
            feed.tell(&Told::Volatile(news.clone()));
        }
    }

    /// Closes a user's windows.
    pub fn close(&self, user: UserId, reason: CloseReason) {
        if let Some(feed) = self.inner.lock().users.get_mut(&user) {
            feed.tell(&Told::Close(reason));
        }
    }

    /// Closes a user's windows; those that come back get a snapshot.
    pub fn renew(&self, user: UserId, reason: CloseReason) {
        let inner = &mut *self.inner.lock();
        if let Some(feed) = inner.users.get_mut(&user) {
            feed.ring.clear();
            feed.forgotten = inner.last_seq + 1;
            feed.tell(&Told::Close(reason));
        }
    }

    /// Closes all windows.
    pub fn close_all(&self, reason: CloseReason) {
        for feed in self.inner.lock().users.values_mut() {
            feed.tell(&Told::Close(reason));
        }
    }

    /// How many windows of a user are open.
    #[must_use]
    pub fn window_count(&self, user: UserId) -> usize {
        let inner = self.inner.lock();
        inner
            .users
            .get(&user)
            .map_or(0, |feed| feed.windows.iter().filter(|(_, window)| !window.is_closed()).count())
    }
}

impl UserFeed {
    /// A window that is too far behind is cut off: it comes back and asks for what it missed.
    fn tell(&mut self, told: &Told) {
        self.windows.retain(|(_, window)| window.try_send(told.clone()).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(code: &'static str) -> Change {
        Change::Notice(Notice { code, ..Notice::default() })
    }

    fn user() -> UserId {
        UserId(Uuid::from_u128(1))
    }

    fn codes(changes: &[(i64, Change)]) -> Vec<&'static str> {
        let code = |(_, change): &(i64, Change)| match change {
            Change::Notice(notice) => notice.code,
            _ => "",
        };
        changes.iter().map(code).collect()
    }

    #[test]
    fn a_window_that_comes_back_gets_what_it_missed() {
        let feed = Feed::new(Uuid::from_u128(7));
        feed.change(user(), notice("a"));
        let first = feed.subscribe(user(), 1, None);
        assert!(first.missed.is_none());
        feed.change(user(), notice("b"));
        let again = feed.subscribe(user(), 1, Some((feed.epoch(), first.seq)));
        assert_eq!(codes(&again.missed.unwrap()), ["b"]);
    }

    #[test]
    fn another_epoch_a_future_number_and_a_forgotten_one_take_a_snapshot() {
        let feed = Feed::new(Uuid::from_u128(7));
        (0..=RING).for_each(|_| feed.change(user(), notice("a")));
        let cases = [(Uuid::from_u128(8), 5), (feed.epoch(), 100_000), (feed.epoch(), 0)];
        for case in cases {
            assert!(feed.subscribe(user(), 1, Some(case)).missed.is_none(), "{case:?}");
        }
        assert_eq!(feed.subscribe(user(), 1, Some((feed.epoch(), 1))).missed.map(|m| m.len()), Some(RING));
    }

    #[test]
    fn a_window_too_far_behind_is_cut_off() {
        let feed = Feed::new(Uuid::from_u128(7));
        let mut slow = feed.subscribe(user(), 1, None);
        (0..=BEHIND).for_each(|_| feed.change(user(), notice("a")));
        assert_eq!(feed.window_count(user()), 0);
        let mut got = 0;
        while slow.told.try_recv().is_ok() {
            got += 1;
        }
        assert_eq!(got, BEHIND);
    }
}
