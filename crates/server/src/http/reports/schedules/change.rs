//! `PATCH /api/v1/reports/schedules/{id}`

use super::asked::checked;
use super::found::{changeable, unknown};
use super::view::{ReportScheduleView, view};
use crate::http::extract::{Json, PathOf, present};
use crate::http::problem::{Code, Problem};
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use crate::reports::{Definition, Format, LanguageTag, PaperSize, ScheduledMail, ScheduledReport, WhenView};
use axum::extract::State;
use hookflash_store::report_schedules::ReportScheduleRow;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What to change of a schedule; an absent field stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::http) struct ReportScheduleChange {
    name: Option<String>,
    /// Times that were missed while it was not enabled are not made up for.
    enabled: Option<bool>,
    when: Option<WhenView>,
    time_zone: Option<String>,
    reports: Option<Vec<ScheduledReport>>,
    formats: Option<Vec<Format>>,
    language: Option<LanguageTag>,
    paper: Option<PaperSize>,
    /// Null for nobody.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<ScheduledMail>, required = false)]
    mail: Option<Option<ScheduledMail>>,
}

/// Changes a schedule. It is due next at its first time from then on.
#[utoipa::path(patch, path = "/api/v1/reports/schedules/{id}", operation_id = "report_schedules_change",
    tag = "reports", params(("id" = Uuid, Path, description = "The schedule's id")),
    request_body = ReportScheduleChange, security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ReportScheduleView, description = "The schedule")))]
pub(in crate::http) async fn change(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<ReportScheduleChange>,
) -> Result<axum::Json<ReportScheduleView>, Problem> {
    let old = changeable(&state, &user, id).await?;
    let by = user.by();
    let definition: Definition = serde_json::from_str(&old.definition).map_err(|_| unknown())?;
    let enabled = body.enabled.unwrap_or(old.next_fire_at.is_some());
    let row = ReportScheduleRow { name: body.name.clone().unwrap_or(old.name), ..old };
    let row = checked(&state, row, body.over(definition), enabled, by.at).await?;
    if state.store.change_report_schedule(&row, &by).await?.is_none() {
        return Err(Problem::new(Code::ScheduleChanged, "Look at it again. Nothing was changed."));
    }
    state.scheduler.wake();
    view(&state, &user, id).await.map(axum::Json)
}

impl ReportScheduleChange {
    fn over(self, old: Definition) -> Definition {
        Definition {
            when: self.when.unwrap_or(old.when),
            time_zone: self.time_zone.unwrap_or(old.time_zone),
            reports: self.reports.unwrap_or(old.reports),
            formats: self.formats.unwrap_or(old.formats),
            language: self.language.unwrap_or(old.language),
            paper: self.paper.unwrap_or(old.paper),
            mail: self.mail.unwrap_or(old.mail),
        }
    }
}
