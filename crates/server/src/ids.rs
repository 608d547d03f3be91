//! The one place in this crate that makes ids and secrets.

use rand::RngExt as _;
use uuid::Uuid;

/// A new id: UUIDv7, so that ids sort by the moment they were made.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the crate's id file")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Random bytes that nobody can foresee, for tokens, keys and nonces.
#[must_use]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    rand::rng().random()
}
