//! The one place of this crate that reads clocks and makes ids.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// The monotonic clock.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the crate's clock file")]
pub fn now() -> Instant {
    Instant::now()
}

/// UTC milliseconds, with fractions.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the crate's clock file")]
pub fn utc_ms() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1_000.0
}

/// A new id.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "ids are made here")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
