//! Why a call was not done.

/// Why a call was not done. Nothing was changed on the network, except after
/// [`ConnectorError::TryLater`], where it is not known: repeat with the same key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectorError {
    /// The session has ended, or has not signed in within the time a call may wait.
    #[error("You are not signed in to the chat network. Connect your account again.")]
    NotSignedIn,
    /// The chat does not exist on the network any more.
    #[error("This chat has ended. Start a new one to go on.")]
    ChatGone,
    /// The text is longer than the network takes.
    #[error("The message is too long: at most {limit} bytes. Shorten or split it.")]
    TooLong {
        /// Limit in bytes of UTF-8.
        limit: usize,
    },
    /// The network does not answer or asks us to wait.
    #[error("The chat network is not answering. It will be tried again by itself.")]
    TryLater {
        /// When to repeat, in milliseconds from the answer.
        retry_ms: u64,
    },
    /// The person cannot be reached (unknown address, no chat client).
    #[error("This person cannot be reached on the chat network: {words}")]
    Unreachable {
        /// The network's own words.
        words: String,
    },
    /// The network refused.
    #[error("The chat network refused ({code}): {words}")]
    Refused {
        /// The network's code, for the administrator.
        code: String,
        /// The network's own words.
        words: String,
    },
    /// The network cannot do this; see [`crate::Capabilities`].
    #[error("This chat network cannot do that.")]
    Unsupported,
}

impl ConnectorError {
    /// Whether repeating the same call later may succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::TryLater { .. })
    }
}
