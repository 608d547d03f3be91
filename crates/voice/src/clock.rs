//! The one place of this crate that reads the clock and makes random numbers.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The monotonic clock.
#[expect(clippy::disallowed_methods, reason = "the crate's clock file")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// NTP time (RFC 5905 6): seconds since 1900 in the upper 32 bits, fraction below.
#[expect(clippy::disallowed_methods, reason = "the crate's clock file")]
pub(crate) fn ntp_now() -> u64 {
    const UNIX_EPOCH_IN_NTP_S: u64 = 2_208_988_800;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let fraction = (u64::from(since.subsec_nanos()) << 32) / 1_000_000_000;
    ((since.as_secs() + UNIX_EPOCH_IN_NTP_S) << 32) | fraction
}

/// A random number from the operating system's seeded generator.
pub(crate) fn random<T>() -> T
where
    rand::distr::StandardUniform: rand::distr::Distribution<T>,
{
    rand::random()
}
