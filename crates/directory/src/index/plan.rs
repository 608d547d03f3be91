//! Where each word of a search is found.

use super::arrays::{Bits, part};
use super::crowds::DenseRows;
use super::nicknames::Nicknames;
use super::people::PeopleIndex;
use super::query::QueryWord;
use super::ranges::Ranges;
use super::rank::Match;
use super::scratch::ScratchRows;
use super::trie::Cursor;
use super::typo::{forgives, may_lack_one, one_error, one_letter_more};

/// How far a search goes; each step is only taken when the ones before found too few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Every word is of the name.
    Names,
    /// Words may also be of another field.
    Fields,
    /// And the word of that number, of the name, has an error.
    OneTypo(usize),
    /// All words of the name may have one. Only taken when nobody was found before.
    Typos,
}

impl Step {
    fn has_fields(self) -> bool {
        self != Self::Names
    }
}

/// A list of people who match a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) rows: Rows,
    pub(super) count: u32,
    /// How they match; nothing when it is not by their name.
    pub(super) found: Option<Match>,
}

/// Where the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// Those of tokens from the first to before the second.
    Tokens(u32, u32),
    /// A list of the crowds.
    Crowd(u32),
    /// Those who have a shared text.
    Value(u32),
    /// A part of `by_email`.
    Emails(u32, u32),
    /// A part of `by_phone`.
    Phones(u32, u32),
    /// A part of `by_phone_end`.
    PhoneEnds(u32, u32),
}

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

/// Who a word may fit.
#[derive(Debug, Clone, Copy)]
pub(super) enum MayFit<'i> {
    Anybody,
    Crowd(DenseRows<'i>),
    Rows(&'i ScratchRows),
}

impl MayFit<'_> {
    #[inline]
    pub(super) fn contains(self, row: u32) -> bool {
        match self {
            Self::Anybody => true,
            Self::Crowd(crowd) => crowd.contains(row),
            Self::Rows(rows) => rows.contains(row),
        }
    }
}

/// Some rows: a sorted list while they are few.
#[derive(Debug, Default)]
struct RowSet {
    few: Vec<u32>,
    many: Option<ScratchRows>,
}

impl RowSet {
    const FEW: usize = 1_024;

    fn of(mut rows: Vec<u32>, count: u32) -> Self {
        if rows.len() <= Self::FEW {
            rows.sort_unstable();
            return Self { few: rows, many: None };
        }
        let mut many = ScratchRows::of_size(count);
        rows.into_iter().for_each(|row| many.insert(row));
        Self { few: Vec::new(), many: Some(many) }
    }

    fn contains(&self, row: u32) -> bool {
        match &self.many {
            Some(many) => many.contains(row),
            None => !self.few.is_empty() && self.few.binary_search(&row).is_ok(),
        }
    }
}

impl<'q> PlannedWord<'q> {
    /// Looks the word up as names are, and nowhere else yet.
    pub(super) fn new(
        index: &PeopleIndex,
        (number, word): (usize, &'q QueryWord),
        nicknames: &Nicknames,
    ) -> Self {
        let mut names = Vec::new();
        let mut ranges = Vec::new();
        for pattern in &word.patterns {
            let Some(cursor) = descend(index, pattern) else { continue };
            let tokens = index.tokens_of(cursor);
            for token in tokens.start..tokens.whole_end {
                let spelt = word.spells(index.written.of(token));
                let range = (token, token + 1, if spelt { Match::SPELT } else { Match::WHOLE });
                ranges.push(range);
                names.push(source_of(index, range));
            }
            ranges.push((tokens.whole_end, tokens.end, Match::BEGINNING));
            names.push(beginning(index, cursor, Match::BEGINNING));
        }
        for nickname in word.patterns.first().map_or(&[][..], |pattern| nicknames.of(pattern)) {
            if let Some(cursor) = descend(index, nickname) {
                let tokens = index.tokens_of(cursor);
                let range = (tokens.start, tokens.whole_end, Match::BEGINNING);
                ranges.push(range);
                names.push(source_of(index, range));
            }
        }
        names.retain(|source| source.count > 0);
        let is_beginning = |source: &&Source| source.found == Some(Match::BEGINNING);
        let crowd = match names.iter().filter(is_beginning).collect::<Vec<_>>().as_slice() {
            [Source { rows: Rows::Crowd(crowd), .. }] if word.patterns.len() == 1 => Some(*crowd),
            _ => None,
        };
        let name_ranges = Ranges::of(ranges);
        Self {
            word,
            names,
            name_ranges,
            fields: Vec::new(),
            values: None,
            reached_so: RowSet::default(),
            typos: Vec::new(),
            typo_ranges: Ranges::default(),
            crowd,
            rows: [None, None, None],
            number,
        }
    }

    /// Which word of the search.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// Looks the word up in the fields beside the name. True when it is found there.
    pub(super) fn look_in_fields(&mut self, index: &PeopleIndex) -> bool {
        if self.word.is_long() {
            for pattern in &self.word.patterns {
                let values = index.values.beginning(pattern);
                self.fields.extend(values.iter().map(|value| {
                    let count = index.values.people.count(value);
                    Source { rows: Rows::Value(value), count, found: None }
                }));
                self.values = Some(match self.values.take() {
                    Some(mut all) => {
                        all.unite(&values);
                        all
                    }
                    None => values,
                });
            }
        }
        if let Some(typed) = &self.word.email {
            let (start, end) = index.emails_beginning(typed);
            self.fields.push(Source { rows: Rows::Emails(start, end), count: end - start, found: None });
        }
        if let Some(typed) = &self.word.digits {
            let [(start, end), (end_start, end_end)] = index.phones_meant(typed);
            self.fields.push(Source { rows: Rows::Phones(start, end), count: end - start, found: None });
            let rows = Rows::PhoneEnds(end_start, end_end);
            self.fields.push(Source { rows, count: end_end - end_start, found: None });
        }
        self.fields.retain(|source| source.count > 0);
        let mut rows = Vec::new();
        for source in self.fields.iter().filter(|source| !matches!(source.rows, Rows::Value(_))) {
            source.rows.each(index, |row| {
                rows.push(row);
                true
            });
        }
        self.reached_so = RowSet::of(rows, index.count() as u32);
        !self.fields.is_empty()
    }

    /// Looks the word up with one error. True when it is found so.
    pub(super) fn look_for_typos(&mut self, index: &PeopleIndex) -> bool {
        let (mut ranges, mut wholes) = (Vec::new(), Vec::new());
        for pattern in &self.word.patterns {
            let letters: Vec<_> = pattern.chars().collect();
            let beginnings = if forgives(&letters) { one_error(&index.trie, &letters) } else { Vec::new() };
            for cursor in beginnings {
                let tokens = index.tokens_of(cursor);
                self.typos.push(beginning(index, cursor, Match::BEGINNING_TYPO));
                ranges.push((tokens.whole_end, tokens.end, Match::BEGINNING_TYPO));
                wholes.push(tokens);
            }
            if may_lack_one(&letters) {
                let longer = one_letter_more(&index.trie, &letters);
                wholes.extend(longer.into_iter().map(|cursor| index.tokens_of(cursor)));
            }
        }
        for tokens in wholes {
            let whole = (tokens.start, tokens.whole_end, Match::WHOLE_TYPO);
            self.typos.push(source_of(index, whole));
            ranges.push(whole);
        }
        self.typos.retain(|source| source.count > 0);
        self.typo_ranges = Ranges::of(ranges);
        !self.typos.is_empty()
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

fn descend(index: &PeopleIndex, pattern: &str) -> Option<Cursor> {
    pattern.chars().try_fold(index.trie.root(), |at, letter| index.trie.step(at, letter))
}

fn source_of(index: &PeopleIndex, (start, end, found): (u32, u32, Match)) -> Source {
    let count = index.rows_of(start, end).len() as u32;
    Source { rows: Rows::Tokens(start, end), count, found: Some(found) }
}

/// Those whose word only begins so; with a crowd also those of the whole word, who are better placed by
/// their own list.
fn beginning(index: &PeopleIndex, cursor: Cursor, found: Match) -> Source {
    if let Some(crowd) = index.crowds.find(cursor) {
        let count = index.crowds.count(crowd);
        return Source { rows: Rows::Crowd(crowd), count, found: Some(found) };
    }
    let tokens = index.tokens_of(cursor);
    source_of(index, (tokens.whole_end, tokens.end, found))
}

impl Rows {
    /// Gives the rows until it is told to stop.
    pub(super) fn each(self, index: &PeopleIndex, mut go_on: impl FnMut(u32) -> bool) {
        let person = |place: &u32| place / 4;
        match self {
            Self::Tokens(start, end) => index.rows_of(start, end).iter().copied().all(&mut go_on),
            Self::Crowd(crowd) => index.crowds.each(crowd, &mut go_on),
            Self::Value(value) => index.values.people.of(value).all(&mut go_on),
            Self::Emails(start, end) => part(&index.by_email, start, end).iter().copied().all(&mut go_on),
            Self::Phones(start, end) => part(&index.by_phone, start, end).iter().map(person).all(&mut go_on),
            Self::PhoneEnds(start, end) => {
                part(&index.by_phone_end, start, end).iter().map(person).all(&mut go_on)
            }
        };
    }

    /// Whether the rows are in their order.
    pub(super) fn is_ascending(self) -> bool {
        match self {
            Self::Tokens(start, end) => end - start == 1,
            Self::Crowd(_) | Self::Value(_) => true,
            Self::Emails(..) | Self::Phones(..) | Self::PhoneEnds(..) => false,
        }
    }
}
