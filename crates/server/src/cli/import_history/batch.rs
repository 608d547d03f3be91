//! Lines on their way into the store: many to a transaction, a few transactions at once.

use super::tally::Tally;
use hookflash_domain::InteractionId;
use hookflash_store::{Store, StoreError, Write};
use std::time::Duration;
use tokio::task::JoinSet;

/// Writes that fill a batch; the store takes a thousand, and one interaction may have fifty.
const FULL: usize = 900;
/// Batches under way at once: one is written while others are made.
const UNDER_WAY: usize = 4;
/// How often a batch is tried while the database is not available, and how long apart.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_secs(1);

/// What one line comes to.
pub(super) struct Item {
    pub(super) line: u64,
    /// How it is known again, where it is an interaction.
    pub(super) id: Option<InteractionId>,
    pub(super) writes: Vec<Write>,
}

/// What came of a batch.
#[derive(Default)]
struct Done {
    imported: u64,
    there: u64,
    refused: Vec<(u64, String)>,
}

/// Gathers lines and sends them.
pub(super) struct Batches {
    store: Store,
    items: Vec<Item>,
    writes: usize,
    under_way: JoinSet<anyhow::Result<Done>>,
}

impl Batches {
    pub(super) fn new(store: Store) -> Self {
        Self { store, items: Vec::new(), writes: 0, under_way: JoinSet::new() }
    }

    pub(super) async fn add(&mut self, item: Item, tally: &mut Tally) -> anyhow::Result<()> {
        self.writes += item.writes.len();
        self.items.push(item);
        if self.writes < FULL {
            return Ok(());
        }
        while self.under_way.len() >= UNDER_WAY {
            self.settle_one(tally).await?;
        }
        self.send();
        Ok(())
    }

    pub(super) async fn finish(mut self, tally: &mut Tally) -> anyhow::Result<()> {
        self.send();
        while !self.under_way.is_empty() {
            self.settle_one(tally).await?;
        }
        Ok(())
    }

    fn send(&mut self) {
        self.writes = 0;
        let items = std::mem::take(&mut self.items);
        self.under_way.spawn(carry_out(self.store.clone(), items));
    }

    async fn settle_one(&mut self, tally: &mut Tally) -> anyhow::Result<()> {
        let Some(done) = self.under_way.join_next().await else { return Ok(()) };
        let done = done??;
        tally.imported += done.imported;
        tally.there += done.there;
        done.refused.iter().try_for_each(|(line, reason)| tally.refuse(*line, reason))
    }
}

async fn carry_out(store: Store, mut items: Vec<Item>) -> anyhow::Result<Done> {
    let mut done = Done::default();
    let ids: Vec<_> = items.iter().filter_map(|item| item.id).collect();
    let known = store.known_interactions(&ids).await?;
    let before = items.len();
    items.retain(|item| item.id.is_none_or(|id| !known.contains(&id)));
    done.there += (before - items.len()) as u64;
    let all = items.iter().flat_map(|item| item.writes.iter().cloned()).collect();
    if matches!(commit(&store, all).await?, Came::In) {
        done.imported += items.len() as u64;
        return Ok(done);
    }
    // One of them is there already, or is refused: which one is found by trying each.
    for item in items {
        match commit(&store, item.writes).await? {
            Came::In => done.imported += 1,
            Came::There => done.there += 1,
            Came::Refused(reason) => done.refused.push((item.line, reason)),
        }
    }
    Ok(done)
}

/// What the store said.
enum Came {
    In,
    There,
    Refused(String),
}

async fn commit(store: &Store, writes: Vec<Write>) -> anyhow::Result<Came> {
    let mut tries = 0;
    loop {
        match store.commit(writes.clone()).await {
            Ok(_) => return Ok(Came::In),
            Err(StoreError::Duplicate(_)) => return Ok(Came::There),
            Err(error @ (StoreError::Refused(_) | StoreError::NulCharacter(_) | StoreError::TooLong(_))) => {
                return Ok(Came::Refused(error.to_string()));
            }
            Err(StoreError::Unavailable(_) | StoreError::Busy) if tries < TRIES => {
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}
