//! How much one site is asked by all of our sessions together: requests a second, and sign-ins at
//! once. After a pool's restart a thousand sessions come back, and must not come as one.

use crate::clock;
use parking_lot::Mutex;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

/// What a site may be asked; see [`super::SkypeLimits`].
#[derive(Debug)]
pub(super) struct Limits {
    sign_ins: Semaphore,
    events: Lane,
    urgent: Lane,
    usual: Lane,
}

/// In which lane a request waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Urgency {
    /// A person waits for it: what is said and asked in chats, searches.
    Urgent,
    /// All else: signing in, presence.
    Usual,
    /// A request for events, which the pool holds until there are some. Everything waits for it, and it asks little of
    /// the pool.
    Events,
}

/// Requests one after the other at a rate, with a small burst (a leaky bucket).
#[derive(Debug)]
struct Lane {
    /// Time between two requests; zero is no limit.
    pace: Duration,
    /// How far requests may run ahead of their pace.
    ahead: Duration,
    /// When the bucket will be empty.
    full_until: Mutex<Option<Instant>>,
}

impl Limits {
    /// Limits for a site: `requests_per_second` for all requests together but those for events, which are as many at
    /// the most; a quarter of them kept for what people wait for, which also takes what the rest leaves;
    /// `sign_ins_at_once`.
    pub(super) fn new(requests_per_second: u32, sign_ins_at_once: usize) -> Self {
        let urgent = requests_per_second.div_ceil(4);
        Self {
            sign_ins: Semaphore::new(sign_ins_at_once.max(1)),
            events: Lane::new(requests_per_second),
            urgent: Lane::new(urgent),
            usual: Lane::new((requests_per_second - urgent).max(1)),
        }
    }

    /// A turn to sign in, held while it goes on.
    pub(super) async fn sign_in(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.sign_ins.acquire().await.ok()
    }

    /// Waits for a request's turn.
    pub(super) async fn turn(&self, urgency: Urgency) {
        let wait = self.take(urgency, clock::instant());
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }

    /// Takes a request's place; how long to wait for it.
    fn take(&self, urgency: Urgency, now: Instant) -> Duration {
        let lane = match urgency {
            Urgency::Urgent if self.urgent.wait(now) <= self.usual.wait(now) => &self.urgent,
            Urgency::Urgent | Urgency::Usual => &self.usual,
            Urgency::Events => &self.events,
        };
        lane.take(now)
    }
}

impl Lane {
    fn new(per_second: u32) -> Self {
        let pace = Duration::from_secs(1) / per_second.max(1);
        // A tenth of a second's worth, at least two requests.
        Self { pace, ahead: Duration::from_millis(100).max(pace * 2), full_until: Mutex::default() }
    }

    /// Takes the next free place; how long to wait for it.
    fn take(&self, now: Instant) -> Duration {
        let mut full_until = self.full_until.lock();
        let place = full_until.unwrap_or(now).max(now);
        *full_until = Some(place + self.pace);
        self.until(place, now)
    }

    /// How long to wait for the next free place.
    fn wait(&self, now: Instant) -> Duration {
        self.until(self.full_until.lock().unwrap_or(now), now)
    }

    fn until(&self, place: Instant, now: Instant) -> Duration {
        place.saturating_duration_since(now).saturating_sub(self.ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lane, Limits, Urgency};
    use futures_util::FutureExt;
    use std::time::Duration;

    #[test]
    fn no_second_sees_more_than_its_rate_and_a_small_burst() {
        let (lane, now) = (Lane::new(100), crate::clock::instant());
        let mut at: Vec<Duration> = (0..1_000).map(|_| lane.take(now)).collect();
        at.sort();
        for (number, first) in at.iter().enumerate() {
            let within = at.iter().skip(number).take_while(|one| **one < *first + Duration::from_secs(1));
            assert!(within.count() <= 111, "from {first:?}");
        }
        assert_eq!(at.first(), Some(&Duration::ZERO));
        assert!(at.last().is_some_and(|last| *last <= Duration::from_secs(10)), "{:?}", at.last());
        assert_eq!(lane.take(now + Duration::from_secs(60)), Duration::ZERO, "a quiet lane does not wait");
    }

    #[test]
    fn who_waits_for_an_answer_does_not_wait_behind_the_rest() {
        let (limits, now) = (Limits::new(40, 2), crate::clock::instant());
        let flood = (0..300).map(|_| limits.take(Urgency::Usual, now)).max().unwrap_or_default();
        assert!(flood >= Duration::from_secs(9), "300 at 30 a second in {flood:?}");
        assert_eq!(limits.take(Urgency::Urgent, now), Duration::ZERO);
    }

    #[test]
    fn events_do_not_wait_behind_the_rest() {
        let (limits, now) = (Limits::new(40, 2), crate::clock::instant());
        for _ in 0..300 {
            limits.take(Urgency::Usual, now);
        }
        assert_eq!(limits.take(Urgency::Events, now), Duration::ZERO);
        let last = (0..400).map(|_| limits.take(Urgency::Events, now)).max().unwrap_or_default();
        assert!((9..=10).contains(&last.as_secs()), "400 at 40 a second in {last:?}");
    }

    #[test]
    fn who_waits_for_an_answer_takes_what_the_rest_leaves() {
        let (limits, now) = (Limits::new(40, 2), crate::clock::instant());
        let last = (0..400).map(|_| limits.take(Urgency::Urgent, now)).max().unwrap_or_default();
        assert!((9..=10).contains(&last.as_secs()), "400 at 40 a second in {last:?}");
    }

    #[test]
    fn only_so_many_sign_in_at_once() {
        let limits = Limits::new(1_000, 2);
        let first = limits.sign_in().now_or_never();
        let second = limits.sign_in().now_or_never();
        assert!(first.is_some() && second.is_some());
        assert!(limits.sign_in().now_or_never().is_none(), "a third came in");
        drop(first);
        assert!(limits.sign_in().now_or_never().is_some());
    }
}
