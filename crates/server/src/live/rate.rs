//! A bucket of tokens: how many frames a window may send.

use std::time::Instant;

/// Refilled at a rate, never above its burst.
#[derive(Debug)]
pub(super) struct Rate {
    per_second: f64,
    burst: f64,
    left: f64,
    at: Option<Instant>,
}

impl Rate {
    /// A full bucket.
    #[must_use]
    pub(super) fn new(per_second: u32, burst: u32) -> Self {
        Self { per_second: f64::from(per_second), burst: f64::from(burst), left: f64::from(burst), at: None }
    }

    /// Takes one token; false where none is left.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let passed = self.at.map_or(0.0, |at| now.saturating_duration_since(at).as_secs_f64());
        self.at = Some(now);
        self.left = (self.left + passed * self.per_second).min(self.burst);
        let has_one = self.left >= 1.0;
        if has_one {
            self.left -= 1.0;
        }
        has_one
    }
}

#[cfg(test)]
mod tests {
    use super::Rate;
    use std::time::Duration;

    #[test]
    fn a_burst_passes_then_the_rate_counts() {
        let start = crate::clock::monotonic();
        let mut rate = Rate::new(10, 3);
        let taken: Vec<_> = (0..4).map(|_| rate.take(start)).collect();
        assert_eq!(taken, [true, true, true, false]);
        assert!(rate.take(start + Duration::from_millis(100)));
        assert!(!rate.take(start + Duration::from_millis(150)));
    }
}
