//! Moments and spans. Nothing here reads a clock: `now` comes in.

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `ms` milliseconds later; stays at the end of time rather than wrapping.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment, never below zero: a clock that was set back
    /// must not give a negative duration.
    #[must_use]
    pub fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }
}

/// A stretch of time; empty when it ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Its first moment.
    pub from_at: Timestamp,
    /// The first moment after it.
    pub to_at: Timestamp,
}

impl Span {
    /// How long.
    #[must_use]
    pub fn ms(self) -> i64 {
        self.to_at.since_ms(self.from_at)
    }

    /// What both have in common.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        Self { from_at: self.from_at.max(other.from_at), to_at: self.to_at.min(other.to_at) }
    }
}
