//! Lists of people who match, and sets of them.

use crate::index::arrays::part;
use crate::index::crowds::DenseRows;
use crate::index::people::PeopleIndex;
use crate::index::rank::Match;
use crate::index::scratch::ScratchRows;

/// A list of people who match a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) struct Source {
    pub(in crate::index) rows: Rows,
    pub(in crate::index) count: u32,
    /// How they match; nothing when it is not by their name.
    pub(in crate::index) found: Option<Match>,
}

/// Where the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) enum Rows {
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

impl Rows {
    /// Gives the rows until it is told to stop.
    pub(in crate::index) fn each(self, index: &PeopleIndex, mut go_on: impl FnMut(u32) -> bool) {
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
    pub(in crate::index) fn is_ascending(self) -> bool {
        match self {
            Self::Tokens(start, end) => end - start == 1,
            Self::Crowd(_) | Self::Value(_) => true,
            Self::Emails(..) | Self::Phones(..) | Self::PhoneEnds(..) => false,
        }
    }
}

/// Who a word may fit.
#[derive(Debug, Clone, Copy)]
pub(in crate::index) enum MayFit<'i> {
    Anybody,
    Crowd(DenseRows<'i>),
    Rows(&'i ScratchRows),
}

impl MayFit<'_> {
    #[inline]
    pub(in crate::index) fn contains(self, row: u32) -> bool {
        match self {
            Self::Anybody => true,
            Self::Crowd(crowd) => crowd.contains(row),
            Self::Rows(rows) => rows.contains(row),
        }
    }
}

/// Some rows: a sorted list while they are few.
#[derive(Debug, Default)]
pub(super) struct RowSet {
    few: Vec<u32>,
    many: Option<ScratchRows>,
}

impl RowSet {
    const FEW: usize = 1_024;

    pub(super) fn of(mut rows: Vec<u32>, count: u32) -> Self {
        if rows.len() <= Self::FEW {
            rows.sort_unstable();
            return Self { few: rows, many: None };
        }
        let mut many = ScratchRows::of_size(count);
        rows.into_iter().for_each(|row| many.insert(row));
        Self { few: Vec::new(), many: Some(many) }
    }

    pub(super) fn contains(&self, row: u32) -> bool {
        match &self.many {
            Some(many) => many.contains(row),
            None => !self.few.is_empty() && self.few.binary_search(&row).is_ok(),
        }
    }
}
