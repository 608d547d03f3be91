//! Moments as the import format has them (RFC 3339).

use crate::clock::civil;
use serde::{Serialize, Serializer};

/// Milliseconds since 1970, written as `2026-03-02T08:14:05.250Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(pub(super) i64);

impl Moment {
    pub(super) fn text(self) -> String {
        let at = u64::try_from(self.0).unwrap_or(0);
        let (year, month, day) = civil(at);
        let (ms, second) = (at % 1_000, at / 1_000 % 86_400);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

/// Midnight of a day `YYYY-MM-DD`, as universal time.
pub(super) fn day(text: &str) -> Result<i64, String> {
    // Only days from 1971 on: found by walking, since reading dates is no other business of this crate.
    let wanted = format!("{text}T00:00:00.000Z");
    (365..100_000_i64)
        .map(|day| day * 86_400_000)
        .find(|at| Moment(*at).text() == wanted)
        .ok_or_else(|| "write a day as YYYY-MM-DD".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_days() {
        assert_eq!(Moment(951_782_400_250).text(), "2000-02-29T00:00:00.250Z");
        assert_eq!(day("2000-02-29"), Ok(951_782_400_000));
        assert!(day("2001-02-29").is_err() && day("soon").is_err());
    }
}
