//! A mail with the reports of a fire, as a message (RFC 5322).

use super::Mailer;
use super::words::{How, Told, ToldReport, text};
use crate::reports::{LanguageTag, Offered, Parameters, free_name, offered};
use hookflash_reports::library::ReportName;
use hookflash_store::report_mails::ReportMailRow;
use hookflash_store::report_runs::{ReportFileRow, ReportRunRow};
use hookflash_store::report_schedules::ReportFireRow;
use hookflash_store::{Store, StoreError};
use lettre::Message;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use std::collections::BTreeSet;
use std::error::Error;
use std::time::{Duration, UNIX_EPOCH};

/// Why there is no message.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoLetter {
    #[error("its reports were removed")]
    Gone,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Internal(String),
}

/// A report, the days that it is about, and its files with their names in the mail.
struct Enclosed {
    report: ReportName,
    parameters: Parameters,
    files: Vec<(String, Offered)>,
}

/// The message. Each try makes the same one but for the marks between its parts: its id lets a mail server, or the
/// reader's, tell that it has it already.
pub(super) async fn letter(
    store: &Store,
    mailer: &Mailer,
    mail: &ReportMailRow,
) -> Result<Message, NoLetter> {
    let (fire, runs) = store.report_fire(mail.fire_id).await?.ok_or(NoLetter::Gone)?;
    let enclosed = enclose(runs);
    let language = enclosed.first().ok_or(NoLetter::Gone)?.parameters.language;
    let files = enclosed.iter().flat_map(|one| &one.files);
    let fits = files.map(|(_, file)| file.byte_count).sum::<u64>() <= mailer.most_bytes;
    let how = match (mail.form.as_str(), fits) {
        ("attachment", true) => How::Attached,
        ("attachment", false) => How::TooLarge,
        _ => How::Linked,
    };
    let mut body =
        MultiPart::mixed().singlepart(SinglePart::plain(say(mailer, mail, &enclosed, language, how)));
    if how == How::Attached {
        for (name, file) in enclosed.iter().flat_map(|one| &one.files) {
            let kind = ContentType::parse(file.format.media_type()).map_err(internal)?;
            body = body.singlepart(Attachment::new(name.clone()).body(content(store, file).await?, kind));
        }
    }
    message(mailer, mail, &fire)?.multipart(body).map_err(internal)
}

fn message(
    mailer: &Mailer,
    mail: &ReportMailRow,
    fire: &ReportFireRow,
) -> Result<lettre::message::MessageBuilder, NoLetter> {
    let to = Mailbox::new(None, mail.address.parse().map_err(internal)?);
    let id = format!("<{}@{}>", mail.mail_id, mailer.from.email.domain());
    let fired = Duration::from_millis(u64::try_from(fire.fired_at.0).unwrap_or_default());
    Ok(Message::builder()
        .from(mailer.from.clone())
        .to(to)
        .subject(&mail.subject)
        .message_id(Some(id))
        .date(UNIX_EPOCH + fired)
        .header(AutoSubmitted))
}

/// Runs of a later version say nothing.
fn enclose(runs: Vec<(ReportRunRow, Vec<ReportFileRow>)>) -> Vec<Enclosed> {
    let mut names = BTreeSet::new();
    let enclose = |(run, files): (ReportRunRow, Vec<ReportFileRow>)| {
        let report = ReportName::of_word(&run.report)?;
        let parameters = serde_json::from_str(&run.parameters).ok()?;
        let files = offered((run, files));
        let files = files.into_iter().map(|file| (free_name(&mut names, &file.name), file)).collect();
        Some(Enclosed { report, parameters, files })
    };
    runs.into_iter().filter_map(enclose).collect()
}

fn say(
    mailer: &Mailer,
    mail: &ReportMailRow,
    enclosed: &[Enclosed],
    language: LanguageTag,
    how: How,
) -> String {
    let report = |one: &'_ Enclosed| -> ToldReport<'_> {
        let (from, to) = (one.parameters.from, one.parameters.to);
        ToldReport {
            title: one.report.title(language.into()),
            days: if from == to { from.to_string() } else { format!("{from} – {to}") },
            files: Vec::new(),
        }
    };
    let mut reports: Vec<_> = enclosed.iter().map(report).collect();
    for (told, one) in reports.iter_mut().zip(enclosed) {
        told.files = one.files.iter().map(|(name, _)| name.as_str()).collect();
    }
    let page = mailer.desk.join("/reports").map(String::from).unwrap_or_default();
    text(&Told { language, subject: &mail.subject, reports, how, page: &page })
}

async fn content(store: &Store, file: &Offered) -> Result<Vec<u8>, NoLetter> {
    let mut content = Vec::new();
    for no in 0..file.part_count {
        let part = store.report_part(file.run_id, file.format.word(), no).await?;
        content.extend(part.ok_or(NoLetter::Gone)?);
    }
    Ok(content)
}

fn internal(error: impl Error) -> NoLetter {
    NoLetter::Internal(error.to_string())
}

/// No person wrote it, and no robot shall answer (RFC 3834, 5).
#[derive(Debug, Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
