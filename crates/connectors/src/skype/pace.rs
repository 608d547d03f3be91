//! When a pool may be asked again: shared by all sessions of a site, because a pool that asks one
//! of them to wait means all (UCWA 6).

use super::fault::Fault;
use crate::clock;
use parking_lot::Mutex;
use std::{collections::HashMap, time::Duration};
use tokio::time::Instant;
use url::Url;

/// Longest pause that a server may ask for.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// Over how long those who waited are spread at most.
const LONGEST_SPREAD: Duration = Duration::from_secs(30);
/// Pauses that are kept; those that are over are forgotten first.
const MOST_PAUSES: usize = 256;

/// The pauses that servers have asked for, by origin.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<HashMap<String, Pause>>);

#[derive(Debug, Clone, Copy)]
struct Pause {
    until: Instant,
    length: Duration,
}

impl Pace {
    /// Refuses what would be sent while its server wants to be left alone. Each caller is told
    /// another time to come back, so that they do not come together.
    pub(super) fn check(&self, url: &Url, now: Instant) -> Result<(), Fault> {
        let pause = self.0.lock().get(&origin(url)).copied();
        let Some(pause) = pause else { return Ok(()) };
        let left = pause.until.saturating_duration_since(now);
        if left.is_zero() { Ok(()) } else { Err(Fault::Paused(left + spread(pause.length))) }
    }

    /// Notes what an answer says about being asked again.
    pub(super) fn note(&self, url: &Url, status: u16, retry_after: Option<Duration>, now: Instant) {
        let Some(wish) = retry_after.filter(|_| matches!(status, 408 | 429 | 502 | 503 | 504)) else {
            return;
        };
        let length = wish.min(LONGEST_PAUSE);
        let mut pauses = self.0.lock();
        if pauses.len() >= MOST_PAUSES {
            pauses.retain(|_, pause| pause.until > now);
        }
        let pause = Pause { until: now + length, length };
        if pauses.len() < MOST_PAUSES {
            let known = pauses.entry(origin(url)).or_insert(pause);
            if known.until < pause.until {
                *known = pause;
            }
        }
    }
}

/// A random part of half the pause.
fn spread(length: Duration) -> Duration {
    let most = (length / 2).min(LONGEST_SPREAD);
    most.saturating_sub(clock::jittered(most)) * 2
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_PAUSE, Pace};
    use crate::{clock, skype::fault::Fault};
    use std::time::Duration;
    use url::Url;

    fn url(text: &str) -> Url {
        text.parse().expect("a URL")
    }

    #[test]
    fn one_answer_holds_everybody_off_that_server_alone_and_for_a_bounded_time() {
        let (pace, now) = (Pace::default(), clock::instant());
        let (pool, other) = (url("https://pool.test/a"), url("https://other.test/a"));
        let seconds = Duration::from_secs;
        for (status, wish) in [(200, Some(9)), (404, Some(9)), (503, None), (429, Some(0))] {
            pace.note(&pool, status, wish.map(seconds), now);
            assert_eq!(pace.check(&pool, now), Ok(()), "{status} {wish:?}");
        }
        pace.note(&pool, 503, Some(seconds(10)), now);
        pace.note(&pool, 429, Some(seconds(2)), now);
        for _ in 0..50 {
            let Err(Fault::Paused(left)) = pace.check(&url("https://pool.test/b?c"), now) else {
                panic!("not held off");
            };
            assert!((seconds(10)..=seconds(15)).contains(&left), "{left:?}");
        }
        assert_eq!(pace.check(&other, now), Ok(()));
        assert_eq!(pace.check(&pool, now + seconds(10)), Ok(()));
        pace.note(&pool, 503, Some(seconds(86_400)), now);
        assert!(pace.check(&pool, now + LONGEST_PAUSE - seconds(1)).is_err());
        assert_eq!(pace.check(&pool, now + LONGEST_PAUSE), Ok(()));
    }
}
