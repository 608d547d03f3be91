//! Sets of rows that live as long as one search. Their memory is kept for the next search of the thread: to
//! ask the system for it, and to give it back, would take longer than to fill it.

use super::arrays::Bits;
use std::cell::RefCell;

/// Most sets that a thread keeps.
const MOST_KEPT: usize = 12;

thread_local! {
    static KEPT: RefCell<Vec<Bits>> = const { RefCell::new(Vec::new()) };
}

/// A set of rows.
#[derive(Debug)]
pub(super) struct ScratchRows(Bits);

impl ScratchRows {
    pub(super) fn of_size(size: u32) -> Self {
        let kept = KEPT.with_borrow_mut(Vec::pop);
        Self(kept.unwrap_or_default().emptied(size))
    }

    #[inline]
    pub(super) fn insert(&mut self, row: u32) {
        self.0.insert(row);
    }

    #[inline]
    pub(super) fn contains(&self, row: u32) -> bool {
        self.0.contains(row)
    }
}

impl Drop for ScratchRows {
    fn drop(&mut self) {
        KEPT.with_borrow_mut(|kept| {
            if kept.len() < MOST_KEPT {
                kept.push(std::mem::take(&mut self.0));
            }
        });
    }
}
