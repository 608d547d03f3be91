//! What becomes of a mail.

use hookflash_domain::Timestamp;
use hookflash_store::report_mails::Settled;
use lettre::transport::smtp;
use serde::Serialize;
use utoipa::ToSchema;

/// Minutes to the next try, by how many there were; the last one counts for all that follow. With
/// [`MOST_TRIES`] a mail is given up on after 21 hours.
const WAIT_MIN: [i64; 5] = [1, 5, 15, 60, 240];
/// Tries of a mail.
pub(super) const MOST_TRIES: i64 = 10;
/// Most characters that are kept of what a mail server says.
const MOST_WORDS: usize = 300;

/// What a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportMailState)]
pub(crate) enum MailState {
    /// For its reports, or for another try.
    Waiting,
    /// It is being handed over.
    Sending,
    /// The mail server took it.
    Sent,
    /// It is not tried again.
    Failed,
}

/// Why a mail was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportMailFailure)]
pub(crate) enum MailFailure {
    /// The mail server does not answer, or not with a certificate that is believed.
    Unreachable,
    /// The mail server does not let us sign in.
    SignIn,
    /// The mail server does not take it for the moment.
    Deferred,
    /// The mail server does not take it.
    Refused,
    /// Its reports were removed before.
    ReportsGone,
    /// No mail server is configured any more.
    NotConfigured,
    /// A defect; the server's log says more.
    Internal,
}

impl MailState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Sending, Self::Sent, Self::Failed];

    /// As it is stored.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The one of a stored word.
    pub(crate) fn of_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.word() == word).unwrap_or(Self::Failed)
    }
}

impl MailFailure {
    const ALL: [Self; 7] = [
        Self::Unreachable,
        Self::SignIn,
        Self::Deferred,
        Self::Refused,
        Self::ReportsGone,
        Self::NotConfigured,
        Self::Internal,
    ];

    /// As it is stored.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::SignIn => "sign_in",
            Self::Deferred => "deferred",
            Self::Refused => "refused",
            Self::ReportsGone => "reports_gone",
            Self::NotConfigured => "not_configured",
            Self::Internal => "internal",
        }
    }

    /// The one of a stored word.
    pub(crate) fn of_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|failure| failure.word() == word).unwrap_or(Self::Internal)
    }

    /// What an error of the mail server means.
    pub(super) fn of(error: &smtp::Error) -> Self {
        match error.status().map(u16::from) {
            // Of signing in and of encryption (RFC 4954, 3207): the administrator can mend them.
            Some(530..=538) => Self::SignIn,
            Some(code) if code >= 500 => Self::Refused,
            Some(_) => Self::Deferred,
            None => Self::Unreachable,
        }
    }

    /// Whether another try may go better.
    fn passes(self) -> bool {
        matches!(self, Self::Unreachable | Self::SignIn | Self::Deferred)
    }
}

/// The mail server took it.
pub(super) fn sent(at: Timestamp) -> Settled {
    Settled {
        state: MailState::Sent.word(),
        next_try_at: at,
        error_code: None,
        error_words: None,
        sent_at: Some(at),
    }
}

/// It was not sent in this try, the first of which is 1.
pub(super) fn not_sent(failure: MailFailure, words: &str, attempt: i64, at: Timestamp) -> Settled {
    let is_tried_again = failure.passes() && attempt < MOST_TRIES;
    let place = usize::try_from(attempt - 1).unwrap_or_default().min(WAIT_MIN.len() - 1);
    let state = if is_tried_again { MailState::Waiting } else { MailState::Failed };
    Settled {
        state: state.word(),
        next_try_at: at.plus_ms(WAIT_MIN[place] * 60_000),
        error_code: Some(failure.word()),
        error_words: Some(shown(words)),
        sent_at: None,
    }
}

/// A server's words on one line, cut short.
fn shown(words: &str) -> String {
    words.chars().map(|one| if one.is_control() { ' ' } else { one }).take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_go_better_is_tried_again_and_not_for_ever() {
        let told = |failure, attempt| {
            let settled = not_sent(failure, "550 no\r\nsuch", attempt, Timestamp(0));
            (settled.state, settled.next_try_at.0 / 60_000)
        };
        let waits = [1, 5, 15, 60, 240, 240, 240, 240, 240];
        for (attempt, minutes) in (1..).zip(waits) {
            assert_eq!(told(MailFailure::Deferred, attempt), ("waiting", minutes), "{attempt}");
        }
        assert_eq!(told(MailFailure::Deferred, 10).0, "failed");
        assert_eq!(told(MailFailure::SignIn, 1).0, "waiting");
        assert_eq!(
            (told(MailFailure::Refused, 1).0, told(MailFailure::ReportsGone, 1).0),
            ("failed", "failed")
        );
        let words =
            not_sent(MailFailure::Refused, &"x\r\n".repeat(900), 1, Timestamp(0)).error_words.unwrap();
        assert!(words.chars().count() == MOST_WORDS && !words.contains(['\r', '\n']));
    }
}
