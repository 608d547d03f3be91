//! `POST /api/v1/reports/schedules`

use super::asked::checked;
use super::view::{ReportScheduleView, view};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use crate::reports::{Definition, Format, LanguageTag, PaperSize, ScheduledMail, ScheduledReport, WhenView};
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_store::report_schedules::{ReportScheduleRow, ScheduleLimits};
use serde::Deserialize;
use utoipa::ToSchema;

/// Most schedules.
const LIMITS: ScheduleLimits = ScheduleLimits { all: 500, one_user: 50 };

/// A schedule to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ReportScheduleRequest {
    /// 1 to 100 characters.
    name: String,
    /// True where absent.
    enabled: Option<bool>,
    when: WhenView,
    /// Where clocks are read and days begin, such as `Europe/Berlin`; UTC where absent.
    time_zone: Option<String>,
    /// 1 to 10, which are made together.
    reports: Vec<ScheduledReport>,
    /// At least one.
    formats: Vec<Format>,
    /// The user's own, or English, where absent.
    language: Option<LanguageTag>,
    /// A4 where absent.
    paper: Option<PaperSize>,
    /// Whom the reports are sent to; nobody where absent or null.
    mail: Option<ScheduledMail>,
}

/// Makes a schedule. It is the user's, and so are its runs.
#[utoipa::path(post, path = "/api/v1/reports/schedules", operation_id = "report_schedules_create",
    tag = "reports", request_body = ReportScheduleRequest,
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 201, body = ReportScheduleView, description = "The schedule")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    Json(body): Json<ReportScheduleRequest>,
) -> Result<(StatusCode, axum::Json<ReportScheduleView>), Problem> {
    let by = user.by();
    let schedule_id = crate::ids::new_id();
    let row = ReportScheduleRow {
        schedule_id,
        user_id: user.user_id,
        name: body.name,
        definition: String::new(),
        revision: 1,
        created_at: by.at,
        next_fire_at: None,
        off_reason: None,
    };
    let definition = Definition {
        when: body.when,
        time_zone: body.time_zone.unwrap_or_else(|| "UTC".to_owned()),
        reports: body.reports,
        formats: body.formats,
        language: body.language.unwrap_or_else(|| LanguageTag::of_word(user.language.as_deref())),
        paper: body.paper.unwrap_or_default(),
        mail: body.mail,
    };
    let row = checked(&state, row, definition, body.enabled.unwrap_or(true), by.at).await?;
    state.store.create_report_schedule(&row, LIMITS, &by).await?;
    state.scheduler.wake();
    Ok((StatusCode::CREATED, axum::Json(view(&state, &user, schedule_id).await?)))
}
