//! Schedules as supervisors and administrators see them.

use super::found::{may_change, unknown};
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use crate::reports::{
    Definition, Failure, Format, LanguageTag, MailFailure, MailState, OffReason, PaperSize, RunState,
    ScheduledMail, ScheduledReport, WhenView,
};
use hookflash_store::report_mails::ReportMailRow;
use hookflash_store::report_schedules::{FiredRunRow, ReportFireRow, ReportScheduleRow};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// Reports that are made again and again.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ReportScheduleView {
    schedule_id: Uuid,
    name: String,
    /// Whose: the runs are this user's.
    user_id: Uuid,
    user_name: String,
    /// Whether who asks may change it.
    may_change: bool,
    enabled: bool,
    /// Why the server has switched it off; null where it has not.
    off_reason: Option<OffReason>,
    when: WhenView,
    time_zone: String,
    /// Made together, in this order.
    reports: Vec<ScheduledReport>,
    formats: Vec<Format>,
    language: LanguageTag,
    paper: PaperSize,
    /// Whom they are sent to; null for nobody.
    mail: Option<ScheduledMail>,
    created_at: i64,
    /// When it is due; null while it is not enabled.
    next_fire_at: Option<i64>,
    /// What became of it last; null where it has not been due yet.
    last_fire: Option<ReportFireView>,
}

/// That a schedule was due, or fired by hand.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ReportFireView {
    fire_id: Uuid,
    /// When it was due; of times that were missed the last one.
    due_at: i64,
    fired_at: i64,
    by_hand: bool,
    /// Without those that were removed.
    runs: Vec<FiredRunView>,
    /// By address; they are sent when the runs are over.
    mails: Vec<ReportMailView>,
}

/// A mail with the reports of a fire.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ReportMailView {
    address: String,
    state: MailState,
    /// How often it was tried.
    attempt: i64,
    /// When it is tried next; null when it is over.
    next_try_at: Option<i64>,
    /// Why the last try failed.
    error_code: Option<MailFailure>,
    /// What the mail server said.
    error_words: Option<String>,
    /// When the mail server took it.
    sent_at: Option<i64>,
}

/// A run of a fire.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct FiredRunView {
    run_id: Uuid,
    /// The report's word.
    report: String,
    state: RunState,
    error_code: Option<Failure>,
}

/// The schedules as the user sees them, but for those that a later version has stored.
pub(super) async fn views(
    state: &AppState,
    user: &SignedIn,
    schedules: Vec<ReportScheduleRow>,
) -> Result<Vec<ReportScheduleView>, Problem> {
    let names: BTreeMap<_, _> =
        state.store.users().await?.into_iter().map(|user| (user.user_id, user.name)).collect();
    let fires = state.store.last_report_fires().await?;
    let mut fires: BTreeMap<_, _> = fires.into_iter().map(|fire| (fire.0.schedule_id, fire)).collect();
    let mails = state.store.last_report_mails().await?;
    let view = |row: ReportScheduleRow| {
        let last_fire = fires.remove(&row.schedule_id).map(|fire| ReportFireView::of(fire, &mails));
        let user_name = names.get(&row.user_id).cloned().unwrap_or_default();
        let definition: Definition = serde_json::from_str(&row.definition).ok()?;
        Some(ReportScheduleView {
            may_change: may_change(user, &row),
            schedule_id: row.schedule_id,
            name: row.name,
            user_id: row.user_id.0,
            user_name,
            enabled: row.next_fire_at.is_some(),
            off_reason: row.off_reason.as_deref().map(OffReason::of_word),
            when: definition.when,
            time_zone: definition.time_zone,
            reports: definition.reports,
            formats: definition.formats,
            language: definition.language,
            paper: definition.paper,
            mail: definition.mail,
            created_at: row.created_at.0,
            next_fire_at: row.next_fire_at.map(|at| at.0),
            last_fire,
        })
    };
    Ok(schedules.into_iter().filter_map(view).collect())
}

/// The schedule as it stands.
pub(super) async fn view(state: &AppState, user: &SignedIn, id: Uuid) -> Result<ReportScheduleView, Problem> {
    let schedule = super::found::found(state, id).await?;
    views(state, user, vec![schedule]).await?.pop().ok_or_else(unknown)
}

impl ReportFireView {
    fn of((fire, runs): (ReportFireRow, Vec<FiredRunRow>), mails: &[ReportMailRow]) -> Self {
        let run = |run: FiredRunRow| FiredRunView {
            run_id: run.run_id,
            report: run.report,
            state: RunState::of_word(&run.state),
            error_code: run.error_code.as_deref().map(Failure::of_word),
        };
        let mails =
            mails.iter().filter(|mail| mail.fire_id == fire.fire_id).map(ReportMailView::of).collect();
        Self {
            mails,
            fire_id: fire.fire_id,
            due_at: fire.due_at.0,
            fired_at: fire.fired_at.0,
            by_hand: fire.by_hand,
            runs: runs.into_iter().map(run).collect(),
        }
    }
}

impl ReportMailView {
    fn of(mail: &ReportMailRow) -> Self {
        let state = MailState::of_word(&mail.state);
        Self {
            address: mail.address.clone(),
            state,
            attempt: mail.attempt,
            next_try_at: (state == MailState::Waiting).then_some(mail.next_try_at.0),
            error_code: mail.error_code.as_deref().map(MailFailure::of_word),
            error_words: mail.error_words.clone(),
            sent_at: mail.sent_at.map(|at| at.0),
        }
    }
}
