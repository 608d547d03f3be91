//! One unbroken timestamp line out of many sources.
//!
//! Each source (music, one agent's line after another) counts its own RTP time;
//! the receiver must see one line that only grows.

/// A gap in a source's time up to this many samples (2 s) is kept as a gap;
/// a longer one, or a step back, starts the mapping anew.
const LONGEST_GAP: u32 = 16_000;

/// Maps the time of the current source onto one growing line.
#[derive(Debug)]
pub(crate) struct Timeline {
    next: u32,
    offset: Option<u32>,
}

impl Timeline {
    /// A line that starts at `start` (random for RTP, RFC 3550 5.1).
    pub(crate) fn new(start: u32) -> Self {
        Self { next: start, offset: None }
    }

    /// The time that the next sample gets.
    pub(crate) fn next(&self) -> u32 {
        self.next
    }

    /// The source changes: its first timestamp will continue the line.
    pub(crate) fn switch_source(&mut self) {
        self.offset = None;
    }

    /// Takes `samples` without a source's time, straight after the last ones.
    pub(crate) fn append(&mut self, samples: u32) -> u32 {
        let at = self.next;
        self.next = at.wrapping_add(samples);
        self.offset = None;
        at
    }

    /// Takes `samples` that the source stamped with `timestamp`.
    pub(crate) fn map(&mut self, timestamp: u32, samples: u32) -> u32 {
        let offset = self.offset.unwrap_or_else(|| self.next.wrapping_sub(timestamp));
        let mut at = timestamp.wrapping_add(offset);
        if at.wrapping_sub(self.next) > LONGEST_GAP {
            at = self.next;
        }
        self.offset = Some(at.wrapping_sub(timestamp));
        self.next = at.wrapping_add(samples);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_keeps_its_gaps() {
        let mut line = Timeline::new(1_000);
        assert_eq!(line.map(50, 160), 1_000);
        assert_eq!(line.map(210, 160), 1_160);
        assert_eq!(line.map(530, 160), 1_480);
    }

    #[test]
    fn switching_sources_continues_the_line() {
        let mut line = Timeline::new(u32::MAX - 100);
        assert_eq!(line.map(7, 160), u32::MAX - 100);
        line.switch_source();
        assert_eq!(line.map(4_000_000_000, 160), 59);
        assert_eq!(line.append(160), 219);
        assert_eq!(line.map(4_000_000_160, 160), 379);
    }

    #[test]
    fn a_step_back_or_a_long_gap_does_not_show() {
        let mut line = Timeline::new(0);
        line.map(1_000, 160);
        assert_eq!(line.map(500, 160), 160);
        assert_eq!(line.map(500_000, 160), 320);
    }
}
