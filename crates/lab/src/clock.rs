//! The one place of this crate that reads clocks and makes random ids.

use std::time::{SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// Milliseconds since the Unix epoch.
#[expect(clippy::disallowed_methods, reason = "this is the crate's clock file")]
pub(crate) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
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
