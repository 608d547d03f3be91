//! Messages of a consult's chat.

use super::Side;
use crate::{MessageId, Timestamp};
use serde::{Deserialize, Serialize};

/// Longest message, in characters.
pub const MESSAGE_CHARS: usize = 4_000;

/// Something said in a consult.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id, made by whoever sent it first; the idempotency key of the agent's messages.
    pub id: MessageId,
    /// Which end said it.
    pub by: Side,
    /// The name under which it stands.
    pub author_name: String,
    /// Plain text.
    pub text: String,
    /// The same as safe HTML, where an expert's client used it.
    #[serde(default)]
    pub html: Option<String>,
    /// When.
    pub at: Timestamp,
    /// How far it got.
    pub state: MessageState,
    /// The keys of attached data that it hands over.
    pub shared: Vec<String>,
    /// The network's own id of an expert's message, by which a repetition is known.
    pub network_message_id: Option<String>,
}

/// How far a message got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum MessageState {
    /// Stored; the network has not taken it yet.
    Sending,
    /// The network took it.
    Sent,
    /// The network told that it arrived.
    Delivered,
    /// The network did not take it.
    Failed { reason: String },
}

/// A message of the agent that the network has not taken, kept so that it can be sent again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsettled {
    /// The invitation whose chat it belongs to.
    pub invitation: usize,
    /// The text.
    pub text: String,
    /// It failed and waits for the agent.
    pub failed: bool,
}

/// Whether a text may be sent.
pub(super) fn has_good_length(text: &str) -> bool {
    let chars = text.chars().count();
    !text.trim().is_empty() && chars <= MESSAGE_CHARS
}
