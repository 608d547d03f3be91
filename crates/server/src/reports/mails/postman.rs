//! Sends what waits, one mail at a time.
//!
//! A mail is claimed, handed over and then noted as sent. Between the mail server's answer and our note the process
//! may die; the mail is then sent once more, because SMTP cannot be asked whether it has one (RFC 5321, 4.5.4.1 and
//! RFC 1047). It has the same Message-ID, by which the second one can be told.

use super::letter::{NoLetter, letter};
use super::outcome::{MOST_TRIES, not_sent, sent};
use super::{MailFailure, Mailer};
use hookflash_store::report_mails::{ReportMailRow, Settled};
use hookflash_store::{Store, StoreError};
use std::error::Error as _;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether reports of a mail are over, or its time for another try has come.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long handing over one mail may take.
const LIMIT: Duration = Duration::from_secs(540);
/// After so long, which must be more, another node takes the mail.
const LEASE_MS: i64 = 600_000;

/// Sends what waits.
#[derive(Debug)]
pub(crate) struct Postman {
    store: Store,
    /// None where no mail server is configured.
    mailer: Option<Mailer>,
}

impl Postman {
    pub(crate) fn new(store: Store, mailer: Option<Mailer>) -> Self {
        Self { store, mailer }
    }

    /// Runs until `stop`; what is being handed over then is, as far as it may take.
    pub(crate) async fn run(self, stop: CancellationToken) {
        if self.store.file().is_some()
            && let Err(error) = self.store.release_report_mails().await
        {
            // A file has one server: what it was sending is sent at once, or after the lease.
            tracing::warn!(%error, "unfinished mails have to wait");
        }
        while !stop.is_cancelled() {
            match self.next().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "mails cannot be sent for the moment"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Sends the next one, if there is one.
    async fn next(&self) -> Result<bool, StoreError> {
        let now = crate::clock::now();
        let Some(mail) = self.store.claim_report_mail(now, now.plus_ms(LEASE_MS)).await? else {
            return Ok(false);
        };
        let (mail_id, attempt) = (mail.mail_id, mail.attempt);
        let settled = self.send(mail).await?;
        match &settled.error_words {
            None => tracing::info!(%mail_id, "reports were sent"),
            Some(words) => {
                tracing::warn!(%mail_id, attempt, state = settled.state, code = settled.error_code, %words, "reports were not sent");
            }
        }
        self.store.settle_report_mail(mail_id, attempt, &settled).await?;
        Ok(true)
    }

    async fn send(&self, mail: ReportMailRow) -> Result<Settled, StoreError> {
        let attempt = mail.attempt;
        let fails = |failure, words: &str| Ok(not_sent(failure, words, attempt, crate::clock::now()));
        let Some(mailer) = &self.mailer else {
            return fails(MailFailure::NotConfigured, "no mail server is configured");
        };
        if attempt > MOST_TRIES {
            return fails(MailFailure::Internal, "the server stopped each time that it was sent");
        }
        let message = match letter(&self.store, mailer, &mail).await {
            Ok(message) => message,
            Err(NoLetter::Store(error)) => return Err(error),
            Err(error @ NoLetter::Gone) => return fails(MailFailure::ReportsGone, &error.to_string()),
            Err(error) => return fails(MailFailure::Internal, &error.to_string()),
        };
        match tokio::time::timeout(LIMIT, mailer.send(message)).await {
            Ok(Ok(())) => Ok(sent(crate::clock::now())),
            Ok(Err(error)) => fails(MailFailure::of(&error), &words(&error)),
            Err(_) => fails(MailFailure::Unreachable, "it took too long"),
        }
    }
}

/// What the mail server said, with what is behind it.
fn words(error: &lettre::transport::smtp::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(behind) = source {
        let more = behind.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        source = behind.source();
    }
    words
}
