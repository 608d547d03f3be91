//! What was said before.

use hookflash_domain::Timestamp;

/// A message of an earlier chat, as the network has kept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierMessage {
    /// Written by the agent; otherwise by the person.
    pub own: bool,
    /// Plain text; may be a beginning only, where the network keeps no more.
    pub text: String,
    /// What the chat was about.
    pub subject: Option<String>,
    /// When it was written, or when its chat began where the network tells only that.
    pub at: Timestamp,
}
