//! The one place of this crate that reads clocks and makes random ids.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// How far the clock that clients are shown is ahead, in milliseconds.
static SKEW_MS: AtomicI64 = AtomicI64::new(0);

/// Milliseconds since the Unix epoch.
#[expect(clippy::disallowed_methods, reason = "this is the crate's clock file")]
pub(crate) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Puts the shown clock ahead by so much, or behind.
pub(crate) fn set_skew(skew_ms: i64) {
    SKEW_MS.store(skew_ms, Ordering::Relaxed);
}

/// A moment as clients are shown it.
pub(crate) fn skewed(at_ms: u64) -> u64 {
    at_ms.saturating_add_signed(SKEW_MS.load(Ordering::Relaxed))
}

/// A moment as HTTP writes it (RFC 9110 section 5.6.7).
pub(crate) fn http_date(at_ms: u64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day) = civil(at_ms);
    let weekday = DAYS[usize::try_from(at_ms / 86_400_000 % 7).unwrap_or(0)];
    let name = MONTHS[usize::try_from(month.saturating_sub(1)).unwrap_or(0).min(11)];
    let seconds = at_ms / 1_000 % 86_400;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{weekday}, {day:02} {name} {year:04} {hours:02}:{minutes:02}:{seconds:02} GMT")
}

/// Year, month and day of a moment, after H. Hinnant's `civil_from_days`.
pub(crate) fn civil(at_ms: u64) -> (u64, u64, u64) {
    let shifted = at_ms / 86_400_000 + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

/// A random id in the form `33dc0ef6-…`.
#[expect(
    clippy::disallowed_methods,
    reason = "ids are made here; the pool's ids are random, as Microsoft's are"
)]
pub(crate) fn random_guid() -> String {
    Uuid::new_v4().to_string()
}

/// A random id of 32 hexadecimal digits.
#[expect(clippy::disallowed_methods, reason = "ids are made here")]
pub(crate) fn random_hex() -> String {
    Uuid::new_v4().simple().to_string()
}

/// 64 random bits.
#[expect(clippy::disallowed_methods, reason = "ids are made here")]
pub(crate) fn random_u64() -> u64 {
    Uuid::new_v4().as_u64_pair().0 ^ Uuid::new_v4().as_u64_pair().1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_http_has_them() {
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(http_date(951_782_400_000), "Tue, 29 Feb 2000 00:00:00 GMT");
    }
}
