//! What all tasks of the engine share, and how they reach each other.

use super::acd::AcdInput;
use super::activity::Activity;
use super::board::Board;
use super::calls::Calls;
use super::command::{Answer, Asked, Refused};
use super::consult::ConsultInput;
use super::directory::Tastes;
use super::duties::Duties;
use super::feed::{Change, Feed, Notice};
use super::floor::Floor;
use super::handover::Links;
use super::interaction::InteractionInput;
use super::line::Lines;
use super::networks::Networks;
use super::own_presence::Shown;
use super::rules::Rules;
use crate::directory::{Addresses, People};
use hookflash_domain::agent::AgentState;
use hookflash_domain::{ConsultId, InteractionId, Timestamp, UserId};
use hookflash_store::Store;
use hookflash_voice::Voice;
use parking_lot::{Mutex, RwLock};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Inputs that may wait in one mailbox; more make the sender wait.
pub(super) const MAILBOX: usize = 64;

/// What all tasks share.
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) voice: Option<Voice>,
    pub(super) feed: Feed,
    pub(super) board: Board,
    pub(super) rules: RwLock<Arc<Rules>>,
    /// Held while the rules are read, so that an older reading never replaces a newer one.
    pub(super) rules_turn: tokio::sync::Mutex<()>,
    pub(super) acd: mpsc::Sender<AcdInput>,
    pub(super) interactions: Mailboxes<InteractionId, InteractionInput>,
    pub(super) consults: Mailboxes<ConsultId, ConsultInput>,
    pub(super) networks: Networks,
    pub(super) calls: Calls,
    pub(super) activity: Activity,
    pub(super) shown: Shown,
    pub(super) duties: Duties,
    pub(super) lines: Lines,
    pub(super) queues_changed: Notify,
    pub(super) floor: Floor,
    pub(super) people: People,
    /// How addresses on the networks are written.
    pub(super) addresses: Addresses,
    pub(super) tastes: Tastes,
    pub(super) links: Option<Links>,
    /// The agents' states as they were found at the start.
    pub(super) seats_at_start: Mutex<Vec<(UserId, AgentState)>>,
    pub(super) stop: CancellationToken,
    pub(super) tasks: TaskTracker,
}

/// The mailboxes of all live tasks of one kind.
pub(super) struct Mailboxes<K, I>(Mutex<HashMap<K, mpsc::Sender<I>>>);

impl<K: Eq + Hash + Copy, I> Default for Mailboxes<K, I> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash + Copy, I> Mailboxes<K, I> {
    /// Opens a mailbox; an older one of that key is replaced.
    pub(super) fn open(&self, key: K) -> mpsc::Receiver<I> {
        let (sender, receiver) = mpsc::channel(MAILBOX);
        self.0.lock().insert(key, sender);
        receiver
    }

    /// Closes a mailbox.
    pub(super) fn close(&self, key: K) {
        self.0.lock().remove(&key);
    }

    /// Puts an input in; gives it back where nobody will read it.
    async fn send(&self, key: K, input: I) -> Result<(), I> {
        let sender = self.0.lock().get(&key).cloned();
        match sender {
            Some(sender) => sender.send(input).await.map_err(|back| back.0),
            None => Err(input),
        }
    }
}

impl Shared {
    /// Puts an input into an interaction's mailbox; false where it is not live. A task that a panic
    /// ended is started again from the store.
    pub(super) async fn to_interaction(self: &Arc<Self>, id: InteractionId, input: InteractionInput) -> bool {
        let Err(input) = self.interactions.send(id, input).await else { return true };
        self.board.interaction(id).is_some()
            && self.revive_interaction(id).await
            && self.interactions.send(id, input).await.is_ok()
    }

    /// The same for a consult.
    pub(super) async fn to_consult(self: &Arc<Self>, id: ConsultId, input: ConsultInput) -> bool {
        let Err(input) = self.consults.send(id, input).await else { return true };
        self.board.consult(id).is_some()
            && self.revive_consult(id).await
            && self.consults.send(id, input).await.is_ok()
    }

    /// The rules in force.
    pub(super) fn rules(&self) -> Arc<Rules> {
        self.rules.read().clone()
    }

    /// Puts a command into a mailbox with `put` and waits for its answer.
    pub(super) async fn ask<C, F>(
        &self,
        user: UserId,
        command_id: Uuid,
        command: C,
        put: impl FnOnce(Asked<C>) -> F,
    ) -> Answer
    where
        F: Future<Output = bool>,
    {
        let (answer, answered) = oneshot::channel();
        let gone = || Refused::new("busy", "The server is stopping or was interrupted. Try again.");
        if !put(Asked { user, command_id, command, answer }).await {
            return Err(gone());
        }
        answered.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Runs `wake` at a moment; stale wake-ups are harmless, so none is ever taken back.
    pub(super) fn wake_at<F>(
        self: &Arc<Self>,
        at: Timestamp,
        wake: impl FnOnce(Arc<Self>) -> F + Send + 'static,
    ) where
        F: Future<Output = ()> + Send,
    {
        let shared = Arc::clone(self);
        self.tasks.spawn(async move {
            let wait_ms = u64::try_from(at.since_ms(crate::clock::now())).unwrap_or_default();
            tokio::select! {
                () = tokio::time::sleep(std::time::Duration::from_millis(wait_ms)) => wake(shared).await,
                () = shared.stop.cancelled() => {}
            }
        });
    }

    /// Tells a user's desk something worth a toast.
    pub(super) fn notice(&self, user: UserId, notice: Notice) {
        self.feed.change(user, Change::Notice(notice));
    }
}
