//! Keeps the index as the store is, whoever changed it: this server, another one, or the command line.
//!
//! A few changes are laid over the index; after many, or when a source was switched, it is made anew while searches
//! still ask the one before.

use super::people::{Followed, People};
use super::rows::{entries, list_of_text};
use super::snapshot::Place;
use crate::ids::new_id;
use hookflash_directory::index::{Change, EntryId, PeopleBuilder, PeopleIndex};
use hookflash_store::{Store, StoreError};
use std::collections::BTreeSet;
use std::time::Duration;
use uuid::Uuid;

/// How often it is looked whether somebody else has changed something.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// More changed entries than these are not laid over the index: it is made anew.
const MOST_LAID_OVER: i64 = 20_000;
/// When so many lie over the index, it is built with them in it.
const REBUILD_AT: usize = 5_000;
/// Entries, or rows, read at a time.
const PAGE: usize = 1_000;

/// Why the index could not follow.
#[derive(Debug, thiserror::Error)]
enum NotFollowed {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the index was not built: {0}")]
    Build(String),
}

/// What follows the store.
pub(super) struct Follower {
    people: People,
    store: Store,
    place: Place,
    /// Whether a snapshot was looked for.
    started: bool,
    /// The revision of the administrator's nicknames that searches know.
    nicknames: Option<i64>,
}

impl Follower {
    pub(super) fn new(people: People, store: Store, place: Place) -> Self {
        Self { people, store, place, started: false, nicknames: None }
    }

    /// Follows without end.
    pub(super) async fn run(&mut self) {
        let mut in_trouble = false;
        loop {
            let began = crate::clock::monotonic();
            match self.catch_up().await {
                Ok(()) => in_trouble = false,
                Err(error) if in_trouble => tracing::debug!(%error, "the directory still does not follow"),
                Err(error) => {
                    in_trouble = true;
                    tracing::warn!(%error, "the directory does not follow; searches find who was there before");
                }
            }
            // An import of many makes the index anew again and again: it rests at least as long as it worked.
            tokio::time::sleep(crate::clock::monotonic().duration_since(began)).await;
            tokio::select! {
                () = self.people.told_of_change() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Brings the index to the present state of the store.
    async fn catch_up(&mut self) -> Result<(), NotFollowed> {
        let clock = self.store.people_clock().await?;
        let Some(identity) = clock.identity else {
            self.store.name_people_clock(new_id()).await?;
            return Box::pin(self.catch_up()).await;
        };
        if self.nicknames != Some(clock.nicknames_revision) {
            self.read_nicknames().await?;
        }
        if !self.started {
            self.started = true;
            self.start_from_snapshot(identity, clock.whole_revision, clock.revision).await?;
        }
        let known = self.people.now().revision.filter(|known| *known >= clock.whole_revision);
        // A database that was brought back from a copy is behind.
        let Some(known) = known.filter(|known| *known <= clock.revision) else {
            return self.make_anew(identity, clock.revision).await;
        };
        if known == clock.revision {
            return Ok(());
        }
        let changed = self.store.changed_entries(known, MOST_LAID_OVER + 1).await?;
        if changed.len() as i64 > MOST_LAID_OVER {
            return self.make_anew(identity, clock.revision).await;
        }
        self.lay_over(&changed, clock.revision).await?;
        if self.people.now().directory.changed_count() >= REBUILD_AT {
            self.rebuild(identity).await?;
        }
        Ok(())
    }

    /// They are asked for with each search and are in no index, so a snapshot may be of any age.
    async fn read_nicknames(&mut self) -> Result<(), NotFollowed> {
        let (revision, rows) = self.store.nicknames().await?;
        let others: Vec<_> = rows.into_iter().map(|row| (row.name, list_of_text(&row.nicknames))).collect();
        self.people.know_nicknames(&others);
        self.nicknames = Some(revision);
        Ok(())
    }

    async fn start_from_snapshot(
        &self,
        identity: Uuid,
        whole_revision: i64,
        revision: i64,
    ) -> Result<(), NotFollowed> {
        let place = self.place.clone();
        let read = blocking(move || place.read(identity)).await?;
        if let Some((index, of)) = read.filter(|(_, of)| (whole_revision..=revision).contains(of)) {
            tracing::info!(people = index.count(), "the directory starts from its snapshot");
            self.people.begin_anew(index, of);
        }
        Ok(())
    }

    async fn lay_over(&self, changed: &[Uuid], revision: i64) -> Result<(), NotFollowed> {
        let mut changes = Vec::with_capacity(changed.len());
        for some in changed.chunks(PAGE) {
            let mut gone: BTreeSet<Uuid> = some.iter().copied().collect();
            for entry in entries(self.store.people_of_entries(some).await?) {
                gone.remove(&entry.id.0);
                changes.push(Change::Put(Box::new(entry)));
            }
            changes.extend(gone.into_iter().map(|id| Change::Remove(EntryId(id))));
        }
        let before = self.people.now().directory;
        let after = blocking(move || before.with_changes(changes)).await?;
        let directory = after.map_err(|error| NotFollowed::Build(error.to_string()))?;
        self.people.replace(Followed { directory, revision: Some(revision) });
        Ok(())
    }

    /// Builds the index with what lies over it.
    async fn rebuild(&self, identity: Uuid) -> Result<(), NotFollowed> {
        let Followed { directory, revision } = self.people.now();
        let place = self.place.clone();
        let rebuilt = blocking(move || {
            let index = directory.rebuild()?;
            keep(&place, &index, identity, revision);
            directory.rebased(index, directory.change_count())
        });
        let directory = rebuilt.await?.map_err(|error| NotFollowed::Build(error.to_string()))?;
        self.people.replace(Followed { directory, revision });
        self.forget_gone(revision.unwrap_or_default()).await
    }

    /// Makes the index of everybody in the store.
    async fn make_anew(&self, identity: Uuid, revision: i64) -> Result<(), NotFollowed> {
        let mut builder = PeopleBuilder::new();
        let mut after = Uuid::nil();
        loop {
            let mut rows = self.store.people_after(after, PAGE as i64).await?;
            let is_last = rows.len() < PAGE;
            let Some(last) = rows.last().map(|row| row.row.entry_id) else { break };
            // The last one may be cut off, and is read again; but not where the page is of nobody else.
            if !is_last && rows.first().is_some_and(|first| first.row.entry_id != last) {
                rows.retain(|row| row.row.entry_id != last);
            }
            after = rows.last().map_or(last, |row| row.row.entry_id);
            builder = blocking(move || push(builder, rows)).await??;
            if is_last {
                break;
            }
        }
        let place = self.place.clone();
        let index = blocking(move || {
            let index = builder.finish();
            if index.count() > 0 {
                keep(&place, &index, identity, Some(revision));
            }
            index
        });
        let index = index.await?;
        tracing::info!(people = index.count(), "the directory was made anew");
        self.people.begin_anew(index, revision);
        self.forget_gone(revision).await
    }

    async fn forget_gone(&self, until: i64) -> Result<(), NotFollowed> {
        while self.store.forget_gone_entries(until).await? > 0 {}
        Ok(())
    }
}

fn push(
    mut builder: PeopleBuilder,
    rows: Vec<hookflash_store::people::PlacedPerson>,
) -> Result<PeopleBuilder, NotFollowed> {
    for entry in entries(rows) {
        builder.push(&entry).map_err(|error| NotFollowed::Build(error.to_string()))?;
    }
    Ok(builder)
}

/// Writes the snapshot; without one the next start takes longer.
fn keep(place: &Place, index: &PeopleIndex, identity: Uuid, revision: Option<i64>) {
    if let Some(revision) = revision
        && let Err(error) = place.write(index, identity, revision)
    {
        tracing::warn!(%error, "the directory's snapshot was not written");
    }
}

/// Runs what takes long beside the threads that answer.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, NotFollowed> {
    tokio::task::spawn_blocking(work).await.map_err(|error| NotFollowed::Build(error.to_string()))
}
