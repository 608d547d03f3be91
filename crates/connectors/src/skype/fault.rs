//! What goes wrong between us and a pool, and how it is told.

use super::pace::LONGEST_PAUSE;
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
    /// What the company's sign-in page allowed us has ended.
    AuthorisationEnded,
    /// No grant that we have; what is offered.
    NoCommonGrant(String),
    /// The account is disabled, locked, or wants a new password.
    AccountDisabled(String),
    /// The account may not use UCWA.
    NotEnabled(String),
    /// The account lives on this host, which is not among the configured ones.
    NotHomedHere(String),
    /// The server's clock is ahead of ours by so many seconds.
    ClockSkew(i64),
    /// The pool has asked to be left alone for so long.
    Paused(Duration),
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
        matches!(
            self,
            Self::WrongPassword
                | Self::AuthorisationEnded
                | Self::NoCommonGrant(_)
                | Self::AccountDisabled(_)
                | Self::NotEnabled(_)
                | Self::NotHomedHere(_)
        )
    }

    pub(super) fn is_gone(&self) -> bool {
        matches!(self, Self::ApplicationGone)
            || matches!(self, Self::Refused(refusal) if matches!(refusal.status, 404 | 410))
    }

    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            Self::Paused(left) => Some(*left),
            // Asking again and again with a proof that is refused may lock the account.
            Self::ClockSkew(_) => Some(LONGEST_PAUSE),
            _ => None,
        }
    }

    /// As told to people who look after the link.
    pub(super) fn trouble(&self) -> Trouble {
        let (code, words) = match self {
            Self::Unreachable(words) => (TroubleCode::Unreachable, format!("No connection: {words}")),
            Self::NotTrusted(words) => (TroubleCode::NotTrusted, words.clone()),
            Self::TimedOut => (TroubleCode::TimedOut, "The server did not answer in time.".to_owned()),
            Self::NotFound(tried) => {
                (TroubleCode::NotFound, format!("Discovery found nothing. Tried: {tried}"))
            }
            Self::WrongPassword => {
                (TroubleCode::WrongPassword, "The server does not take this name and password.".to_owned())
            }
            Self::AuthorisationEnded => (
                TroubleCode::AuthorisationEnded,
                "The company's sign-in service no longer accepts us for this account.".to_owned(),
            ),
            Self::NoCommonGrant(offered) => (
                TroubleCode::NoCommonGrant,
                format!("The server offers no sign-in that fits what we have. It offers: {offered}"),
            ),
            Self::AccountDisabled(words) => {
                (TroubleCode::AccountDisabled, format!("The account cannot sign in: {words}"))
            }
            Self::NotEnabled(words) => {
                (TroubleCode::NotEnabled, format!("The account may not use the service: {words}"))
            }
            Self::NotHomedHere(place) => (
                TroubleCode::NotHomedHere,
                format!(
                    "The account lives on {place}, which no configured pool serves. Add its domain to trusted_domains if it is yours."
                ),
            ),
            Self::ClockSkew(seconds) => (TroubleCode::ClockSkew, skew_words(*seconds)),
            Self::Paused(left) => (
                TroubleCode::Throttled,
                format!("The server has asked to be left alone for {} s more.", left.as_secs().max(1)),
            ),
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
            fault if fault.is_final() => ConnectorError::NotSignedIn,
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

/// How far the clocks are apart, in words.
fn skew_words(seconds: i64) -> String {
    let (minutes, side) =
        (seconds.unsigned_abs().div_ceil(60), if seconds > 0 { "ahead of" } else { "behind" });
    format!(
        "The server's clock is {minutes} min {side} ours; sign-in allows 5. Check the time of both machines."
    )
}

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
