//! One live state a person, and the rules by which it changes.

use super::watchers::{WatchChange, WatchRefused, WatcherId, Watchers};
use hookflash_domain::{PersonId, Presence, PresenceReport, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// What is known at present of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveState<S> {
    /// The presence, with the moment at which it was told.
    pub report: PresenceReport,
    /// The signed-in agent through whom it was told.
    pub source: S,
}

/// Bounds of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardLimits {
    /// Most people on one desk.
    pub people_per_watcher: usize,
    /// Most people watched through one source; what the network's capabilities allow.
    pub people_per_source: usize,
    /// Most desks.
    pub watchers: usize,
}

impl Default for BoardLimits {
    fn default() -> Self {
        Self { people_per_watcher: 100, people_per_source: 100, watchers: 10_000 }
    }
}

/// The same told again within this time is no news; later it is, as screens show of when it is.
const REPEATED_WITHIN_MS: u64 = 30_000;

/// Presence of the people on somebody's screen. `S` names a source: the signed-in agent through whom
/// a network is watched.
#[derive(Debug)]
pub struct PresenceBoard<S> {
    limits: BoardLimits,
    watchers: Watchers<S>,
    live: BTreeMap<PersonId, Live<S>>,
}

/// A live state, and who else keeps it up to date.
#[derive(Debug)]
struct Live<S> {
    state: LiveState<S>,
    /// Sources that have told the person's presence since their link came up.
    through: BTreeSet<S>,
}

impl<S: Ord + Clone> PresenceBoard<S> {
    /// An empty board.
    #[must_use]
    pub fn new(limits: BoardLimits) -> Self {
        Self { limits, watchers: Watchers::new(), live: BTreeMap::new() }
    }

    /// A desk shows these people, seen through its source. Gives back what the sources are to watch
    /// where that has changed.
    ///
    /// # Errors
    /// When a limit is passed; nothing has changed then.
    pub fn show(
        &mut self,
        watcher: WatcherId,
        source: S,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<Vec<WatchChange<S>>, WatchRefused> {
        let limits = self.limits;
        let beyond = limits.people_per_watcher.saturating_add(1);
        let people: BTreeSet<_> = people.into_iter().take(beyond).collect();
        if people.len() > limits.people_per_watcher {
            return Err(WatchRefused::TooManyForWatcher { limit: limits.people_per_watcher });
        }
        if !self.watchers.knows(&watcher) && self.watchers.desk_count() >= limits.watchers {
            return Err(WatchRefused::TooManyWatchers { limit: limits.watchers });
        }
        if self.watchers.count_with(&watcher, &source, &people) > limits.people_per_source {
            return Err(WatchRefused::TooManyForSource { limit: limits.people_per_source });
        }
        let changed = self.watchers.set(watcher, source, people);
        Ok(self.follow(changed))
    }

    /// A desk is gone.
    pub fn leave(&mut self, watcher: &WatcherId) -> Vec<WatchChange<S>> {
        let changed = self.watchers.remove(watcher);
        self.follow(changed)
    }

    /// A network told a presence. Gives back the desks that show the person, if this is news: late
    /// news and news about people on no screen change nothing, and neither does what one source has
    /// just told and another repeats, however many sources watch the person. Who begins to show
    /// somebody is to be told what is known; see [`Self::state`].
    pub fn told(&mut self, source: &S, person: &PersonId, report: PresenceReport) -> Vec<WatcherId> {
        if !self.watchers.watches(source, person) {
            return Vec::new();
        }
        let state = LiveState { report, source: source.clone() };
        let Some(known) = self.live.get_mut(person) else {
            self.live.insert(person.clone(), Live { state, through: BTreeSet::from([source.clone()]) });
            return self.watchers.looking_at(person);
        };
        known.through.insert(source.clone());
        if known.state.report.at > state.report.at || repeats(&known.state.report, &state.report) {
            return Vec::new();
        }
        known.state = state;
        self.watchers.looking_at(person)
    }

    /// A source's link is down or it has signed out: what it told last may be true no more, unless
    /// another source that watches the person tells of changes too. Gives back whose state has become
    /// unknown, and the desks that show them.
    pub fn lost(&mut self, source: &S, now: Timestamp) -> Vec<(PersonId, Vec<WatcherId>)> {
        let unknown = PresenceReport::new(Presence::Unknown, now);
        let mut expired = Vec::new();
        for (person, live) in &mut self.live {
            live.through.remove(source);
            if live.state.source != *source {
                continue;
            }
            live.through.retain(|other| self.watchers.watches(other, person));
            if let Some(other) = live.through.first() {
                live.state.source = other.clone();
            } else if live.state.report.presence != Presence::Unknown {
                live.state.report = unknown.clone();
                expired.push((person.clone(), self.watchers.looking_at(person)));
            }
        }
        expired
    }

    /// What is known of a person; nothing when nobody shows them or nothing was told yet.
    #[must_use]
    pub fn state(&self, person: &PersonId) -> Option<&LiveState<S>> {
        self.live.get(person).map(|live| &live.state)
    }

    /// Whether a desk shows a person.
    #[must_use]
    pub fn shows(&self, watcher: &WatcherId, person: &PersonId) -> bool {
        self.watchers.shows(watcher, person)
    }

    /// Everybody that a source is to watch, as after a new sign-in.
    #[must_use]
    pub fn watched_by(&self, source: &S) -> Vec<PersonId> {
        self.watchers.of_source(source)
    }

    /// Forgets people on no screen and tells the new sets of the changed sources.
    fn follow(&mut self, changed: BTreeSet<S>) -> Vec<WatchChange<S>> {
        if !changed.is_empty() {
            self.live.retain(|person, _| self.watchers.is_watched(person));
        }
        let of = |source: S| WatchChange { people: self.watchers.of_source(&source), source };
        changed.into_iter().map(of).collect()
    }
}

/// Whether a report says what is known, and not much later. Since when it is so, each source sees for
/// itself a little later or earlier.
fn repeats(known: &PresenceReport, report: &PresenceReport) -> bool {
    let soon = |known: Timestamp, later: Timestamp| later.0.abs_diff(known.0) < REPEATED_WITHIN_MS;
    let since = match (known.since, report.since) {
        (Some(known), Some(later)) => soon(known, later),
        (known, later) => known == later || later.is_none(),
    };
    let others_equal = PresenceReport { at: known.at, since: known.since, ..report.clone() } == *known;
    soon(known.at, report.at) && since && others_equal
}

#[cfg(test)]
mod tests;
