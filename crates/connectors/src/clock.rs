//! The crate's only reading of clocks and of randomness.
#![expect(clippy::disallowed_methods, reason = "this is the crate's one place for them")]

use hookflash_domain::Timestamp;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// The present moment.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A steady clock for deadlines.
pub(crate) fn instant() -> Instant {
    Instant::now()
}

/// Random bytes, good enough for keys.
pub(crate) fn random_bytes<const COUNT: usize>() -> [u8; COUNT] {
    rand::random()
}

/// `span` shortened by up to half, at random, so that many sessions do not act at once.
pub(crate) fn jittered(span: Duration) -> Duration {
    span.mul_f64(rand::random_range(0.5..=1.0))
}
