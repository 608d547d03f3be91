//! Who can be reached, a byte a person.

use hookflash_domain::Presence;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// How reachable each row is, as `Presence::reach_rank` tells. May be changed while others search.
#[derive(Debug, Default)]
pub(super) struct ReachTable(Box<[AtomicU8]>);

impl ReachTable {
    /// Nothing is known of anybody.
    pub(super) fn unknown(rows: usize) -> Self {
        let unknown = Presence::Unknown.reach_rank();
        Self(std::iter::repeat_with(|| AtomicU8::new(unknown)).take(rows).collect())
    }

    #[inline]
    pub(super) fn of(&self, row: u32) -> u8 {
        self.0.get(row as usize).map_or(Presence::Unknown.reach_rank(), |reach| reach.load(Relaxed))
    }

    pub(super) fn set(&self, row: u32, reach: u8) {
        if let Some(place) = self.0.get(row as usize) {
            place.store(reach, Relaxed);
        }
    }

    /// The rows of whom something is known.
    pub(super) fn known(&self) -> impl Iterator<Item = (u32, u8)> + '_ {
        let reach = self.0.iter().map(|reach| reach.load(Relaxed));
        (0_u32..).zip(reach).filter(|(_, reach)| *reach != Presence::Unknown.reach_rank())
    }
}
