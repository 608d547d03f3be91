//! New mails.

use super::ReportMailRow;
use crate::StoreError;
use crate::column::BindTo as _;
use crate::tx::Tx;
use sqlx::query;

/// Queues a mail of which the caller has checked the texts.
pub(crate) async fn add(tx: &mut Tx<'_>, mail: &ReportMailRow) -> Result<(), StoreError> {
    Ok(on!(tx.conn()?, conn => mail.bind_to(query(ADD)).execute(conn).await.map(drop))?)
}

sql! {
    ADD = "insert into report_mail (mail_id, fire_id, address, subject, form, state, attempt, next_try_at, error_code, \
        error_words, sent_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
}
