//! An open-loop load: what is due is sent at its time, however slow the answers are. Latency counts from the
//! time that was due, so a stall shows in every message that it held up.

use std::time::{Duration, Instant};

use crate::clock::now;

/// When each message is due.
#[derive(Debug, Clone, Copy)]
pub struct Schedule {
    /// The first.
    pub start: Instant,
    /// Between two.
    pub every: Duration,
    /// How many.
    pub count: usize,
}

impl Schedule {
    /// So many a second for so long, from a moment a little ahead.
    #[must_use]
    pub fn new(rate: u32, seconds: u32) -> Self {
        let start = now() + Duration::from_millis(50);
        Self { start, every: Duration::from_secs(1) / rate, count: (rate * seconds) as usize }
    }

    /// When the `n`th is due.
    #[must_use]
    pub fn due(&self, n: usize) -> Instant {
        self.start + self.every * u32::try_from(n).unwrap_or(u32::MAX)
    }

    /// Calls `send` for each on a thread of its own, whose sleep is finer than the timers of the runtime.
    pub async fn run(self, mut send: impl FnMut(usize) + Send + 'static) {
        let driving = tokio::task::spawn_blocking(move || {
            for n in 0..self.count {
                let wait = self.due(n).saturating_duration_since(now());
                if !wait.is_zero() {
                    std::thread::sleep(wait);
                }
                send(n);
            }
        });
        // The closure only sends: it does not panic.
        let _ = driving.await;
    }
}
