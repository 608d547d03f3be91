//! What goes wrong between us and a pool, and how it is told.

use crate::{ConnectorError, Trouble, TroubleCode};
use std::time::Duration;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// No connection.
    Unreachable(String),
    /// The certificate is not trusted.
    NotTrusted(String),
    /// No answer in time.
    TimedOut,
    /// Discovery found no server.
    NotFound(String),
    /// Name or password are not taken.
    WrongPassword,
    /// No grant that we have.
    NoCommonGrant(String),
    /// The account may not use UCWA.
    NotEnabled(String),
    /// The application is gone: a new one is needed.
    ApplicationGone,
    /// Another program took our event channel.
    Replaced,
    /// Something that the protocol does not foresee.
    Protocol(String),
    /// An error answer.
    Refused(Refusal),
}

/// An error answer of a pool (UCWA 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) subcode: String,
    pub(super) words: String,
    pub(super) retry_after: Option<Duration>,
}

impl Refusal {
    pub(super) fn is(&self, subcode: &str) -> bool {
        self.subcode.eq_ignore_ascii_case(subcode)
    }

    /// Whether the same request may succeed later (UCWA 6).
    fn is_transient(&self) -> bool {
        matches!(self.status, 401 | 408 | 429 | 500 | 502 | 503 | 504)
            || (self.status == 409 && self.subcode.is_empty())
    }
}

impl Fault {
    /// Whether the session cannot go on without a person's doing.
    pub(super) fn is_final(&self) -> bool {
        matches!(self, Self::WrongPassword | Self::NoCommonGrant(_) | Self::NotEnabled(_))
    }

    pub(super) fn is_gone(&self) -> bool {
        matches!(self, Self::ApplicationGone)
            || matches!(self, Self::Refused(refusal) if matches!(refusal.status, 404 | 410))
    }

    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            _ => None,
        }
    }

    /// As told to people who look after the link.
    pub(super) fn trouble(&self) -> Trouble {
        let (code, words) = match self {
            Self::Unreachable(words) => (TroubleCode::Unreachable, format!("No connection: {words}")),
            Self::NotTrusted(words) => (
                TroubleCode::NotTrusted,
                format!("The server's certificate is not trusted ({words}). Add its authority to ca_pem."),
            ),
            Self::TimedOut => (TroubleCode::TimedOut, "The server did not answer in time.".to_owned()),
            Self::NotFound(words) => (TroubleCode::NotFound, format!("No server was found. Tried: {words}")),
            Self::WrongPassword => {
                (TroubleCode::WrongPassword, "The server does not take this name and password.".to_owned())
            }
            Self::NoCommonGrant(offered) => (
                TroubleCode::NoCommonGrant,
                format!("The server offers no sign-in by password, only: {offered}"),
            ),
            Self::NotEnabled(words) => {
                (TroubleCode::NotEnabled, format!("The account may not use the service: {words}"))
            }
            Self::ApplicationGone => {
                (TroubleCode::ServerFailed, "The server has ended our application.".to_owned())
            }
            Self::Replaced => {
                (TroubleCode::Replaced, "Another program uses this account's endpoint.".to_owned())
            }
            Self::Protocol(words) => (TroubleCode::Protocol, words.clone()),
            Self::Refused(refusal) => refusal_trouble(refusal),
        };
        Trouble { code, words }
    }

    /// As told to who made a call.
    pub(super) fn into_error(self) -> ConnectorError {
        match self {
            Self::WrongPassword | Self::NoCommonGrant(_) | Self::NotEnabled(_) => ConnectorError::NotSignedIn,
            Self::Refused(refusal) if !refusal.is_transient() => {
                let code = format!("{} {} {}", refusal.status, refusal.code, refusal.subcode);
                ConnectorError::Refused { code: code.trim_end().to_owned(), words: refusal.words }
            }
            fault => later(fault.retry_after()),
        }
    }
}

/// `TryLater` with a pause that suits a server's wish, if it had one.
pub(super) fn later(wish: Option<Duration>) -> ConnectorError {
    let pause = wish.unwrap_or(Duration::from_secs(1)).clamp(Duration::from_millis(200), LONGEST_PAUSE);
    ConnectorError::TryLater { retry_ms: u64::try_from(pause.as_millis()).unwrap_or(u64::MAX) }
}

/// Longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

fn refusal_trouble(refusal: &Refusal) -> (TroubleCode, String) {
    let code = match refusal.status {
        429 | 503 => TroubleCode::Throttled,
        500.. => TroubleCode::ServerFailed,
        _ => TroubleCode::Protocol,
    };
    let Refusal { status, code: name, subcode, words, .. } = refusal;
    (code, format!("The server answered {status} {name} {subcode}: {words}"))
}

#[cfg(test)]
mod tests {
    use super::{Fault, Refusal};
    use crate::ConnectorError;
    use std::time::Duration;

    fn refused(status: u16, retry_after: Option<Duration>) -> Fault {
        let (code, subcode, words) = ("Conflict".to_owned(), "Busy".to_owned(), "words".to_owned());
        Fault::Refused(Refusal { status, code, subcode, words, retry_after })
    }

    #[test]
    fn calls_are_told_what_to_do() {
        let later = |retry_ms| ConnectorError::TryLater { retry_ms };
        assert_eq!(refused(503, Some(Duration::from_secs(7))).into_error(), later(7_000));
        assert_eq!(refused(429, Some(Duration::from_secs(86_400))).into_error(), later(300_000));
        assert_eq!(Fault::TimedOut.into_error(), later(1_000));
        assert_eq!(Fault::WrongPassword.into_error(), ConnectorError::NotSignedIn);
        let code = "409 Conflict Busy".to_owned();
        let words = "words".to_owned();
        assert_eq!(refused(409, None).into_error(), ConnectorError::Refused { code, words });
    }
}
