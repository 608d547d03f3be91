//! `POST /api/v1/reports/{name}/runs`

use super::asked::ReportRequest;
use super::view::ReportRunView;
use crate::http::extract::{Json, PathOf};
use crate::http::problem::{Code, Problem};
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use crate::reports::{AskedBy, queued};
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_reports::library::ReportName;
use hookflash_store::report_runs::RunLimits;
use hookflash_store::users::Role;

/// Asks for a report. It is queued and made as soon as the others before it are.
#[utoipa::path(post, path = "/api/v1/reports/{name}/runs", operation_id = "reports_request", tag = "reports",
    params(("name" = String, Path, description = "The report's word")), request_body = ReportRequest,
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 201, body = ReportRunView, description = "The run")))]
pub(in crate::http) async fn request(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(name): PathOf<String>,
    Json(body): Json<ReportRequest>,
) -> Result<(StatusCode, axum::Json<ReportRunView>), Problem> {
    let report = ReportName::of_word(&name).ok_or_else(|| {
        Problem::new(Code::UnknownReport, "GET /api/v1/reports lists those that there are.")
    })?;
    let by = user.by();
    let parameters = body.check(report, &user, by.at)?;
    parameters.question(&state.store, report, by.at).await?;
    let asked_by = AskedBy {
        user_id: user.user_id,
        is_administrator: user.has(Role::Administrator),
        at: by.at,
        fire_id: None,
    };
    let run = queued(report, &parameters, &asked_by)
        .map_err(|_| Problem::new(Code::Internal, "Nothing was changed."))?;
    let limits = RunLimits {
        all: state.config.reports.waiting.into(),
        one_user: state.config.reports.waiting_per_user.into(),
    };
    state.store.ask_for_report(&run, limits, &by).await?;
    state.runner.wake();
    let view = ReportRunView::of(run, Vec::new(), user.name).ok_or_else(super::visible::unknown)?;
    Ok((StatusCode::CREATED, axum::Json(view)))
}
