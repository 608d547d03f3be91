//! Where each word of a search is found.

mod look;
mod rows;
mod step;

use super::arrays::Bits;
use super::crowds::DenseRows;
use super::people::PeopleIndex;
use super::query::QueryWord;
use super::ranges::Ranges;
use super::rank::Match;
use super::scratch::ScratchRows;
use rows::RowSet;

pub(super) use rows::{MayFit, Source};
pub(super) use step::Step;

/// One word of a search against one index.
#[derive(Debug)]
pub(super) struct PlannedWord<'q> {
    pub(super) word: &'q QueryWord,
    names: Vec<Source>,
    name_ranges: Ranges,
    fields: Vec<Source>,
    values: Option<Bits>,
    /// Those with such an e-mail address or telephone number.
    reached_so: RowSet,
    typos: Vec<Source>,
    typo_ranges: Ranges,
    /// Everybody whose name has the word, if that is all on one list of very many.
    crowd: Option<u32>,
    /// Everybody whom the word fits, by [`Kind`].
    rows: [Option<ScratchRows>; 3],
    /// Which word of the search.
    number: usize,
}

/// In which ways a word may fit within a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Names = 0,
    Fields = 1,
    Typos = 2,
    /// Not laid out.
    All = 3,
}

impl<'q> PlannedWord<'q> {
    /// Which word of the search.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// The lists of all who match the word within the step.
    pub(super) fn sources(&self, step: Step) -> impl Iterator<Item = Source> + '_ {
        let only_typos = step == Step::OneTypo(self.number);
        let names = if only_typos { &[] } else { self.names.as_slice() };
        let fields = if step.has_fields() && !only_typos { self.fields.as_slice() } else { &[] };
        let typos = if only_typos || step == Step::Typos { self.typos.as_slice() } else { &[] };
        names.iter().chain(fields).chain(typos).copied()
    }

    /// How far from exact the word is in the step at best; nothing when it is only found beside the name.
    pub(super) fn least_cost(&self, step: Step) -> Option<u64> {
        match self.kind(step) {
            Kind::Typos | Kind::All => Some(0),
            Kind::Names | Kind::Fields => {
                self.names.iter().filter_map(|source| source.found).min().map(|found| {
                    // The spelling of what is found exactly is not told apart.
                    if found < Match::BEGINNING { 0 } else { found.cost() }
                })
            }
        }
    }

    /// Lays out everybody whom the word fits within the step, to be asked with [`Self::may_fit`].
    pub(super) fn gather(&mut self, index: &PeopleIndex, step: Step) {
        let kind = self.kind(step);
        let known = self.rows.get(kind as usize).is_none_or(Option::is_some);
        if known || self.crowd(index, step).is_some() {
            return;
        }
        let mut rows = ScratchRows::of_size(index.count() as u32);
        for source in self.sources(step) {
            source.rows.each(index, |row| {
                rows.insert(row);
                true
            });
        }
        if let Some(place) = self.rows.get_mut(kind as usize) {
            *place = Some(rows);
        }
    }

    /// Who the word may fit within the step: everybody, when that was not gathered.
    pub(super) fn who_may_fit<'i>(&'i self, index: &'i PeopleIndex, step: Step) -> MayFit<'i> {
        match (self.crowd(index, step), self.rows.get(self.kind(step) as usize)) {
            (Some(crowd), _) => MayFit::Crowd(crowd),
            (None, Some(Some(rows))) => MayFit::Rows(rows),
            (None, _) => MayFit::Anybody,
        }
    }

    fn crowd<'i>(&self, index: &'i PeopleIndex, step: Step) -> Option<DenseRows<'i>> {
        let all_by_name = match self.kind(step) {
            Kind::Names => true,
            Kind::Fields => self.fields.is_empty(),
            Kind::Typos | Kind::All => false,
        };
        self.crowd.filter(|_| all_by_name).and_then(|crowd| index.crowds.bits_of(crowd))
    }

    fn kind(&self, step: Step) -> Kind {
        match step {
            Step::Names => Kind::Names,
            Step::OneTypo(number) if number == self.number => Kind::Typos,
            Step::Fields | Step::OneTypo(_) if self.fields.is_empty() => Kind::Names,
            Step::Fields | Step::OneTypo(_) => Kind::Fields,
            Step::Typos => Kind::All,
        }
    }

    /// How many there are, at most.
    pub(super) fn count(&self, step: Step) -> u32 {
        self.sources(step).map(|source| source.count).fold(0, u32::saturating_add)
    }

    /// The lists of those whose name has the whole word, with as many errors as the step forgives.
    pub(super) fn whole(&self, step: Step) -> impl Iterator<Item = Source> + '_ {
        let sources = if self.kind(step) == Kind::Typos { &self.typos } else { &self.names };
        sources.iter().filter(|source| source.found.is_some_and(Match::is_whole)).copied()
    }

    /// How far from exact those are at best who are on none of these lists; nothing when that is not known.
    pub(super) fn least_cost_beside_whole(&self, step: Step) -> Option<u64> {
        match self.kind(step) {
            Kind::Names | Kind::Fields => Some(Match::BEGINNING.cost()),
            Kind::Typos => Some(Match::BEGINNING_TYPO.cost()),
            Kind::All => None,
        }
    }

    #[inline]
    pub(super) fn of_token(&self, token: u32, step: Step) -> Match {
        if step == Step::OneTypo(self.number) {
            return self.typo_ranges.of_token(token);
        }
        let found = self.name_ranges.of_token(token);
        if found == Match::NONE && step == Step::Typos { self.typo_ranges.of_token(token) } else { found }
    }

    /// Whether another field than the name has the word.
    #[inline]
    pub(super) fn is_beside(&self, index: &PeopleIndex, row: u32, step: Step) -> bool {
        if self.fields.is_empty() || !step.has_fields() || step == Step::OneTypo(self.number) {
            return false;
        }
        let values = self.values.as_ref();
        let is_value =
            values.is_some_and(|values| index.shared.values(row).any(|value| values.contains(value)));
        is_value || self.reached_so.contains(row)
    }
}
