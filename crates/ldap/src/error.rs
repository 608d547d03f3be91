//! Why a reading ended early.

use std::io;

/// Why a reading ended early. Its words are for the administrator; they hold no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No connection.
    #[error("The server {address} cannot be reached: {words}.")]
    Unreachable {
        /// Name and port.
        address: String,
        /// What the network said.
        words: String,
    },
    /// The server does not answer.
    #[error("The server has not answered for {seconds} s.")]
    NoAnswer {
        /// How long it was waited for.
        seconds: u64,
    },
    /// All of it takes too long.
    #[error("Reading has not come to an end within {seconds} s.")]
    TooLong {
        /// How long it was read.
        seconds: u64,
    },
    /// The connection ended in the middle.
    #[error("The connection broke off: {0}.")]
    BrokenOff(String),
    /// The certificate, or TLS itself.
    #[error("TLS failed: {0}.")]
    Tls(String),
    /// The server takes no StartTLS.
    #[error("The server refuses StartTLS (result {0}).")]
    NoStartTls(u8),
    /// The certificates to trust cannot be read.
    #[error("The certificates to trust cannot be read: {0}.")]
    Certificates(String),
    /// The account does not exist or its password is wrong.
    #[error("The server does not take this account: its name or password is wrong.")]
    WrongAccount,
    /// The server wants TLS first.
    #[error("The server wants an encrypted connection first (result {0}).")]
    WantsTls(u32),
    /// There is no such base.
    #[error("There is no entry {0}, or this account may not see it.")]
    NoBase(String),
    /// The base is on another server, which is not asked.
    #[error("The server does not hold {base}; it points to {to}. Enter that server.")]
    Elsewhere {
        /// The base.
        base: String,
        /// Where the server points to.
        to: String,
    },
    /// The filter is not one.
    #[error("The filter is malformed.")]
    Filter,
    /// The server gives this account no more.
    #[error("The server gives this account no more than {0} entries. Raise its limit for this account.")]
    Limited(usize),
    /// There is more than may be.
    #[error("There are more than {0} entries.")]
    TooMany(usize),
    /// The server refuses.
    #[error("The server refuses (result {code}): {words}.")]
    Refused {
        /// RFC 4511, appendix A.
        code: u32,
        /// What it said.
        words: String,
    },
    /// What came is not LDAP, or beyond the limits.
    #[error("The server answered what cannot be read: {0}.")]
    Malformed(&'static str),
}

/// Most characters of a server's own words that are told.
const MOST_WORDS: usize = 200;

impl ReadError {
    /// A stable word for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "unreachable",
            Self::NoAnswer { .. } => "no_answer",
            Self::TooLong { .. } => "too_long",
            Self::BrokenOff(_) => "broken_off",
            Self::Tls(_) | Self::NoStartTls(_) => "tls",
            Self::Certificates(_) => "certificates",
            Self::WrongAccount => "wrong_account",
            Self::WantsTls(_) => "wants_tls",
            Self::NoBase(_) => "no_base",
            Self::Elsewhere { .. } => "elsewhere",
            Self::Filter => "filter",
            Self::Limited(_) => "limited",
            Self::TooMany(_) => "too_many",
            Self::Refused { .. } => "refused",
            Self::Malformed(_) => "malformed",
        }
    }

    /// A failure of the connection.
    pub(crate) fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData => Self::Tls(error.to_string()),
            _ => Self::BrokenOff(error.to_string()),
        }
    }
}

/// A server's own words, shortened and without control characters.
pub(crate) fn told(words: &str) -> String {
    let words = words.chars().filter(|one| !one.is_control()).take(MOST_WORDS).collect::<String>();
    let words = words.trim().trim_end_matches('.');
    if words.is_empty() { "it says no more".to_owned() } else { words.to_owned() }
}
