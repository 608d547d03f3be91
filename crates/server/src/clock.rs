//! The one place in this crate that reads the clock.

use hookflash_domain::Timestamp;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The moment it is, UTC. A clock set before 1970 counts as 1970.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the crate's clock file")]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The moment at which the present day began, in the machine's time zone.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the crate's clock file")]
pub fn midnight() -> Timestamp {
    let now = jiff::Zoned::now();
    let start = now.start_of_day().unwrap_or(now);
    Timestamp(start.timestamp().as_millisecond())
}

/// A reading of the clock that is never set back: for spans, not for moments.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the crate's clock file")]
pub fn monotonic() -> Instant {
    Instant::now()
}
