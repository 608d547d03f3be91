//! What a schedule shall be, checked.

use crate::config::MailConfig;
use crate::http::problem::{Code, Problem};
use crate::http::reports::asked::check_about;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use crate::reports::{Definition, ScheduledMail, ScheduledReport};
use hookflash_domain::Timestamp;
use hookflash_reports::library::ReportName;
use hookflash_store::report_schedules::ReportScheduleRow;
use jiff::tz::TimeZone;

/// Most reports of a schedule.
const MOST_REPORTS: usize = 10;
/// Most characters of a name.
const LONGEST_NAME: usize = 100;
/// Most addresses of a schedule, and most characters of one (RFC 5321, 4.5.3.1.3).
const MOST_ADDRESSES: usize = 20;
const LONGEST_ADDRESS: usize = 254;
/// Most queues, and most users, that a report is narrowed down to.
const MOST_IDS: usize = 100;

/// A schedule with what is asked of it in its place; its next time is the first after `now`.
pub(super) async fn checked(
    state: &AppState,
    row: ReportScheduleRow,
    mut definition: Definition,
    enabled: bool,
    now: Timestamp,
) -> Result<ReportScheduleRow, Problem> {
    let name = check(&row.name, &mut definition, state.config.mail.as_ref())?;
    let not_understood = |field, error: &dyn std::fmt::Display| Problem::field(field, error.to_string());
    for report in &definition.reports {
        let (report, parameters) =
            definition.parameters(report, now).map_err(|error| not_understood("reports", &error))?;
        parameters.question(&state.store, report, now).await?;
    }
    let when = definition.when().map_err(|error| not_understood("when", &error))?;
    let zone = definition.zone().map_err(|error| not_understood("time_zone", &error))?;
    let next = when.next_after(now, &zone).ok_or_else(|| Problem::field("when", "is never due"))?;
    let definition = serde_json::to_string(&definition)
        .map_err(|_| Problem::new(Code::Internal, "Nothing was changed."))?;
    Ok(ReportScheduleRow { name, definition, next_fire_at: enabled.then_some(next), off_reason: None, ..row })
}

/// The name as it is kept; all mistakes that the request alone tells.
fn check(name: &str, definition: &mut Definition, mail: Option<&MailConfig>) -> Result<String, Problem> {
    let mut checks = Checks::default();
    let name = checks.text("name", name, 1..=LONGEST_NAME);
    if let Err(words) = definition.when.read() {
        checks.wrong("when", words);
    }
    if TimeZone::get(&definition.time_zone).is_err() {
        checks.wrong("time_zone", "is not a name of the time-zone database, such as Europe/Berlin");
    }
    definition.formats.sort_unstable();
    definition.formats.dedup();
    if definition.formats.is_empty() {
        checks.wrong("formats", "must have at least one");
    }
    if definition.reports.is_empty() {
        checks.wrong("reports", "must have at least one");
    }
    checks.count("reports", &definition.reports, MOST_REPORTS);
    for report in definition.reports.iter().take(MOST_REPORTS) {
        check_report(&mut checks, report);
    }
    if let Some(asked) = &mut definition.mail {
        let mail =
            mail.ok_or_else(|| Problem::new(Code::MailNotConfigured, "Set [mail], or leave it out."))?;
        check_mail(&mut checks, asked, mail);
    }
    checks.finish()?;
    Ok(name)
}

fn check_report(checks: &mut Checks, report: &ScheduledReport) {
    if ReportName::of_word(&report.report).is_none() {
        checks.wrong("reports", "must be reports that GET /api/v1/reports lists");
    }
    check_about(checks, &report.about(), MOST_IDS);
}

/// Addresses without blanks around them, each once.
fn check_mail(checks: &mut Checks, asked: &mut ScheduledMail, mail: &MailConfig) {
    let mut addresses = Vec::<String>::new();
    for address in &asked.addresses {
        let address = address.trim();
        if !addresses.iter().any(|one| one.eq_ignore_ascii_case(address)) {
            addresses.push(address.to_owned());
        }
    }
    if addresses.is_empty() {
        checks.wrong("mail", "must have at least one address");
    }
    checks.count("mail", &addresses, MOST_ADDRESSES);
    for address in addresses.iter().take(MOST_ADDRESSES) {
        let parsed = address.parse::<lettre::Address>().ok().filter(|_| address.len() <= LONGEST_ADDRESS);
        match parsed {
            None => checks.wrong("mail", "must have addresses such as sara@example.com"),
            Some(parsed) if !is_allowed(mail, parsed.domain()) => {
                checks.wrong(
                    "mail",
                    format!("must not have addresses at {}: see mail.domains", parsed.domain()),
                );
            }
            Some(_) => {}
        }
    }
    asked.addresses = addresses;
}

fn is_allowed(mail: &MailConfig, domain: &str) -> bool {
    mail.domains.is_empty() || mail.domains.iter().any(|allowed| allowed.eq_ignore_ascii_case(domain))
}
