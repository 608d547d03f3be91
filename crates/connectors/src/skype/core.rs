//! What the parts of one agent's session share.

use super::{
    SkypeConfig,
    application::Application,
    chats::{Chat, Chats},
    fault::{Fault, later},
    own_presence::Own,
    people::People,
    sign_in::PoolAddress,
    subscriptions::Held,
    watching::Names,
    wire::Wire,
};
use crate::{Account, Batch, ChatId, ConnectorError, OwnPresence, ResumePoint, SessionEvent, clock};
use hookflash_domain::PersonId;
use parking_lot::Mutex;
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// First pause before news that was dropped is told again; doubles.
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
/// How many settling times a channel that always has something to tell is waited for.
const MOST_WAITS: usize = 20;
/// How long the event channel has to tell why a conversation is not found.
pub(super) const MISSING: Duration = Duration::from_secs(10);
/// When to try again while the chat is not open yet.
pub(super) const NOT_OPEN_YET: Duration = Duration::from_millis(500);
/// Longest of these pauses.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// One agent's session.
pub(super) struct Core {
    pub(super) config: Arc<SkypeConfig>,
    pub(super) account: Account,
    pub(super) wire: Wire,
    pub(super) place: watch::Sender<Place>,
    /// Whether events missed before this sign-in have come in.
    pub(super) settled: watch::Sender<bool>,
    /// Where the agent's pool was found.
    pub(super) applications: PoolAddress,
    /// How often the channel has begun or ended to read a document: odd while it reads one.
    pub(super) reads: AtomicUsize,
    pub(super) chats: Mutex<Chats>,
    /// What the engine believes in after a restart and has not been told of yet.
    pub(super) adopted: Mutex<BTreeSet<ChatId>>,
    pub(super) people: Mutex<People>,
    /// Woken when presence waits to be fetched.
    pub(super) presence_due: Notify,
    pub(super) held: tokio::sync::Mutex<Held>,
    /// Subscriptions of which the pool says that they end, and the wake-up for them.
    pub(super) ending: Mutex<BTreeSet<String>>,
    pub(super) subscription_due: Notify,
    pub(super) watched: watch::Sender<BTreeSet<PersonId>>,
    pub(super) watched_as: Mutex<Names>,
    pub(super) own_presence: watch::Sender<Option<OwnPresence>>,
    pub(super) own: Mutex<Own>,
    pub(super) active_at: Mutex<Option<Instant>>,
    /// The pool takes no batches.
    pub(super) no_batch: AtomicBool,
    /// What is believed of subscriptions may be wrong.
    pub(super) subscriptions_doubted: AtomicBool,
    /// Somebody has asked for favourites, and wants to hear of their changes.
    pub(super) list_followed: watch::Sender<bool>,
    /// Held from the moment at which it is decided what is told of chats until it has been told.
    pub(super) telling: tokio::sync::Mutex<()>,
    /// News of chats that calls have brought.
    untold: Mutex<Vec<SessionEvent>>,
    untold_due: Notify,
    pub(super) over: CancellationToken,
    out: Mutex<Option<mpsc::Sender<Batch>>>,
}

/// Where the session is.
#[derive(Clone)]
pub(super) enum Place {
    /// Not signed in; being worked on.
    Away,
    /// Signed in.
    Up(Arc<Application>),
    /// Over for good.
    Over,
}

/// Nobody receives events any more.
#[derive(Debug)]
pub(super) struct Closed;

impl Core {
    pub(super) fn new(
        config: Arc<SkypeConfig>,
        account: Account,
        wire: Wire,
        out: mpsc::Sender<Batch>,
    ) -> Self {
        Self {
            config,
            account,
            wire,
            place: watch::Sender::new(Place::Away),
            settled: watch::Sender::new(false),
            applications: PoolAddress::default(),
            reads: AtomicUsize::new(0),
            chats: Mutex::default(),
            adopted: Mutex::default(),
            people: Mutex::default(),
            presence_due: Notify::new(),
            held: tokio::sync::Mutex::default(),
            ending: Mutex::default(),
            subscription_due: Notify::new(),
            watched: watch::Sender::default(),
            watched_as: Mutex::default(),
            own_presence: watch::Sender::default(),
            own: Mutex::default(),
            active_at: Mutex::default(),
            no_batch: AtomicBool::new(false),
            subscriptions_doubted: AtomicBool::new(false),
            list_followed: watch::Sender::default(),
            telling: tokio::sync::Mutex::default(),
            untold: Mutex::default(),
            untold_due: Notify::new(),
            over: CancellationToken::new(),
            out: Mutex::new(Some(out)),
        }
    }

    /// The agent's application, waiting a bounded time for it.
    pub(super) async fn application(&self) -> Result<Arc<Application>, ConnectorError> {
        let mut place = self.place.subscribe();
        let there = place.wait_for(|place| !matches!(place, Place::Away));
        match tokio::time::timeout(self.config.timing.call_wait, there).await {
            Ok(Ok(place)) => match &*place {
                Place::Up(application) => Ok(Arc::clone(application)),
                _ => Err(ConnectorError::NotSignedIn),
            },
            Ok(Err(_)) => Err(ConnectorError::NotSignedIn),
            Err(_) => Err(later(None)),
        }
    }

    /// The application if the session is signed in at this moment.
    pub(super) fn application_now(&self) -> Option<Arc<Application>> {
        match &*self.place.borrow() {
            Place::Up(application) => Some(Arc::clone(application)),
            _ => None,
        }
    }

    /// Something of a chat that is there.
    pub(super) fn of_chat<T>(&self, id: &ChatId, read: impl FnOnce(&Chat) -> T) -> Result<T, Fault> {
        self.chats.lock().by_id.get(id).map(read).ok_or(Fault::ApplicationGone)
    }

    /// Why nothing can be done about a chat that is not known: it is over, or after a restart the pool
    /// has yet to tell of it.
    pub(super) fn unknown(&self, id: &ChatId) -> ConnectorError {
        if self.adopted.lock().contains(id) { later(Some(NOT_OPEN_YET)) } else { ConnectorError::ChatGone }
    }

    /// Waits until missed events have come in; bounded by the settling time.
    pub(super) async fn settled(&self) {
        let limit = self.config.timing.settle + self.config.timing.settle;
        let mut settled = self.settled.subscribe();
        // Reaching the limit means that nothing was missed.
        let _ = tokio::time::timeout(limit, settled.wait_for(|settled| *settled)).await;
    }

    /// Waits until the pool has had nothing to tell for the settling time; gives what
    /// [`Self::is_still_quiet`] needs. Bounded: none where it always has something to tell.
    pub(super) async fn quiet(&self) -> Option<usize> {
        for _ in 0..MOST_WAITS {
            let mut place = self.place.subscribe();
            let is_up = matches!(*place.borrow_and_update(), Place::Up(_));
            let before = self.reads.load(Ordering::Relaxed);
            tokio::time::sleep(self.config.timing.settle).await;
            let is_same = self.reads.load(Ordering::Relaxed) == before && before.is_multiple_of(2);
            if is_up && is_same && !place.has_changed().unwrap_or(true) {
                return Some(before);
            }
        }
        None
    }

    /// Whether nothing has come since it was quiet; called when the pool has answered something else
    /// that was asked later, so that what it had to tell before would have come first.
    pub(super) fn is_still_quiet(&self, quiet: Option<usize>) -> bool {
        quiet.is_none_or(|reads| self.reads.load(Ordering::Relaxed) == reads)
    }

    /// Tells news that the pool does not have to hear of.
    pub(super) async fn tell(&self, events: Vec<SessionEvent>) -> Result<(), Closed> {
        if events.is_empty() {
            return Ok(());
        }
        let out = self.out.lock().clone().ok_or(Closed)?;
        out.send(Batch::unconfirmed(events)).await.map_err(|_| Closed)
    }

    /// Tells news and waits until it is committed; told again when it was dropped.
    pub(super) async fn deliver(
        &self,
        events: Vec<SessionEvent>,
        resume: Option<ResumePoint>,
    ) -> Result<(), Closed> {
        let mut pause = SHORTEST_PAUSE;
        while !self.offer(events.clone(), resume.clone()).await? {
            pause = rest(pause).await;
        }
        Ok(())
    }

    /// Tells news once; whether it was committed.
    pub(super) async fn offer(
        &self,
        events: Vec<SessionEvent>,
        resume: Option<ResumePoint>,
    ) -> Result<bool, Closed> {
        let out = self.out.lock().clone().ok_or(Closed)?;
        let (batch, confirmation) = Batch::new(events, resume);
        out.send(batch).await.map_err(|_| Closed)?;
        drop(out);
        Ok(confirmation.wait().await)
    }

    /// Has news told and committed soon, without waiting for it: for calls, whose maker may be the
    /// one who commits.
    pub(super) fn tell_soon(&self, events: impl IntoIterator<Item = SessionEvent>) {
        self.untold.lock().extend(events);
        self.untold_due.notify_one();
    }

    /// Tells what was to be told soon, until nobody listens. What events of the pool say meanwhile
    /// goes in between.
    pub(super) async fn tell_untold(&self) -> Closed {
        let mut pause = SHORTEST_PAUSE;
        loop {
            if self.untold.lock().is_empty() {
                self.untold_due.notified().await;
            }
            let turn = self.telling.lock().await;
            let events: Vec<_> = std::mem::take(&mut *self.untold.lock());
            let events: Vec<_> = events.into_iter().filter(|event| self.is_so(event)).collect();
            if events.is_empty() {
                continue;
            }
            match self.offer(events.clone(), None).await {
                Ok(true) => pause = SHORTEST_PAUSE,
                Ok(false) => {
                    drop(turn);
                    self.untold.lock().splice(0..0, events);
                    pause = rest(pause).await;
                }
                Err(closed) => return closed,
            }
        }
    }

    /// Whether news that had to wait still holds: a chat that is said to be open may have ended.
    fn is_so(&self, event: &SessionEvent) -> bool {
        match event {
            SessionEvent::Accepted { chat } | SessionEvent::Reached { chat } => {
                self.chats.lock().by_id.contains_key(chat)
            }
            _ => true,
        }
    }

    /// Waits until nobody receives events any more.
    pub(super) async fn closed(&self) {
        let out = self.out.lock().clone();
        if let Some(out) = out {
            out.closed().await;
        }
    }

    /// Ends the session: the receiver ends after what was told before.
    pub(super) fn end(&self) {
        self.place.send_replace(Place::Over);
        self.settled.send_replace(true);
        self.over.cancel();
        self.out.lock().take();
    }
}

/// An engine that cannot commit must not be flooded with what it cannot take; gives the next pause.
async fn rest(pause: Duration) -> Duration {
    tokio::time::sleep(clock::jittered(pause)).await;
    (pause * 2).min(LONGEST_PAUSE)
}
