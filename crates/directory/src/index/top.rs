//! The first few of a search.
//!
//! Where only a beginning was typed, ten people of one name say less than the names that begin so: of one name
//! [`SAME_NAME`] are shown before others had their turn. Those passed over fill what is left.

use super::rank::Place;

/// So many of one name come before others.
pub(super) const SAME_NAME: usize = 3;

/// Somebody found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) place: Place,
    /// Of a word only the beginning was typed.
    pub(super) begun: bool,
}

/// The first few places, and those passed over for their name.
#[derive(Debug)]
pub(super) struct Top {
    limit: usize,
    kept: Vec<Found>,
    spare: Vec<Found>,
}

impl Top {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, kept: Vec::with_capacity(limit + 1), spare: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Whether as many were found as are wanted.
    pub(super) fn is_full(&self) -> bool {
        self.kept.len() + self.spare.len() >= self.limit
    }

    /// A place must be before this one to count.
    #[inline]
    pub(super) fn threshold(&self) -> Place {
        if self.kept.len() < self.limit {
            return Place::LAST;
        }
        self.kept.last().map_or(Place::FIRST, |last| last.place)
    }

    /// A person counts once, at the best place; `same` tells whether two rows have one name.
    pub(super) fn push(&mut self, found: Found, same: impl Fn(u32, u32) -> bool) {
        if found.place >= self.threshold() || !self.forget_worse(found.place) {
            return;
        }
        insert(&mut self.kept, found, self.limit + 1);
        let alike = |one: &Found| found.begun && one.begun && same(one.place.row(), found.place.row());
        if self.kept.iter().filter(|one| alike(one)).count() > SAME_NAME
            && let Some(worst) = self.kept.iter().rposition(alike)
        {
            let worst = self.kept.remove(worst);
            insert(&mut self.spare, worst, self.limit);
        }
        self.kept.truncate(self.limit);
    }

    /// All that may be shown, best first: [`spread`] says which.
    pub(super) fn into_found(mut self) -> Vec<Found> {
        self.kept.append(&mut self.spare);
        self.kept.sort_by_key(|found| found.place);
        self.kept
    }

    /// Forgets the person's place of before; false where that was better.
    fn forget_worse(&mut self, place: Place) -> bool {
        for list in [&mut self.kept, &mut self.spare] {
            let Some(known) = list.iter().position(|known| known.place.row() == place.row()) else {
                continue;
            };
            if list.get(known).is_some_and(|known| known.place <= place) {
                return false;
            }
            list.remove(known);
        }
        true
    }
}

/// The first of those found, best first, not too many of one name before others.
pub(super) fn spread<T: Copy>(
    found: &[T],
    limit: usize,
    begun: impl Fn(&T) -> bool,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<T> {
    let mut kept: Vec<(usize, T)> = Vec::new();
    let mut passed_over = Vec::new();
    for (number, one) in found.iter().enumerate() {
        let alike = |(_, other): &&(usize, T)| begun(one) && begun(other) && same(one, other);
        if kept.iter().filter(alike).count() >= SAME_NAME {
            passed_over.push((number, *one));
        } else {
            kept.push((number, *one));
        }
    }
    kept.truncate(limit);
    let left = limit - kept.len();
    kept.extend(passed_over.into_iter().take(left));
    kept.sort_by_key(|(number, _)| *number);
    kept.into_iter().map(|(_, one)| one).collect()
}

fn insert(list: &mut Vec<Found>, found: Found, limit: usize) {
    let before = list.partition_point(|known| known.place < found.place);
    list.insert(before, found);
    list.truncate(limit);
}

#[cfg(test)]
mod tests {
    use super::{Found, Top, spread};
    use crate::index::rank::{Circumstances, Likeness, NOT_RECENT, Place};

    fn at(reach: u8, row: u32) -> Found {
        let circumstances = Circumstances { reach, recent: NOT_RECENT, other_company: false };
        Found { place: Place::new(Likeness::default(), circumstances, row), begun: true }
    }

    fn rows(top: Top) -> Vec<u32> {
        top.into_found().iter().map(|found| found.place.row()).collect()
    }

    #[test]
    fn the_top_holds_each_person_once_at_the_best_place() {
        let mut top = Top::new(2);
        for one in [at(5, 1), at(3, 2), at(4, 1), at(2, 3), at(1, 3), at(6, 4)] {
            top.push(one, |_, _| false);
        }
        assert_eq!(top.into_found(), [at(1, 3), at(3, 2)]);
    }

    #[test]
    fn of_one_name_three_come_before_others_had_their_turn() {
        // Rows below 100 have one name.
        let same = |one: u32, other: u32| one < 100 && other < 100;
        let mut top = Top::new(5);
        for row in [9, 7, 8, 3, 2, 1, 200, 201] {
            top.push(at(0, row), same);
        }
        assert!(top.is_full());
        assert_eq!(rows(top), [1, 2, 3, 7, 8, 9, 200, 201]);
        let all: Vec<_> = [1, 2, 3, 7, 8, 9, 200, 201].map(|row| at(0, row)).into();
        let shown = |limit| {
            let same = |one: &Found, other: &Found| same(one.place.row(), other.place.row());
            spread(&all, limit, |one| one.begun, same).iter().map(|one| one.place.row()).collect::<Vec<_>>()
        };
        assert_eq!(shown(5), [1, 2, 3, 200, 201]);
        assert_eq!(shown(7), [1, 2, 3, 7, 8, 200, 201]);
        let whole: Vec<_> = all.iter().map(|one| Found { begun: false, ..*one }).collect();
        let first = spread(&whole, 4, |one| one.begun, |_, _| true);
        assert_eq!(first, whole[..4]);
    }
}
