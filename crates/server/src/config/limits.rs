//! `[limits]`.

use super::reader::Reader;

/// What one client may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitsConfig {
    /// HTTP connections at once; one more waits.
    pub connections: usize,
    /// Failed attempts to sign in with one name within five minutes.
    pub sign_in_per_name: u32,
    /// Failed attempts to sign in from one address within five minutes.
    pub sign_in_per_address: u32,
}

pub(super) fn read(reader: &mut Reader) -> LimitsConfig {
    let connections = reader.number(
        "limits.connections",
        10_000,
        10..=1_000_000,
        "HTTP connections at once; one more waits until another goes.",
    );
    LimitsConfig {
        connections: connections as usize,
        sign_in_per_name: reader.number(
            "limits.sign_in_per_name",
            10,
            1..=1_000,
            "Wrong passwords for one name within five minutes; then that name waits.",
        ),
        sign_in_per_address: reader.number(
            "limits.sign_in_per_address",
            100,
            1..=100_000,
            "Wrong passwords from one address within five minutes; then that address waits.",
        ),
    }
}
