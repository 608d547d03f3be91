//! Makes an index of entries.

use super::arrays::{Bits, Pieces, Texts, at, span};
use super::crowds::{CROWD, Crowds};
use super::entry::{Entry, EntryRefused};
use super::name::{Role, name_tokens, name_words, sort_name};
use super::people::{PeopleIndex, SharedTexts, Slot, bucket_of};
use super::phone::reversed;
use super::record::push_record;
use super::trie::Trie;
use super::values::{SEARCHED, ValuesBuilder, searched_texts};
use std::collections::HashMap;

/// Collects entries; [`PeopleBuilder::finish`] makes the index. Of entries with the same id the last one
/// counts.
#[derive(Debug, Default)]
pub struct PeopleBuilder {
    records: Pieces,
    sort_names: Texts,
    shared: Vec<u32>,
    values: ValuesBuilder,
    tokens: HashMap<Box<str>, u32>,
    slots: Vec<u32>,
    slot_ends: Vec<u32>,
}

impl PeopleBuilder {
    /// A builder without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes an entry.
    ///
    /// # Errors
    /// It is too large, or there are too many; nothing is taken then.
    pub fn push(&mut self, entry: &Entry) -> Result<(), EntryRefused> {
        entry.check()?;
        let room = self.records.ends.len() < PeopleIndex::MAX_PEOPLE
            && self.tokens.len() + 64 < Slot::MAX_TOKENS as usize
            && self.records.bytes.len() < u32::MAX as usize - (1 << 20);
        if !room {
            return Err(EntryRefused::Full { limit: self.records.ends.len() });
        }
        push_record(&mut self.records.bytes, entry, &mut self.values);
        self.records.finish();
        for (field, text) in SEARCHED.into_iter().zip(searched_texts(entry)) {
            self.shared.push(text.map_or(0, |text| self.values.number_of(field, text) + 1));
        }
        let words = name_words(entry);
        self.sort_names.push(&sort_name(&words));
        for token in name_tokens(&words) {
            let next = self.tokens.len() as u32;
            let key = format!("{}\0{}", token.folded, token.written);
            let number = *self.tokens.entry(key.into_boxed_str()).or_insert(next);
            self.slots.push(Slot::new(number, token.ordinal, token.role == Role::Family).0);
        }
        self.slot_ends.push(self.slots.len() as u32);
        Ok(())
    }

    /// The index of what was taken. Takes seconds for a million people: not for a thread that answers.
    #[must_use]
    pub fn finish(mut self) -> PeopleIndex {
        let mut index = PeopleIndex::default();
        let order = self.order();
        let numbers = self.name_vocabulary(&mut index);
        self.lay_out(&order, &numbers, &mut index);
        drop((std::mem::take(&mut self.records), std::mem::take(&mut self.slots)));
        post(&mut index);
        gather_crowds(&mut index);
        let people = people_of_values(&index);
        index.values = self.values.finish(&people);
        sort_rows(&mut index);
        index
    }

    /// The entries in the order of their rows. Of entries with one id only the last is left.
    fn order(&self) -> Vec<u32> {
        let id = |entry: u32| self.records.of(entry).first_chunk::<16>().copied().unwrap_or_default();
        let mut order: Vec<u32> = (0..self.records.ends.len() as u32).collect();
        order.sort_unstable_by_key(|entry| (id(*entry), std::cmp::Reverse(*entry)));
        order.dedup_by_key(|entry| id(*entry));
        order.sort_unstable_by(|a, b| {
            let names = self.sort_names.of(*a).cmp(self.sort_names.of(*b));
            names.then_with(|| id(*a).cmp(&id(*b)))
        });
        order
    }

    /// Sorts the tokens; gives back the new number of each.
    fn name_vocabulary(&mut self, index: &mut PeopleIndex) -> Vec<u32> {
        let mut tokens: Vec<(Box<str>, u32)> = std::mem::take(&mut self.tokens).into_iter().collect();
        tokens.sort_unstable();
        let mut numbers = vec![0; tokens.len()];
        let mut folded = Vec::with_capacity(tokens.len());
        for (number, (token, before)) in (0_u32..).zip(&tokens) {
            let (word, written) = token.split_once('\0').unwrap_or((token, token));
            folded.push(word);
            index.written.push(written);
            if let Some(place) = numbers.get_mut(*before as usize) {
                *place = number;
            }
        }
        index.trie = Trie::of(&folded);
        numbers
    }

    fn lay_out(&self, order: &[u32], numbers: &[u32], index: &mut PeopleIndex) {
        index.records.bytes.reserve_exact(self.records.bytes.len());
        index.records.ends.reserve_exact(order.len());
        index.slots.reserve_exact(self.slots.len());
        index.slot_ends.reserve_exact(order.len());
        let largest = self.shared.iter().copied().max().unwrap_or(0);
        index.shared = SharedTexts::for_numbers_to(largest, order.len());
        for entry in order {
            index.records.bytes.extend_from_slice(self.records.of(*entry));
            index.records.finish();
            for place in 0..SharedTexts::COUNT as u32 {
                index.shared.push(at(&self.shared, entry * SharedTexts::COUNT as u32 + place));
            }
            let (start, end) = span(&self.slot_ends, *entry);
            for slot in self.slots.get(start..end).unwrap_or_default() {
                let slot = Slot(*slot);
                let ordinal = slot.ordinal() as u8;
                index.slots.push(Slot::new(at(numbers, slot.token()), ordinal, slot.is_family()).0);
            }
            index.slot_ends.push(index.slots.len() as u32);
        }
    }
}

/// The rows of each token, in their order, each once.
fn post(index: &mut PeopleIndex) {
    let tokens = index.written.ends.len();
    let mut last_rows = vec![u32::MAX; tokens];
    let mut counts = vec![0_u32; tokens];
    let rows = index.slot_ends.len() as u32;
    let of = |row| index.slots_of(row).iter().map(|slot| Slot(*slot).token() as usize);
    for row in 0..rows {
        for token in of(row) {
            if last_rows.get(token) != Some(&row) {
                last_rows[token] = row;
                counts[token] += 1;
            }
        }
    }
    let mut ends = Vec::with_capacity(tokens);
    let mut next = Vec::with_capacity(tokens);
    let mut total = 0;
    for count in counts {
        next.push(total);
        total += count;
        ends.push(total);
    }
    let mut postings = vec![0; total as usize];
    last_rows.fill(u32::MAX);
    for row in 0..rows {
        for token in of(row) {
            if last_rows[token] != row {
                last_rows[token] = row;
                postings[next[token] as usize] = row;
                next[token] += 1;
            }
        }
    }
    (index.postings, index.posting_ends) = (postings, ends);
}

fn gather_crowds(index: &mut PeopleIndex) {
    let count = index.slot_ends.len() as u32;
    let mut rows = Bits::of_size(count);
    let mut crowds = Crowds::new(count);
    for cursor in index.trie.crowded(|range| index.rows_of(range.start, range.end).len() >= CROWD) {
        let range = index.tokens_of(cursor);
        rows.clear();
        index.rows_of(range.start, range.end).iter().for_each(|row| rows.insert(*row));
        crowds.push(cursor.node, &rows);
    }
    crowds.bits.shrink_to_fit();
    crowds.lists.pieces.bytes.shrink_to_fit();
    index.crowds = crowds;
}

/// For each value the rows of those who have it.
fn people_of_values(index: &PeopleIndex) -> Vec<Vec<u32>> {
    let mut people: Vec<Vec<u32>> = Vec::new();
    let mut have = |value: u32, row: u32| {
        let place = value as usize;
        if people.len() <= place {
            people.resize_with(place + 1, Vec::new);
        }
        if people[place].last() != Some(&row) {
            people[place].push(row);
        }
    };
    for row in 0..index.slot_ends.len() as u32 {
        index.shared.values(row).for_each(|value| have(value, row));
        index.record(row).skills().for_each(|skill| have(skill, row));
    }
    people
}

/// The orders by which ids, addresses and telephone numbers are found.
fn sort_rows(index: &mut PeopleIndex) {
    let count = index.slot_ends.len() as u32;
    let mut emails = Vec::new();
    let (mut phones, mut phone_ends) = (Vec::new(), Vec::new());
    for row in 0..count {
        let mut record = index.record(row);
        record.id();
        if let Some((local, domain)) = record.email() {
            let domain = domain.map_or("", |domain| index.values.of(domain));
            emails.push((local.to_ascii_lowercase(), domain.to_ascii_lowercase(), row));
        }
        for (place, digits) in (0..4).zip(index.phones_of(row)) {
            phone_ends.push((reversed(&digits), row * 4 + place));
            phones.push((digits, row * 4 + place));
        }
    }
    emails.sort_unstable();
    phones.sort_unstable();
    phone_ends.sort_unstable();
    sort_by_bucket(index, count);
    index.by_email = emails.into_iter().map(|(_, _, row)| row).collect();
    index.by_phone = phones.into_iter().map(|(_, place)| place).collect();
    index.by_phone_end = phone_ends.into_iter().map(|(_, place)| place).collect();
}

/// Some four ids a bucket.
fn sort_by_bucket(index: &mut PeopleIndex, rows: u32) {
    let buckets = rows as usize / 4 + 1;
    let bucket = |row: u32| bucket_of(index.record(row).id(), buckets);
    let mut by_id: Vec<u32> = (0..rows).collect();
    by_id.sort_by_cached_key(|row| bucket(*row));
    let mut ends = Vec::with_capacity(buckets);
    for (place, row) in (0_u32..).zip(&by_id) {
        ends.resize(bucket(*row) as usize, place);
    }
    ends.resize(buckets, rows);
    (index.by_id, index.id_bucket_ends) = (by_id, ends);
}
