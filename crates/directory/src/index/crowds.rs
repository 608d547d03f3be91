//! Beginnings of names that very many people share.

use super::arrays::{Ascending, Bits, at};
use super::trie::Cursor;

/// From so many people on, those below a node are kept as a list in the order of rows.
pub(super) const CROWD: usize = 4_096;
/// A list of more than one in so many of all is kept as bits.
const DENSE: u32 = 16;

/// The lists, by node.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Crowds {
    pub(super) nodes: Vec<u32>,
    /// The lists; those kept as bits are empty.
    pub(super) lists: Ascending,
    /// How many people are on each list.
    pub(super) counts: Vec<u32>,
    /// For each list the number of its bits and one more, or 0.
    pub(super) dense: Vec<u32>,
    pub(super) bits: Vec<u32>,
    /// How many numbers of 32 bits a list has.
    pub(super) width: u32,
}

impl Crowds {
    pub(super) fn new(rows: u32) -> Self {
        Self { width: rows.div_ceil(32), ..Self::default() }
    }

    pub(super) fn push(&mut self, node: u32, rows: &Bits) {
        let count = rows.iter().count() as u32;
        self.nodes.push(node);
        self.counts.push(count);
        if count > self.width * 32 / DENSE {
            let number = self.bits.len() as u32 / self.width.max(1);
            self.dense.push(number + 1);
            self.lists.push([]);
            self.bits.extend(rows.halves().take(self.width as usize));
        } else {
            self.dense.push(0);
            self.lists.push(rows.iter());
        }
    }

    pub(super) fn find(&self, cursor: Cursor) -> Option<u32> {
        self.nodes.binary_search(&cursor.node).ok().map(|place| place as u32)
    }

    pub(super) fn count(&self, crowd: u32) -> u32 {
        at(&self.counts, crowd)
    }

    /// Gives the rows in their order until it is told to stop.
    pub(super) fn each(&self, crowd: u32, go_on: impl FnMut(u32) -> bool) -> bool {
        match self.bits_of(crowd) {
            Some(bits) => bits.iter().all(go_on),
            None => self.lists.of(crowd).all(go_on),
        }
    }

    /// The list as bits, if it is kept so.
    pub(super) fn bits_of(&self, crowd: u32) -> Option<DenseRows<'_>> {
        let number = at(&self.dense, crowd).checked_sub(1)?;
        let (start, width) = (number as usize * self.width as usize, self.width as usize);
        self.bits.get(start..start + width).map(DenseRows)
    }
}

/// Rows as bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct DenseRows<'a>(&'a [u32]);

impl DenseRows<'_> {
    #[inline]
    pub(super) fn contains(self, row: u32) -> bool {
        self.0.get(row as usize / 32).is_some_and(|bits| bits >> (row % 32) & 1 == 1)
    }

    fn iter(self) -> impl Iterator<Item = u32> {
        self.0.iter().zip(0_u32..).flat_map(|(bits, index)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(index * 32 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Bits, Crowds};

    #[test]
    fn few_and_many_come_back() {
        let mut crowds = Crowds::new(1_000);
        let (few, many): (Vec<u32>, Vec<u32>) = (vec![3, 999], (0..1_000).step_by(3).collect());
        for (node, rows) in [(7, &few), (9, &many)] {
            let mut bits = Bits::of_size(1_000);
            rows.iter().for_each(|row| bits.insert(*row));
            crowds.push(node, &bits);
        }
        for (crowd, rows) in [(0, few), (1, many)] {
            let mut found = Vec::new();
            crowds.each(crowd, |row| {
                found.push(row);
                true
            });
            assert_eq!((found, crowds.count(crowd)), (rows.clone(), rows.len() as u32));
        }
        assert!(crowds.bits_of(0).is_none());
        assert!(crowds.bits_of(1).is_some_and(|rows| rows.contains(999) && !rows.contains(998)));
    }
}
