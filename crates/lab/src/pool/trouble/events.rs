//! Events that get lost, come twice, come in another order or late: what an event channel should never do,
//! and clients have to bear.

use crate::clock::now_ms;
use crate::pool::people::PersonIndex;
use crate::pool::state::Core;
use crate::pool::wire::Event;

/// Trouble with the events of one person's channels, or of everybody's. The batch that is broken stays
/// broken when it is asked for again.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventTrouble {
    pub(crate) person: Option<PersonIndex>,
    /// Only events of this rel; empty is all. For `drop` and `duplicate`.
    pub(crate) rel: String,
    /// So many events more are lost.
    pub(crate) drop: u64,
    /// So many events more come twice.
    pub(crate) duplicate: u64,
    /// So many batches more come in a random order.
    pub(crate) shuffle: u64,
    /// The state of the random numbers.
    pub(crate) seed: u64,
    /// Nothing comes before this moment (ms); then all comes in one batch.
    pub(crate) hold_until: u64,
}

impl EventTrouble {
    fn meets(&self, person: PersonIndex) -> bool {
        self.person.is_none_or(|one| one == person)
    }

    fn fits(&self, event: &Event) -> bool {
        self.rel.is_empty() || self.rel.eq_ignore_ascii_case(event.link.rel)
    }

    fn is_over(&self, now: u64) -> bool {
        self.drop + self.duplicate + self.shuffle == 0 && self.hold_until <= now
    }

    fn break_up(&mut self, events: &mut Vec<Event>) {
        let mut broken = Vec::with_capacity(events.len());
        for event in events.drain(..) {
            if self.drop > 0 && self.fits(&event) {
                self.drop -= 1;
                continue;
            }
            if self.duplicate > 0 && self.fits(&event) {
                self.duplicate -= 1;
                broken.push(event.clone());
            }
            broken.push(event);
        }
        if self.shuffle > 0 && broken.len() > 1 {
            self.shuffle -= 1;
            for at in (1..broken.len()).rev() {
                let other = usize::try_from(self.random() % (at as u64 + 1)).unwrap_or(0);
                broken.swap(at, other);
            }
        }
        *events = broken;
    }

    /// Xorshift of Marsaglia; good enough to shuffle.
    fn random(&mut self) -> u64 {
        self.seed = self.seed.max(1);
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        self.seed
    }
}

impl Core {
    /// Breaks a batch that is given for the first time.
    pub(crate) fn break_batch(&mut self, person: PersonIndex, events: &mut Vec<Event>) {
        if self.event_troubles.is_empty() {
            return;
        }
        for trouble in self.event_troubles.iter_mut().filter(|trouble| trouble.meets(person)) {
            trouble.break_up(events);
        }
        let now = now_ms();
        self.event_troubles.retain(|trouble| !trouble.is_over(now));
    }

    /// Until when this person's events are held back.
    pub(crate) fn held_until(&self, person: PersonIndex, now: u64) -> Option<u64> {
        let held = self.event_troubles.iter().filter(|trouble| trouble.meets(person));
        held.map(|trouble| trouble.hold_until).max().filter(|until| *until > now)
    }
}
