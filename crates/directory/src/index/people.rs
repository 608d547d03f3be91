//! The index: everything known of the people, laid out to be searched. It does not change once built.

use super::arrays::{Pieces, Texts, at, part, span};
use super::crowds::Crowds;
use super::entry::{Entry, EntryId};
use super::phone::{digits, reversed};
use super::record::Record;
use super::trie::{Cursor, TokenRange, Trie};
use super::values::Values;
use std::cmp::Ordering;

/// The people of a directory, in memory. Made by a [`super::PeopleBuilder`] or from a snapshot; searched
/// through a [`super::Directory`]. Rows are people in the order of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleIndex {
    pub(super) records: Pieces,
    pub(super) shared: SharedTexts,
    pub(super) values: Values,
    /// Every way to type each word of a row's name; see [`Slot`].
    pub(super) slots: Vec<u32>,
    pub(super) slot_ends: Vec<u32>,
    pub(super) trie: Trie,
    /// For each token the word as it was written.
    pub(super) written: Texts,
    /// The rows of each token, token after token.
    pub(super) postings: Vec<u32>,
    pub(super) posting_ends: Vec<u32>,
    pub(super) crowds: Crowds,
    /// Rows in the order of their id's bucket (see [`bucket_of`]), and where each bucket ends.
    pub(super) by_id: Vec<u32>,
    pub(super) id_bucket_ends: Vec<u32>,
    /// Rows in the order of their e-mail address.
    pub(super) by_email: Vec<u32>,
    /// Rows and the number's place (row × 4 + place), in the order of the digits, and of the digits read
    /// from the end.
    pub(super) by_phone: Vec<u32>,
    pub(super) by_phone_end: Vec<u32>,
}

/// Four numbers a row, in as few bytes as they need: the number of each searched shared text and one
/// more, or 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SharedTexts {
    pub(super) bytes: Vec<u8>,
    /// Bytes of a number.
    pub(super) width: u32,
}

impl SharedTexts {
    pub(super) const COUNT: usize = 4;

    /// Room for numbers up to the largest.
    pub(super) fn for_numbers_to(largest: u32, rows: usize) -> Self {
        let width = (4 - largest.leading_zeros() / 8).max(1);
        Self { bytes: Vec::with_capacity(rows * Self::COUNT * width as usize), width }
    }

    pub(super) fn push(&mut self, number: u32) {
        self.bytes.extend(number.to_le_bytes().into_iter().take(self.width as usize));
    }

    #[inline]
    pub(super) fn of(&self, row: u32, place: usize) -> u32 {
        let start = (row as usize * Self::COUNT + place) * self.width as usize;
        let bytes = self.bytes.get(start..start + self.width as usize).unwrap_or_default();
        bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
    }

    /// The numbers of a row's texts.
    #[inline]
    pub(super) fn values(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        (0..Self::COUNT).filter_map(move |place| self.of(row, place).checked_sub(1))
    }
}

/// A way to type a word of a name: its token (24 bits), which word (3) and its role (2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot(pub(super) u32);

impl Slot {
    pub(super) const MAX_TOKENS: u32 = 1 << 24;

    pub(super) fn new(token: u32, ordinal: u8, is_family: bool) -> Self {
        Self(token << 8 | u32::from(ordinal & 7) << 1 | u32::from(is_family))
    }

    #[inline]
    pub(super) fn token(self) -> u32 {
        self.0 >> 8
    }

    #[inline]
    pub(super) fn ordinal(self) -> usize {
        (self.0 >> 1 & 7) as usize
    }

    #[inline]
    pub(super) fn is_family(self) -> bool {
        self.0 & 1 == 1
    }
}

impl PeopleIndex {
    /// Most people that an index takes.
    pub const MAX_PEOPLE: usize = 16_000_000;

    /// How many people there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.records.ends.len()
    }

    /// Bytes of memory that it takes, as allocated.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        let numbers = [
            &self.slots,
            &self.slot_ends,
            &self.postings,
            &self.posting_ends,
            &self.crowds.nodes,
            &self.crowds.dense,
            &self.crowds.bits,
            &self.crowds.counts,
            &self.by_id,
            &self.id_bucket_ends,
            &self.by_email,
            &self.by_phone,
            &self.by_phone_end,
            &self.records.ends,
            &self.written.ends,
            &self.trie.letters,
            &self.trie.children,
            &self.trie.first_tokens,
            &self.crowds.lists.pieces.ends,
            &self.crowds.lists.counts,
            &self.values.texts.ends,
            &self.values.fields,
            &self.values.sorted,
            &self.values.people.pieces.ends,
            &self.values.people.counts,
            &self.values.words.ends,
            &self.values.word_values,
        ];
        let bytes = [
            &self.records.bytes,
            &self.shared.bytes,
            &self.crowds.lists.pieces.bytes,
            &self.values.people.pieces.bytes,
        ];
        let texts = [&self.written.text, &self.values.texts.text, &self.values.words.text];
        numbers.iter().map(|list| list.capacity() * 4).sum::<usize>()
            + bytes.iter().map(|list| list.capacity()).sum::<usize>()
            + texts.iter().map(|text| text.capacity()).sum::<usize>()
    }

    /// The entry of a row.
    pub(super) fn entry(&self, row: u32) -> Entry {
        self.record(row).entry(&self.values, self.shared_texts(row))
    }

    pub(super) fn record(&self, row: u32) -> Record<'_> {
        Record::of(self.records.of(row))
    }

    fn shared_texts(&self, row: u32) -> [Option<&str>; 4] {
        let of = |place| Some(self.values.of(self.shared.of(row, place).checked_sub(1)?));
        [of(0), of(1), of(2), of(3)]
    }

    /// The row of an entry.
    pub(super) fn row_of(&self, id: EntryId) -> Option<u32> {
        let (start, end) = span(&self.id_bucket_ends, bucket_of(id, self.id_bucket_ends.len()));
        let rows = self.by_id.get(start..end)?;
        rows.iter().copied().find(|row| self.record(*row).id() == id)
    }

    /// Whether two people are called the same, spelling and all; see [`super::name::is_one_name`].
    pub(super) fn have_one_name(&self, row: u32, other: u32) -> bool {
        self.slots_of(row) == self.slots_of(other)
    }

    #[inline]
    pub(super) fn slots_of(&self, row: u32) -> &[u32] {
        let start = if row == 0 { 0 } else { at(&self.slot_ends, row - 1) };
        part(&self.slots, start, at(&self.slot_ends, row))
    }

    /// The rows of tokens, token after token.
    pub(super) fn rows_of(&self, start: u32, end: u32) -> &[u32] {
        let place = |token: u32| if token == 0 { 0 } else { at(&self.posting_ends, token - 1) };
        if start < end { part(&self.postings, place(start), place(end)) } else { &[] }
    }

    pub(super) fn tokens_of(&self, cursor: Cursor) -> TokenRange {
        self.trie.tokens(cursor)
    }

    /// The part of `by_email` with addresses that begin so (small letters).
    pub(super) fn emails_beginning(&self, typed: &str) -> (u32, u32) {
        range_where(&self.by_email, |row| self.compare_email(*row, typed))
    }

    /// Whether the address begins so: equal then.
    pub(super) fn compare_email(&self, row: u32, typed: &str) -> Ordering {
        let mut record = self.record(row);
        record.id();
        let Some((local, domain)) = record.email() else { return Ordering::Less };
        let domain = domain.map_or("", |domain| self.values.of(domain));
        let Some((typed_local, typed_domain)) = typed.split_once('@') else {
            return compare_start(local, typed);
        };
        compare_whole(local, typed_local).then_with(|| compare_start(domain, typed_domain))
    }

    /// The parts of `by_phone` and `by_phone_end` with numbers that begin or end so.
    pub(super) fn phones_meant(&self, typed: &str) -> [(u32, u32); 2] {
        let backwards = reversed(typed);
        [
            range_where(&self.by_phone, |place| compare_start(&self.phone_at(*place), typed)),
            range_where(&self.by_phone_end, |place| {
                compare_start(&reversed(&self.phone_at(*place)), &backwards)
            }),
        ]
    }

    fn phone_at(&self, place: u32) -> String {
        let mut record = self.record(place / 4);
        record.id();
        record.email();
        record.phones().get(place as usize % 4).map(|phone| digits(phone)).unwrap_or_default()
    }

    /// The digits of a row's telephone numbers.
    pub(super) fn phones_of(&self, row: u32) -> Vec<String> {
        let mut record = self.record(row);
        record.id();
        record.email();
        record.phones().iter().take(Entry::MAX_PHONES).map(|phone| digits(phone)).collect()
    }
}

/// One of so many buckets; ids of one moment are spread over all.
pub(super) fn bucket_of(id: EntryId, count: usize) -> u32 {
    let (high, low) = id.0.as_u64_pair();
    let mixed = (high ^ low.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((u128::from(mixed) * count as u128) >> 64) as u32
}

fn range_where(sorted: &[u32], compare: impl Fn(&u32) -> Ordering) -> (u32, u32) {
    let start = sorted.partition_point(|one| compare(one) == Ordering::Less);
    let end = start
        + sorted.get(start..).unwrap_or_default().partition_point(|one| compare(one) == Ordering::Equal);
    (start as u32, end as u32)
}

/// Compares the beginning of the text with what was typed, without case.
fn compare_start(text: &str, typed: &str) -> Ordering {
    let letters = text.bytes().map(|letter| letter.to_ascii_lowercase());
    letters.take(typed.len()).cmp(typed.bytes())
}

fn compare_whole(text: &str, typed: &str) -> Ordering {
    text.bytes().map(|letter| letter.to_ascii_lowercase()).cmp(typed.bytes())
}
