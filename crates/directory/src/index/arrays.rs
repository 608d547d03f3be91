//! Compact lists: texts in one string, ascending numbers as differences, bits.

/// Texts, one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) text: String,
    /// Where each ends.
    pub(super) ends: Vec<u32>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    pub(super) fn count(&self) -> u32 {
        self.ends.len() as u32
    }

    /// The text, empty when there is none of that number.
    pub(super) fn of(&self, number: u32) -> &str {
        let (start, end) = span(&self.ends, number);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Bytes, one piece behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pieces {
    pub(super) bytes: Vec<u8>,
    /// Where each ends.
    pub(super) ends: Vec<u32>,
}

impl Pieces {
    pub(super) fn of(&self, number: u32) -> &[u8] {
        let (start, end) = span(&self.ends, number);
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Ends the piece whose bytes were appended.
    pub(super) fn finish(&mut self) {
        self.ends.push(self.bytes.len() as u32);
    }
}

/// Lists of numbers, each number larger than the one before, as differences of 7 bits a byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ascending {
    pub(super) pieces: Pieces,
    /// How long each list is.
    pub(super) counts: Vec<u32>,
}

impl Ascending {
    pub(super) fn push(&mut self, numbers: impl IntoIterator<Item = u32>) {
        let (mut before, mut count) = (0, 0);
        for number in numbers {
            push_number(&mut self.pieces.bytes, number.wrapping_sub(before));
            (before, count) = (number, count + 1);
        }
        self.pieces.finish();
        self.counts.push(count);
    }

    pub(super) fn count(&self, list: u32) -> u32 {
        at(&self.counts, list)
    }

    pub(super) fn of(&self, list: u32) -> impl Iterator<Item = u32> + '_ {
        let mut rest = self.pieces.of(list);
        let mut number = 0_u32;
        std::iter::from_fn(move || {
            number = number.wrapping_add(take_number(&mut rest)?);
            Some(number)
        })
    }
}

/// Appends a number, 7 bits a byte, the smallest first.
pub(super) fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number from the front; nothing at the end.
#[inline]
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0_u32, 0);
    loop {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(first & 0x7F).checked_shl(shift).unwrap_or(0);
        if first & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

/// A set of small numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn of_size(size: u32) -> Self {
        Self(vec![0; size.div_ceil(64) as usize])
    }

    /// The same memory for another set.
    pub(super) fn emptied(mut self, size: u32) -> Self {
        self.0.clear();
        self.0.resize(size.div_ceil(64) as usize, 0);
        self
    }

    #[inline]
    pub(super) fn insert(&mut self, number: u32) {
        if let Some(word) = self.0.get_mut(number as usize / 64) {
            *word |= 1 << (number % 64);
        }
    }

    #[inline]
    pub(super) fn contains(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    pub(super) fn intersect(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    pub(super) fn unite(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// The bits, 32 a number.
    pub(super) fn halves(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().flat_map(|word| [*word as u32, (*word >> 32) as u32])
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().zip(0_u32..).flat_map(|(word, index)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(index * 64 + bit)
            })
        })
    }
}

/// The number at a place, 0 beyond the end.
#[inline]
pub(super) fn at(numbers: &[u32], place: u32) -> u32 {
    numbers.get(place as usize).copied().unwrap_or(0)
}

/// The part of a list; empty when it is not within.
#[inline]
pub(super) fn part(numbers: &[u32], start: u32, end: u32) -> &[u32] {
    numbers.get(start as usize..end as usize).unwrap_or_default()
}

/// Where the piece of that number begins and ends; empty when there is none.
#[inline]
pub(super) fn span(ends: &[u32], number: u32) -> (usize, usize) {
    let start = if number == 0 { 0 } else { at(ends, number - 1) };
    (start as usize, ends.get(number as usize).copied().unwrap_or(start) as usize)
}

#[cfg(test)]
mod tests {
    use super::{Ascending, Bits, Texts};

    #[test]
    fn texts_come_back() {
        let mut texts = Texts::default();
        ["a", "", "ßx"].iter().for_each(|text| texts.push(text));
        assert_eq!([0, 1, 2, 3].map(|number| texts.of(number)), ["a", "", "ßx", ""]);
    }

    #[test]
    fn ascending_numbers_come_back() {
        let mut lists = Ascending::default();
        let long: Vec<u32> = vec![0, 1, 127, 128, 16_384, u32::MAX];
        lists.push(long.clone());
        lists.push([]);
        assert_eq!((lists.count(0), lists.count(1)), (6, 0));
        assert_eq!(lists.of(0).collect::<Vec<_>>(), long);
        assert_eq!(lists.of(1).count() + lists.of(2).count(), 0);
    }

    #[test]
    fn bits_hold_what_fits() {
        let mut bits = Bits::of_size(70);
        [3, 64, 69, 1_000].iter().for_each(|number| bits.insert(*number));
        assert_eq!(bits.iter().collect::<Vec<_>>(), [3, 64, 69]);
        assert!(bits.contains(64) && !bits.contains(4) && !bits.contains(1_000));
    }
}
