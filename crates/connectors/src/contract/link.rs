//! How the connection to a network is.

use hookflash_domain::Timestamp;

/// How a session's connection is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkState {
    /// Signing in.
    Connecting,
    /// Signed in; events flow.
    Up,
    /// Cut; it will be tried again.
    Down {
        /// When it is tried again.
        retry_at: Timestamp,
        /// What is the matter.
        trouble: Trouble,
    },
    /// The session is over and will not come back by itself; the receiver ends.
    SignedOut {
        /// Why; absent when it was asked for.
        trouble: Option<Trouble>,
    },
}

/// What is the matter with a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Stable code, for translation.
    pub code: TroubleCode,
    /// What happened, in English, for logs and administrators. No secrets.
    pub words: String,
}

/// The kinds of trouble that a person can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TroubleCode {
    /// The network does not take name or password.
    WrongPassword,
    /// What the agent's company allowed us has ended: the agent signs in there again.
    AuthorisationEnded,
    /// The account is disabled, locked or has to change its password.
    AccountDisabled,
    /// The account exists but may not use the network this way.
    NotEnabled,
    /// The server does not have Hookflash as its component, or with another secret.
    ComponentRefused,
    /// The account lives on a server that is not among the configured ones.
    NotHomedHere,
    /// The network offers no way of signing in that we have.
    NoCommonGrant,
    /// No server was found for the account's domain.
    NotFound,
    /// The server's certificate is not trusted.
    NotTrusted,
    /// The server's clock and ours differ by more than a sign-in allows.
    ClockSkew,
    /// The server could not be connected to.
    Unreachable,
    /// The server did not answer in time.
    TimedOut,
    /// The server asks us to come less often.
    Throttled,
    /// The server reports a failure of its own.
    ServerFailed,
    /// The server said something that the protocol does not foresee.
    Protocol,
    /// Another program uses the same endpoint of this account.
    Replaced,
}

impl TroubleCode {
    /// The code as written in APIs and catalogues.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongPassword => "wrong_password",
            Self::AuthorisationEnded => "authorisation_ended",
            Self::AccountDisabled => "account_disabled",
            Self::NotEnabled => "not_enabled",
            Self::ComponentRefused => "component_refused",
            Self::NotHomedHere => "not_homed_here",
            Self::NoCommonGrant => "no_common_grant",
            Self::NotFound => "server_not_found",
            Self::NotTrusted => "certificate_not_trusted",
            Self::ClockSkew => "clock_skew",
            Self::Unreachable => "server_unreachable",
            Self::TimedOut => "timed_out",
            Self::Throttled => "throttled",
            Self::ServerFailed => "server_failed",
            Self::Protocol => "protocol",
            Self::Replaced => "replaced",
        }
    }
}
