//! Looking a word up in an index.

use super::PlannedWord;
use super::rows::{RowSet, Rows, Source};
use crate::index::nicknames::Nicknames;
use crate::index::people::PeopleIndex;
use crate::index::query::QueryWord;
use crate::index::ranges::Ranges;
use crate::index::rank::Match;
use crate::index::trie::Cursor;
use crate::index::typo::{forgives, may_lack_one, one_error, one_letter_more};

impl<'q> PlannedWord<'q> {
    /// Looks the word up as names are, and nowhere else yet.
    pub(in crate::index) fn new(
        index: &PeopleIndex,
        (number, word): (usize, &'q QueryWord),
        nicknames: &Nicknames,
    ) -> Self {
        let (names, ranges) = by_name(index, word, nicknames);
        let crowd = only_crowd(&names, word);
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

    /// Looks the word up in the fields beside the name. True when it is found there.
    pub(in crate::index) fn look_in_fields(&mut self, index: &PeopleIndex) -> bool {
        if self.word.is_long() {
            self.look_in_values(index);
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

    /// Looks in the texts that people share: department, title and the like.
    fn look_in_values(&mut self, index: &PeopleIndex) {
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

    /// Looks the word up with one error. True when it is found so.
    pub(in crate::index) fn look_for_typos(&mut self, index: &PeopleIndex) -> bool {
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
}

/// A range of tokens, and how they match.
type Range = (u32, u32, Match);

/// The lists of those whose name has the word, or begins with it, or has the name that it is short for.
fn by_name(index: &PeopleIndex, word: &QueryWord, nicknames: &Nicknames) -> (Vec<Source>, Vec<Range>) {
    let (mut names, mut ranges) = (Vec::new(), Vec::new());
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
    (names, ranges)
}

/// The one list of very many on which everybody is whose name begins with the word, where it is one.
fn only_crowd(names: &[Source], word: &QueryWord) -> Option<u32> {
    let mut beginnings = names.iter().filter(|source| source.found == Some(Match::BEGINNING));
    match (beginnings.next(), beginnings.next()) {
        (Some(Source { rows: Rows::Crowd(crowd), .. }), None) if word.patterns.len() == 1 => Some(*crowd),
        _ => None,
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
