//! Where a directory is and what is read of it.

use std::fmt;
use std::time::Duration;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (`ldaps`).
    Tls,
    /// TLS after the extended operation StartTLS (RFC 4511, section 4.14).
    StartTls,
    /// None: the password and all entries can be read on the way.
    Plain,
}

/// Who asks.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// A distinguished name; Active Directory also takes `name@domain`.
    pub name: String,
    /// Never empty: to a server that would be an anonymous bind (RFC 4513, section 5.1.2).
    pub password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Where a directory is and what is read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The server's name or address; its certificate must be for it.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Certificates to trust besides the system's, PEM.
    pub ca_pem: Option<String>,
    /// Who asks; nobody in particular where there is none.
    pub account: Option<Account>,
    /// Below which entry is searched.
    pub base: String,
    /// Which entries are wanted (RFC 4515).
    pub filter: String,
    /// Which attributes are wanted.
    pub attributes: Vec<String>,
    /// Entries a page (RFC 2696). Active Directory gives at most 1000.
    pub page_size: u16,
    /// Where reading ends.
    pub limits: Limits,
}

/// Where reading ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest wait for a connection, TLS included.
    pub connect: Duration,
    /// Longest wait for each answer.
    pub answer: Duration,
    /// Longest time for all of it.
    pub whole: Duration,
    /// Most entries.
    pub entry_count: usize,
    /// Largest message in bytes: an entry with what was asked of it.
    pub message_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(60),
            whole: Duration::from_secs(2 * 60 * 60),
            entry_count: 2_000_000,
            message_bytes: 4 << 20,
        }
    }
}
