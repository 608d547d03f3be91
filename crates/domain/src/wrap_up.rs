//! Wrap-up: the disposition, the note and how long they may take (`definitions.md` 2.5).

use crate::{DispositionId, Timestamp};
use serde::{Deserialize, Serialize};

/// Longest note, in characters.
pub const NOTE_CHARS: usize = 10_000;

/// Whether a disposition is required and who ends the wrap-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrapUpMode {
    /// The agent may skip the disposition.
    Optional,
    /// A disposition is required; the agent decides how long it takes.
    #[default]
    Mandatory,
    /// A disposition is required; ends at the time-out at the latest.
    MandatoryTimeout,
    /// The full time always passes.
    MandatoryForcedTimeout,
    /// Only when the agent asked for it during the call.
    AgentRequested,
}

/// A queue's rule, as it was when the interaction arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WrapUpRule {
    /// The mode.
    pub mode: WrapUpMode,
    /// Time-out in milliseconds, 1 s to 60 min; used by the last three modes only.
    pub timeout_ms: Option<i64>,
}

impl WrapUpRule {
    /// When a wrap-up that starts now ends by itself.
    #[must_use]
    pub fn deadline(self, now: Timestamp) -> Option<Timestamp> {
        match self.mode {
            WrapUpMode::Optional | WrapUpMode::Mandatory => None,
            _ => self.timeout_ms.map(|ms| now.plus_ms(ms)),
        }
    }
}

/// What the agent has written so far; may be prepared during the call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WrapUp {
    /// The code chosen.
    pub disposition: Option<DispositionId>,
    /// The note.
    pub note: String,
    /// When either was last saved.
    pub saved_at: Option<Timestamp>,
    /// The agent wants a wrap-up; counts in mode agent requested.
    pub requested: bool,
    /// How it ended.
    pub end: Option<WrapUpEnd>,
}

/// How a wrap-up ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrapUpEnd {
    /// The agent said done.
    Done,
    /// There was none: nobody answered, or the rule asks for none.
    None,
    /// The time was up; without a disposition this is Genesys' ININ-WRAP-UP-TIMEOUT.
    TimedOut,
}
