//! The search of one index.

use super::arrays::Bits;
use super::entry::EntryId;
use super::fit::likeness;
use super::nicknames::Nicknames;
use super::people::PeopleIndex;
use super::plan::{PlannedWord, Source, Step};
use super::query::QueryWord;
use super::rank::{Circumstances, Likeness, Match, NOT_RECENT, Place};
use super::reach::ReachTable;
use super::top::{Found, Top};
use super::values::Field;

/// Most work of a search: a person passed over counts one, one looked at closely [`CLOSE_LOOK`] for each
/// word. What is found by then is the answer.
const MOST_WORK: u32 = 4_000_000;
const CLOSE_LOOK: u32 = 96;
/// It pays to lay out whom a word fits while these are not more than so many times those looked at.
const WORTHWHILE: u32 = 64;
/// Lists of people with a whole word that are short enough to be looked at first.
const SHORT: u32 = 2_048;

/// What is asked of an index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'a> {
    pub(super) words: &'a [QueryWord],
    pub(super) nicknames: &'a Nicknames,
    pub(super) limit: usize,
    pub(super) reach: &'a ReachTable,
    pub(super) company: Option<&'a str>,
    /// Who was asked last, the latest first.
    pub(super) recent: &'a [EntryId],
    pub(super) skills: &'a [String],
    /// Rows that do not count.
    pub(super) hidden: Option<&'a Bits>,
}

/// The first places, with some more for [`super::top::spread`] to choose from.
pub(super) fn search(index: &PeopleIndex, request: Request<'_>) -> Vec<Found> {
    let Some(allowed) = allowed(index, request.skills) else { return Vec::new() };
    let plan = |word| PlannedWord::new(index, word, request.nicknames);
    let company = request.company.and_then(|company| index.values.find(Field::Company, company));
    let mut run = Run {
        index,
        request,
        words: request.words.iter().enumerate().map(plan).collect(),
        allowed,
        company: company.map_or(0, |value| value + 1),
        recent: request.recent.iter().filter_map(|id| index.row_of(*id)).collect(),
        top: Top::new(request.limit),
        work_left: MOST_WORK,
        close_look: CLOSE_LOOK * request.words.len().max(1) as u32,
    };
    run.all();
    run.top.into_found()
}

/// Those with all the skills; nothing when there is nobody, and nothing within when all are allowed.
fn allowed(index: &PeopleIndex, skills: &[String]) -> Option<Option<Bits>> {
    let mut allowed: Option<Bits> = None;
    for skill in skills {
        let value = index.values.find(Field::Skill, skill)?;
        let mut have = Bits::of_size(index.count() as u32);
        index.values.people.of(value).for_each(|row| have.insert(row));
        if let Some(others) = &allowed {
            have.intersect(others);
        }
        allowed = Some(have);
    }
    Some(allowed)
}

struct Run<'a> {
    index: &'a PeopleIndex,
    request: Request<'a>,
    words: Vec<PlannedWord<'a>>,
    allowed: Option<Bits>,
    /// The number of the shared text and one more; 0 when nobody has it.
    company: u32,
    recent: Vec<u32>,
    top: Top,
    work_left: u32,
    close_look: u32,
}

impl Run<'_> {
    fn all(&mut self) {
        if self.words.is_empty() {
            self.everybody_allowed();
            return;
        }
        self.step(Step::Names);
        if self.top.is_full() {
            return;
        }
        let index = self.index;
        let beside = self.words.iter_mut().map(|word| word.look_in_fields(index));
        if beside.fold(false, |any, found| any | found) {
            self.step(Step::Fields);
        }
        if self.top.is_full() {
            return;
        }
        let typos =
            self.words.iter_mut().filter_map(|word| word.look_for_typos(index).then(|| word.number()));
        let with_typos: Vec<_> = typos.collect();
        for number in &with_typos {
            self.step(Step::OneTypo(*number));
        }
        if self.top.is_empty() && with_typos.len() > 1 {
            self.step(Step::Typos);
        }
    }

    /// Without a word, only skills are asked for.
    fn everybody_allowed(&mut self) {
        let Some(allowed) = self.allowed.take() else { return };
        self.take_recent(|row| allowed.contains(row).then(Likeness::default));
        let mut rows = allowed.iter();
        rows.all(|row| self.pass(row, Likeness::default(), true, |_| Some(Likeness::default())));
    }

    /// Looks at everybody who matches within the step.
    fn step(&mut self, step: Step) {
        let mut words = std::mem::take(&mut self.words);
        words.sort_by_key(|word| word.count(step));
        if words.iter().all(|word| word.count(step) > 0) {
            self.take_recent(|row| likeness(self.index, &words, row, step));
            match words.as_mut_slice() {
                [word] => self.only_word(word, step),
                words => self.several_words(words, step),
            }
        }
        self.words = words;
    }

    fn only_word(&mut self, word: &PlannedWord<'_>, step: Step) {
        let mut sources: Vec<_> = word.sources(step).map(|source| (alone(source), source)).collect();
        sources.sort_by_key(|(likeness, _)| *likeness);
        for (likeness, source) in sources {
            self.scan(source, likeness, |_| true, |_| Some(likeness));
        }
    }

    /// The words stand in the order of how many people they fit.
    fn several_words(&mut self, words: &mut [PlannedWord<'_>], step: Step) {
        let index = self.index;
        // Who matches all words is on the shortest of the lists; laid out as bits, the others tell quickly
        // who is on all of them.
        let shortest = words.first().map_or(0, |word| word.count(step));
        for word in words.iter_mut() {
            if word.count(step) / WORTHWHILE <= shortest {
                word.gather(index, step);
            }
        }
        let words = &*words;
        let may_fit: Vec<_> = words.iter().map(|word| word.who_may_fit(index, step)).collect();
        let may_all = |row: u32| may_fit.iter().all(|fits| fits.contains(row));
        let look = |row| likeness(index, words, row, step);
        let mut costs: Vec<_> = words.iter().map(|word| word.least_cost(step)).collect();
        for (word, cost) in words.iter().zip(&mut costs).skip(1) {
            let whole = || word.whole(step);
            let Some(rest) = word.least_cost_beside_whole(step).filter(|_| *cost == Some(0)) else {
                continue;
            };
            if whole().map(|source| source.count).sum::<u32>() <= SHORT {
                whole().for_each(|source| self.scan(source, Likeness::default(), may_all, look));
                // Those left have no more than the beginning of this word.
                *cost = Some(rest);
            }
        }
        let Some(driver) = words.first() else { return };
        for source in driver.sources(step) {
            let least = least_of(source, &costs, step);
            self.scan(source, least, may_all, look);
        }
    }

    /// Looks at those of a list who may fit; they have `least` at best.
    fn scan(
        &mut self,
        source: Source,
        least: Likeness,
        may_fit: impl Fn(u32) -> bool,
        look: impl Fn(u32) -> Option<Likeness>,
    ) {
        let ascending = source.rows.is_ascending();
        source.rows.each(self.index, |row| !may_fit(row) || self.pass(row, least, ascending, &look));
    }

    /// One person of a list. False when nobody behind can have a place.
    #[inline]
    fn pass(
        &mut self,
        row: u32,
        least: Likeness,
        ascending: bool,
        look: impl FnOnce(u32) -> Option<Likeness>,
    ) -> bool {
        let threshold = self.top.threshold();
        self.work_left = self.work_left.saturating_sub(1);
        let reach = self.request.reach.of(row);
        if Place::new(least, Circumstances { reach, ..Circumstances::BEST }, row) >= threshold {
            let nobody = ascending && Place::new(least, Circumstances::BEST, row) >= threshold;
            return !nobody && self.work_left > 0;
        }
        let circumstances = self.circumstances(row, NOT_RECENT);
        if Place::new(least, circumstances, row) < threshold && self.counts(row) {
            self.work_left = self.work_left.saturating_sub(self.close_look);
            if let Some(likeness) = look(row) {
                self.take(likeness, circumstances, row);
            }
        }
        self.work_left > 0
    }

    /// Those asked recently are looked at first, and then have the better place.
    fn take_recent(&mut self, look: impl Fn(u32) -> Option<Likeness>) {
        for (recent, row) in (0..NOT_RECENT).zip(self.recent.clone()) {
            if self.counts(row)
                && let Some(likeness) = look(row)
            {
                self.take(likeness, self.circumstances(row, recent), row);
            }
        }
    }

    fn take(&mut self, likeness: Likeness, circumstances: Circumstances, row: u32) {
        let found = Found { place: Place::new(likeness, circumstances, row), begun: likeness.begun };
        let index = self.index;
        self.top.push(found, |one, other| index.have_one_name(one, other));
    }

    fn counts(&self, row: u32) -> bool {
        self.allowed.as_ref().is_none_or(|allowed| allowed.contains(row))
            && self.request.hidden.is_none_or(|hidden| !hidden.contains(row))
    }

    fn circumstances(&self, row: u32, recent: u8) -> Circumstances {
        let company = self.index.shared.of(row, Field::Company as usize);
        let other_company = self.request.company.is_some() && (self.company == 0 || company != self.company);
        Circumstances { reach: self.request.reach.of(row), recent, other_company }
    }
}

/// How those of a list match when there is only one word.
fn alone(source: Source) -> Likeness {
    match source.found {
        Some(found) => Likeness::default().with(found),
        None => Likeness { beside: 1, ..Likeness::default() },
    }
}

/// What those on a list of the first word have at best who were not found before. `costs` tells for each
/// word how far it is from exact at best, or nothing when it is only found beside the name.
fn least_of(source: Source, costs: &[Option<u64>], step: Step) -> Likeness {
    let typos = match step {
        Step::Names | Step::Fields => 0,
        Step::OneTypo(_) => 1,
        Step::Typos => 2,
    };
    let mut costs = costs.to_vec();
    if let Some(first) = costs.first_mut() {
        *first = source.found.map(Match::cost);
    }
    let mut beside = costs.iter().filter(|cost| cost.is_none()).count() as u64;
    let mut cost: u64 = costs.iter().flatten().sum();
    if step == Step::Fields && beside == 0 {
        // One word is beside the name, or the person was found before.
        cost -= costs.iter().skip(1).flatten().max().copied().unwrap_or(0);
        beside = 1;
    }
    Likeness { typos, beside, cost, ..Likeness::default() }
}
