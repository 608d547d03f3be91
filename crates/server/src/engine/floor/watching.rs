//! Who watches, and telling them.

use super::picture::Picture;
use crate::engine::Engine;
use crate::engine::desk::midnight;
use crate::engine::feed::{Volatile, WindowId};
use crate::engine::shared::Shared;
use hookflash_domain::figures::Totals;
use hookflash_domain::{QueueId, Timestamp, UserId};
use hookflash_store::figures::Stretch;
use parking_lot::Mutex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// Between two tellings: as often as people can see.
const EVERY: Duration = Duration::from_millis(50);
/// Between two readings of the day's sums.
const TODAY_EVERY: Duration = Duration::from_secs(2);
const DAY_MS: i64 = 86_400_000;

/// What the watching windows have, and which they are.
#[derive(Default)]
pub(in crate::engine) struct Floor(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    number: i64,
    picture: Picture,
    today: BTreeMap<QueueId, Totals>,
    watchers: BTreeSet<(UserId, WindowId)>,
}

impl Engine {
    /// Begins to tell a window of the floor: everything first, through the window's own feed.
    pub async fn watch_floor(&self, user: UserId, window: WindowId) {
        let shared = &self.shared;
        shared.read_today().await;
        let inner = &mut *shared.floor.0.lock();
        // The others are told first, so that all have the same picture.
        shared.tell(inner);
        inner.watchers.insert((user, window));
        let whole = Arc::new(inner.picture.whole(inner.number));
        shared.feed.volatile_to_window(user, window, Volatile::Floor(whole));
    }

    /// Tells a window no more.
    pub fn leave_floor(&self, user: UserId, window: WindowId) {
        self.shared.floor.0.lock().watchers.remove(&(user, window));
    }
}

impl Shared {
    /// Tells those who watch of every change, until the engine stops.
    pub(in crate::engine) async fn tell_floor(self: Arc<Self>) {
        let mut today = tokio::time::interval(TODAY_EVERY);
        today.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let is_time = tokio::select! {
                () = self.stop.cancelled() => return,
                () = self.board.changed() => false,
                _ = today.tick() => true,
            };
            if self.floor.0.lock().watchers.is_empty() {
                continue;
            }
            if is_time {
                self.read_today().await;
            }
            self.tell(&mut self.floor.0.lock());
            tokio::time::sleep(EVERY).await;
        }
    }

    fn tell(&self, inner: &mut Inner) {
        let newer = Picture::take(&self.board.everybody(), &self.rules(), &inner.today);
        let Some(news) = inner.picture.changes_to(&newer, inner.number + 1) else { return };
        inner.number = news.number;
        inner.picture = newer;
        let news = Arc::new(news);
        for (user, window) in &inner.watchers {
            self.feed.volatile_to_window(*user, *window, Volatile::Floor(Arc::clone(&news)));
        }
    }

    /// Reads the sums of the day; while the store cannot say, the old ones stay.
    async fn read_today(&self) {
        let from_at = midnight(crate::clock::now());
        // No day is longer than 25 hours, and nothing is over in the future.
        let stretch = Stretch { from_at, to_at: Timestamp(from_at.0.saturating_add(2 * DAY_MS)) };
        match self.store.queue_sums(stretch).await {
            Ok(sums) => {
                let sums = sums.into_iter().map(|sum| (sum.queue_id, sum.totals)).collect();
                self.floor.0.lock().today = sums;
            }
            Err(error) => tracing::debug!(%error, "the day's figures could not be read"),
        }
    }
}
