//! The directory: an index, what has changed since it was built, and who can be reached.

use super::arrays::Bits;
use super::build::PeopleBuilder;
use super::entry::{Entry, EntryId, EntryRefused};
use super::name::{is_one_name, name_tokens, name_words, sort_name};
use super::nicknames::Nicknames;
use super::people::PeopleIndex;
use super::query::parse;
use super::reach::ReachTable;
use super::search::{Request, search};
use super::top::{Found, spread};
use super::values::Field;
use hookflash_domain::Presence;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is searched for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search<'a> {
    /// What was typed. Only the first 200 letters and six words count.
    pub text: &'a str,
    /// Only people with all of these skills, written as in the entry; with no text, all of them.
    pub skills: &'a [String],
    /// The company of who is asking, written as in the entry: others come behind.
    pub company: Option<&'a str>,
    /// Who was asked recently by this agent or team, the latest first. Only the first
    /// [`Search::MAX_RECENT`] count.
    pub recent: &'a [EntryId],
    /// Most people to find; at most [`Search::MAX_FOUND`].
    pub limit: usize,
}

impl Search<'_> {
    /// Most people that one search finds.
    pub const MAX_FOUND: usize = 100;
    /// Most people asked recently that are looked at.
    pub const MAX_RECENT: usize = 50;
}

/// A change of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new entry, or another state of a known one.
    Put(Box<Entry>),
    /// The entry is gone.
    Remove(EntryId),
}

/// A directory at one moment. It is never changed: a change gives a new one, which shares the index with
/// the one before. Only who can be reached is told to the directory itself.
///
/// Changes lie over the index and make it slower the more they are. Now and then, on a thread of its own,
/// the caller lets [`Directory::rebuild`] make a new index of everything, and then takes
/// [`Directory::rebased`] of the directory of that moment.
#[derive(Debug, Clone)]
pub struct Directory {
    base: Arc<PeopleIndex>,
    base_reach: Arc<ReachTable>,
    /// The changed entries.
    overlay: Arc<PeopleIndex>,
    overlay_reach: Arc<ReachTable>,
    /// Rows of the base that have changed or are gone.
    hidden: Arc<Bits>,
    /// The last change of each entry, and its number.
    changes: Arc<BTreeMap<EntryId, (u64, Change)>>,
    change_count: u64,
}

impl Directory {
    /// Most entries that may lie over the index; beyond it changes are refused until it is rebuilt.
    pub const MAX_CHANGES: usize = 50_000;

    /// The people of an index. Nothing is known of whether they can be reached.
    #[must_use]
    pub fn new(index: PeopleIndex) -> Self {
        Self {
            base_reach: Arc::new(ReachTable::unknown(index.count())),
            hidden: Arc::new(Bits::of_size(index.count() as u32)),
            base: Arc::new(index),
            overlay: Arc::default(),
            overlay_reach: Arc::default(),
            changes: Arc::default(),
            change_count: 0,
        }
    }

    /// How many people there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.base.count() - self.hidden.iter().count() + self.overlay.count()
    }

    /// How many entries lie over the index: when these are some thousands it is time to rebuild.
    #[must_use]
    pub fn changed_count(&self) -> usize {
        self.changes.len()
    }

    /// How many changes there have been. What [`Directory::rebased`] needs to know of the directory that
    /// was rebuilt.
    #[must_use]
    pub fn change_count(&self) -> u64 {
        self.change_count
    }

    /// The index below the changes, for a snapshot.
    #[must_use]
    pub fn index(&self) -> &PeopleIndex {
        &self.base
    }

    /// The entry of that id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<Entry> {
        match self.changes.get(&id) {
            Some((_, Change::Put(entry))) => Some(Entry::clone(entry)),
            Some((_, Change::Remove(_))) => None,
            None => self.base.row_of(id).map(|row| self.base.entry(row)),
        }
    }

    /// The skills that most people have, the most frequent first. Who has changed lately is counted as before and as
    /// now.
    #[must_use]
    pub fn skills(&self, limit: usize) -> Vec<String> {
        let mut counts = BTreeMap::<&str, u32>::new();
        for index in [&self.base, &self.overlay] {
            for (skill, count) in index.values.all(Field::Skill).filter(|(_, count)| *count > 0) {
                *counts.entry(skill).or_default() += count;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts.into_iter().take(limit).map(|(skill, _)| skill.to_owned()).collect()
    }

    /// Tells how an entry's best network can be reached (see [`super::best_network`]). True when there is
    /// such an entry.
    pub fn tell_reach(&self, id: EntryId, presence: Presence) -> bool {
        let (index, reach) = if self.changes.contains_key(&id) {
            (&self.overlay, &self.overlay_reach)
        } else {
            (&self.base, &self.base_reach)
        };
        let row = index.row_of(id);
        if let Some(row) = row {
            reach.set(row, presence.reach_rank());
        }
        row.is_some()
    }

    /// The directory after the changes, the later over the earlier.
    ///
    /// # Errors
    /// An entry is too large, or too much has changed since the index was built; no change counts then.
    pub fn with_changes(&self, changes: impl IntoIterator<Item = Change>) -> Result<Self, EntryRefused> {
        let mut all = BTreeMap::clone(&self.changes);
        let mut change_count = self.change_count;
        for change in changes {
            change_count += 1;
            let id = match &change {
                Change::Put(entry) => entry.id,
                Change::Remove(id) => *id,
            };
            all.insert(id, (change_count, change));
            if all.len() > Self::MAX_CHANGES {
                return Err(EntryRefused::TooMany { field: "changes", limit: Self::MAX_CHANGES });
            }
        }
        self.over(&self.base, &self.base_reach, all, change_count)
    }

    /// A new index with all changes in it; only reads, and takes seconds for a million people.
    ///
    /// # Errors
    /// The index is full.
    pub fn rebuild(&self) -> Result<PeopleIndex, EntryRefused> {
        let mut builder = PeopleBuilder::new();
        for row in (0..self.base.count() as u32).filter(|row| !self.hidden.contains(*row)) {
            builder.push(&self.base.entry(row))?;
        }
        for row in 0..self.overlay.count() as u32 {
            builder.push(&self.overlay.entry(row))?;
        }
        Ok(builder.finish())
    }

    /// This directory over a new index, which was rebuilt of a directory with that many changes
    /// ([`Directory::change_count`]). Changes since then lie over it.
    ///
    /// # Errors
    /// None that were not refused before.
    pub fn rebased(&self, rebuilt: PeopleIndex, change_count: u64) -> Result<Self, EntryRefused> {
        let since = self.changes.iter().filter(|(_, (number, _))| *number > change_count);
        let since = since.map(|(id, change)| (*id, change.clone())).collect();
        let reach = ReachTable::unknown(rebuilt.count());
        for (index, known) in [(&self.base, &self.base_reach), (&self.overlay, &self.overlay_reach)] {
            for (row, rank) in known.known() {
                if let Some(row) = rebuilt.row_of(index.record(row).id()) {
                    reach.set(row, rank);
                }
            }
        }
        self.over(&Arc::new(rebuilt), &Arc::new(reach), since, self.change_count)
    }

    fn over(
        &self,
        base: &Arc<PeopleIndex>,
        base_reach: &Arc<ReachTable>,
        changes: BTreeMap<EntryId, (u64, Change)>,
        change_count: u64,
    ) -> Result<Self, EntryRefused> {
        let mut builder = PeopleBuilder::new();
        let mut hidden = Bits::of_size(base.count() as u32);
        for (id, (_, change)) in &changes {
            if let Some(row) = base.row_of(*id) {
                hidden.insert(row);
            }
            if let Change::Put(entry) = change {
                builder.push(entry)?;
            }
        }
        let overlay = builder.finish();
        let reach = ReachTable::unknown(overlay.count());
        for row in 0..overlay.count() as u32 {
            reach.set(row, self.reach_of(overlay.record(row).id()));
        }
        Ok(Self {
            base: Arc::clone(base),
            base_reach: Arc::clone(base_reach),
            overlay: Arc::new(overlay),
            overlay_reach: Arc::new(reach),
            hidden: Arc::new(hidden),
            changes: Arc::new(changes),
            change_count,
        })
    }

    fn reach_of(&self, id: EntryId) -> u8 {
        let of = |index: &PeopleIndex, reach: &ReachTable| index.row_of(id).map(|row| reach.of(row));
        let known = of(&self.overlay, &self.overlay_reach).or_else(|| of(&self.base, &self.base_reach));
        known.unwrap_or(Presence::Unknown.reach_rank())
    }

    /// The people who fit best, the best first. An empty search finds nobody.
    #[must_use]
    pub fn search(&self, wanted: &Search<'_>, nicknames: &Nicknames) -> Vec<Entry> {
        let words = parse(wanted.text);
        let limit = wanted.limit.min(Search::MAX_FOUND);
        if limit == 0 {
            return Vec::new();
        }
        let request = Request {
            words: &words,
            nicknames,
            limit,
            reach: &self.base_reach,
            company: wanted.company,
            recent: wanted.recent.get(..Search::MAX_RECENT).unwrap_or(wanted.recent),
            skills: wanted.skills,
            hidden: (!self.changes.is_empty()).then_some(&*self.hidden),
        };
        let of_base = search(&self.base, request);
        if self.overlay.count() == 0 {
            let same =
                |one: &Found, other: &Found| self.base.have_one_name(one.place.row(), other.place.row());
            let shown = spread(&of_base, limit, |found| found.begun, same);
            return shown.iter().map(|found| self.base.entry(found.place.row())).collect();
        }
        let over = Request { reach: &self.overlay_reach, hidden: None, ..request };
        let of_overlay = search(&self.overlay, over).into_iter().map(|found| (found, &self.overlay));
        merge(of_base.into_iter().map(|found| (found, &self.base)).chain(of_overlay), limit)
    }
}

/// The best of two indexes.
fn merge<'i>(found: impl Iterator<Item = (Found, &'i Arc<PeopleIndex>)>, limit: usize) -> Vec<Entry> {
    let mut found: Vec<_> = found
        .map(|(found, index)| {
            let entry = index.entry(found.place.row());
            let words = name_words(&entry);
            (found, sort_name(&words), name_tokens(&words), entry)
        })
        .collect();
    found.sort_by(|a, b| {
        let places = a.0.place.without_row().cmp(&b.0.place.without_row());
        places.then_with(|| a.1.cmp(&b.1)).then_with(|| a.3.id.cmp(&b.3.id))
    });
    // An index forgives several errors when it has nobody with one; the other may have.
    if found.first().is_some_and(|(first, ..)| first.place.typos() <= 1) {
        found.retain(|(found, ..)| found.place.typos() <= 1);
    }
    let all: Vec<_> = found.iter().collect();
    let shown = spread(&all, limit, |one| one.0.begun, |one, other| is_one_name(&one.2, &other.2));
    shown.into_iter().map(|(_, _, _, entry)| entry.clone()).collect()
}
