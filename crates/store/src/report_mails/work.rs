//! Sending a mail: one node at a time, in tries.

use super::ReportMailRow;
use crate::{Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The state's word: `waiting` for another try, `sent`, `failed`.
    pub state: &'static str,
    /// When it is tried again, if it is.
    pub next_try_at: Timestamp,
    /// Why it failed.
    pub error_code: Option<&'static str>,
    /// What the mail server said.
    pub error_words: Option<String>,
    /// When the mail server took it.
    pub sent_at: Option<Timestamp>,
}

impl Store {
    /// Begins a try of the mail that has waited longest of those whose time has come and whose reports are over, and
    /// gives it to the caller until `lease_until`.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn claim_report_mail(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<ReportMailRow>, StoreError> {
        let due: Option<Uuid> =
            on!(&self.db, pool => query_scalar(DUE).bind(now.0).fetch_optional(pool).await)?;
        let Some(mail_id) = due else { return Ok(None) };
        let mut tx = self.writing.begin().await?;
        let claimed = on!(tx.conn()?, conn => query_as(CLAIM).bind(mail_id).bind(now.0).bind(lease_until.0)
            .fetch_optional(conn).await);
        tx.settle(claimed.map_err(StoreError::from)).await
    }

    /// Ends a try. False where it is no longer the caller's.
    ///
    /// # Errors
    /// `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn settle_report_mail(
        &self,
        mail_id: Uuid,
        attempt: i64,
        settled: &Settled,
    ) -> Result<bool, StoreError> {
        if let Some(words) = &settled.error_words {
            crate::column::check_text("error_words", words)?;
        }
        let mut tx = self.writing.begin().await?;
        let done = on!(tx.conn()?, conn => query(SETTLE).bind(mail_id).bind(attempt).bind(settled.state)
            .bind(settled.next_try_at.0).bind(settled.error_code).bind(settled.error_words.as_deref())
            .bind(settled.sent_at.map(|at| at.0)).execute(conn).await.map(|done| done.rows_affected()));
        Ok(tx.settle(done.map_err(StoreError::from)).await? > 0)
    }

    /// Gives up what was being sent: for a node that knows that no other one is there.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn release_report_mails(&self) -> Result<(), StoreError> {
        let mut tx = self.writing.begin().await?;
        let released = on!(tx.conn()?, conn => query(RELEASE).execute(conn).await.map(drop));
        tx.settle(released.map_err(StoreError::from)).await
    }
}

sql! {
    DUE = "select m.mail_id from report_mail m where m.state in ('waiting', 'sending') and m.next_try_at <= $1 \
        and not exists (select 1 from report_run r where r.fire_id = m.fire_id and r.state in ('queued', 'running')) \
        order by m.next_try_at, m.mail_id limit 1";
    CLAIM = "update report_mail set state = 'sending', attempt = attempt + 1, next_try_at = $3 \
        where mail_id = $1 and state in ('waiting', 'sending') and next_try_at <= $2 \
        returning mail_id, fire_id, address, subject, form, state, attempt, next_try_at, error_code, error_words, sent_at";
    SETTLE = "update report_mail set state = $3, next_try_at = $4, error_code = $5, error_words = $6, sent_at = $7 \
        where mail_id = $1 and attempt = $2 and state = 'sending'";
    RELEASE = "update report_mail set next_try_at = 0 where state = 'sending'";
}
