//! In which order people are shown.
//!
//! First come those who need no typing error, then those found by their name alone, then by how exactly
//! the words are the name's; then those of whom surname and first name were typed, and the whole name;
//! then who can be reached, who was asked recently, who is of the same company, and the order of names.

/// How a word matches a word of a name; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match(pub(super) u8);

impl Match {
    /// The whole word, spelt as typed.
    pub(super) const SPELT: Self = Self(0);
    /// The whole word in another spelling.
    pub(super) const WHOLE: Self = Self(1);
    /// The beginning of the word, or a nickname of the whole.
    pub(super) const BEGINNING: Self = Self(2);
    /// The whole word with one error.
    pub(super) const WHOLE_TYPO: Self = Self(3);
    /// The beginning of the word with one error.
    pub(super) const BEGINNING_TYPO: Self = Self(4);
    /// Not at all.
    pub(super) const NONE: Self = Self(5);

    /// Whether it is the whole word of the name.
    pub(super) fn is_whole(self) -> bool {
        self < Self::BEGINNING || self == Self::WHOLE_TYPO
    }

    fn is_typo(self) -> bool {
        self >= Self::WHOLE_TYPO
    }

    /// How far it is from exact, among those with as many errors.
    pub(super) fn cost(self) -> u64 {
        u64::from(if self.is_typo() { self.0 - Self::WHOLE_TYPO.0 } else { self.0 })
    }
}

/// What speaks for a person by the words alone; smaller is better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Likeness {
    /// Words with an error.
    pub(super) typos: u64,
    /// Words found beside the name.
    pub(super) beside: u64,
    /// How far the words of the name are from exact, added up.
    pub(super) cost: u64,
    /// Two words or more are of the name, but not of its family part and another, or in the wrong order
    /// around a comma.
    pub(super) apart: bool,
    /// Two words or more are of the name, whole, but the name has more. Of those of whom only a beginning was typed a
    /// short name says nothing: there may be ten of one name before the one who is meant.
    pub(super) partial: bool,
    /// Of a word only the beginning was typed. Says nothing about the order.
    pub(super) begun: bool,
}

impl Likeness {
    /// With one more word of the name.
    pub(super) fn with(mut self, found: Match) -> Self {
        self.typos += u64::from(found.is_typo());
        self.cost += found.cost();
        self.begun |= !found.is_whole();
        self
    }

    fn packed(self) -> u64 {
        self.typos.min(7) << 10
            | self.beside.min(7) << 7
            | self.cost.min(31) << 2
            | u64::from(self.apart) << 1
            | u64::from(self.partial)
    }
}

/// A person's place in the order; smaller is better. From the highest bit: likeness, reach (3 bits),
/// recently asked (8), other company (1), row (32).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(u64);

/// What speaks for a person beside the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Circumstances {
    /// How reachable; see `Presence::reach_rank`.
    pub(super) reach: u8,
    /// How many were asked more recently; [`NOT_RECENT`] when not asked.
    pub(super) recent: u8,
    pub(super) other_company: bool,
}

pub(super) const NOT_RECENT: u8 = u8::MAX;

impl Circumstances {
    /// The best of somebody who was not asked recently.
    pub(super) const BEST: Self = Self { reach: 0, recent: NOT_RECENT, other_company: false };
}

impl Place {
    pub(super) const FIRST: Self = Self(0);
    pub(super) const LAST: Self = Self(u64::MAX);

    #[inline]
    pub(super) fn new(likeness: Likeness, circumstances: Circumstances, row: u32) -> Self {
        Self::packed(likeness.packed(), circumstances, row)
    }

    #[inline]
    fn packed(likeness: u64, circumstances: Circumstances, row: u32) -> Self {
        Self(
            likeness << 44
                | u64::from(circumstances.reach & 7) << 41
                | u64::from(circumstances.recent) << 33
                | u64::from(circumstances.other_company) << 32
                | u64::from(row),
        )
    }

    #[inline]
    pub(super) fn row(self) -> u32 {
        self.0 as u32
    }

    /// Words with an error.
    pub(super) fn typos(self) -> u64 {
        self.0 >> 54
    }

    /// Without the order of names, which two indexes do not share.
    pub(super) fn without_row(self) -> u64 {
        self.0 >> 32
    }
}

#[cfg(test)]
mod tests {
    use super::{Circumstances, Likeness, Match, NOT_RECENT, Place};

    fn place(likeness: Likeness, reach: u8, recent: u8, other_company: bool, row: u32) -> Place {
        Place::new(likeness, Circumstances { reach, recent, other_company }, row)
    }

    #[test]
    fn each_reason_counts_more_than_all_that_come_after_it() {
        let none = Likeness::default();
        let ordered = [
            place(none, 0, 0, false, 9),
            place(none, 0, 1, true, 0),
            place(none, 0, NOT_RECENT, false, 9),
            place(none, 0, NOT_RECENT, true, 0),
            place(none, 1, 0, false, 0),
            place(Likeness { partial: true, ..none }, 0, 0, false, 0),
            place(Likeness { apart: true, ..none }, 0, 0, false, 0),
            place(none.with(Match::WHOLE), 0, 0, false, 0),
            place(none.with(Match::BEGINNING), 0, 0, false, 0),
            place(Likeness { beside: 1, ..none }, 0, 0, false, 0),
            place(none.with(Match::WHOLE_TYPO), 0, 0, false, 0),
            place(none.with(Match::BEGINNING_TYPO), 0, 0, false, 0),
        ];
        assert!(ordered.is_sorted());
    }
}
