//! To whom the reports of a schedule are sent.

use crate::reports::MailState;
use hookflash_domain::Timestamp;
use hookflash_store::report_mails::ReportMailRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Whom reports are sent to by e-mail, each in a mail of their own, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduledMail {
    /// 1 to 20 addresses, such as `sara@example.com`.
    pub(crate) addresses: Vec<String>,
    pub(crate) form: MailForm,
}

/// How a mail brings reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MailForm {
    /// It has the files, as long as they are not larger than `mail.longest_attachment_kb`.
    Attachment,
    /// It leads to the desk, where their owner downloads them.
    Link,
}

impl ScheduledMail {
    /// The mails of a fire.
    pub(super) fn mails(&self, fire_id: Uuid, subject: &str, at: Timestamp) -> Vec<ReportMailRow> {
        let form = match self.form {
            MailForm::Attachment => "attachment",
            MailForm::Link => "link",
        };
        let mail = |address: &String| ReportMailRow {
            mail_id: crate::ids::new_id(),
            fire_id,
            address: address.clone(),
            subject: subject.to_owned(),
            form: form.to_owned(),
            state: MailState::Waiting.word().to_owned(),
            attempt: 0,
            next_try_at: at,
            error_code: None,
            error_words: None,
            sent_at: None,
        };
        self.addresses.iter().map(mail).collect()
    }
}
