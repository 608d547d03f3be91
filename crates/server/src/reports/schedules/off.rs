//! Why the server switches a schedule off.

use serde::Serialize;
use utoipa::ToSchema;

/// Why the server has switched a schedule off when it was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ScheduleOffReason)]
pub(crate) enum OffReason {
    /// Its owner is no longer active, or no supervisor or administrator any more.
    Owner,
    /// What it shall make is not understood by this version.
    NotUnderstood,
}

impl OffReason {
    /// As it is stored.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::NotUnderstood => "not_understood",
        }
    }

    /// The one of a stored word.
    pub(crate) fn of_word(word: &str) -> Self {
        if word == Self::Owner.word() { Self::Owner } else { Self::NotUnderstood }
    }
}
