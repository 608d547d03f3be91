//! The index of everybody, which searches ask and the follower replaces.

use super::follow;
use super::snapshot::Place;
use hookflash_directory::index::{Directory, Entry, EntryId, Nicknames, NicknamesOf, Search};
use hookflash_directory::index::{PeopleBuilder, PeopleIndex};
use hookflash_domain::{PersonId, Presence};
use hookflash_store::Store;
use parking_lot::RwLock;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Everybody who can be asked; clones are the same directory.
#[derive(Clone)]
pub struct People {
    inner: Arc<Inner>,
}

struct Inner {
    /// A value: who searches keeps the one it has.
    directory: RwLock<Followed>,
    nicknames: RwLock<Arc<Nicknames>>,
    changed: Notify,
}

/// A directory, and up to where it follows the store.
#[derive(Clone)]
pub(super) struct Followed {
    pub(super) directory: Directory,
    /// None where it was never made of the store.
    pub(super) revision: Option<i64>,
}

impl Default for People {
    fn default() -> Self {
        let directory = Directory::new(PeopleBuilder::new().finish());
        let inner = Inner {
            directory: RwLock::new(Followed { directory, revision: None }),
            nicknames: RwLock::new(Arc::new(Nicknames::common())),
            changed: Notify::new(),
        };
        Self { inner: Arc::new(inner) }
    }
}

impl People {
    /// Keeps the index as the store is, until told to stop. `snapshot` is the file from which it starts quickly.
    pub async fn follow(self, store: Store, snapshot: PathBuf, stop: CancellationToken) {
        let mut follower = follow::Follower::new(self.clone(), store, Place(snapshot));
        stop.run_until_cancelled(follower.run()).await;
    }

    /// Something was changed by this server: it is looked for at once.
    pub fn changed(&self) {
        self.inner.changed.notify_one();
    }

    pub(super) async fn told_of_change(&self) {
        self.inner.changed.notified().await;
    }

    /// Whether everybody of the store is there; until then searches find nobody.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.inner.directory.read().revision.is_some()
    }

    /// How many people there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.inner.directory.read().directory.count()
    }

    /// The people who fit best, the best first.
    #[must_use]
    pub fn search(&self, wanted: &Search<'_>) -> Vec<Entry> {
        let nicknames = self.inner.nicknames.read().clone();
        self.now().directory.search(wanted, &nicknames)
    }

    /// The entry of that id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<Entry> {
        self.now().directory.entry(id)
    }

    /// The skills that most people have, the most frequent first.
    #[must_use]
    pub fn skills(&self, limit: usize) -> Vec<String> {
        self.now().directory.skills(limit)
    }

    /// Tells how the best network of an entry can be reached, for the order of later searches.
    pub fn tell_reach(&self, entry: &Entry, presence: impl Fn(&PersonId) -> Presence) {
        let best = entry.networks.iter().map(presence).min_by_key(|presence| presence.reach_rank());
        self.now().directory.tell_reach(entry.id, best.unwrap_or(Presence::Unknown));
    }

    /// Searches from now on know these nicknames beside the common ones.
    pub(super) fn know_nicknames(&self, others: &[NicknamesOf]) {
        *self.inner.nicknames.write() = Arc::new(Nicknames::common_and(others));
    }

    pub(super) fn now(&self) -> Followed {
        self.inner.directory.read().clone()
    }

    pub(super) fn replace(&self, followed: Followed) {
        *self.inner.directory.write() = followed;
    }

    /// A directory of everybody anew.
    pub(super) fn begin_anew(&self, index: PeopleIndex, revision: i64) {
        self.replace(Followed { directory: Directory::new(index), revision: Some(revision) });
    }
}
