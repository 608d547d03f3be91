//! Sets of idle agents, one bit each, the longest idle first: sixty-four agents are looked at at once.

/// A set of agents by their rank among the idle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits(pub(super) Vec<u64>);

impl Bits {
    /// An empty set that has room for so many.
    pub(super) fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    /// All of so many.
    pub(super) fn all(count: usize) -> Self {
        let mut all = Self(vec![u64::MAX; count.div_ceil(64)]);
        if let Some(last) = all.0.last_mut()
            && !count.is_multiple_of(64)
        {
            *last = (1 << (count % 64)) - 1;
        }
        all
    }

    pub(super) fn add(&mut self, rank: usize) {
        self.0[rank / 64] |= 1 << (rank % 64);
    }

    pub(super) fn remove(&mut self, rank: usize) {
        self.0[rank / 64] &= !(1 << (rank % 64));
    }

    /// Keeps what is in both.
    pub(super) fn keep(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

/// Numbers of agents, bit by bit: the n-th set holds the agents whose number has the n-th bit.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums(Vec<Bits>);

impl Sums {
    /// Adds another number, of as many bits as there are planes, to each agent's.
    pub(super) fn add(&mut self, planes: &[Bits]) {
        let Some(room) = planes.first().map(|plane| plane.0.len()) else { return };
        let zero = Bits(vec![0; room]);
        let mut carry = zero.clone();
        let places = self.0.len().max(planes.len());
        self.0.resize(places, zero.clone());
        for (place, sum) in self.0.iter_mut().enumerate() {
            let plane = planes.get(place).unwrap_or(&zero);
            for ((sum, carry), other) in sum.0.iter_mut().zip(&mut carry.0).zip(&plane.0) {
                let (one, both) = (*sum ^ other, *sum & other);
                *sum = one ^ *carry;
                *carry = both | (one & *carry);
            }
        }
        if !carry.is_empty() {
            self.0.push(carry);
        }
    }

    /// Leaves in the set, given as words with their places, only those with the greatest number.
    pub(super) fn keep_greatest(&self, set: &mut [(usize, u64)]) {
        for plane in self.0.iter().rev() {
            if set.iter().any(|(at, word)| word & plane.0[*at] != 0) {
                set.iter_mut().for_each(|(at, word)| *word &= plane.0[*at]);
            }
        }
    }
}
