//! `GET /api/v1/reports/runs`

use super::view::ReportRunView;
use super::visible::is_visible;
use crate::http::extract::QueryOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::UserId;
use hookflash_store::report_runs::Runs;
use hookflash_store::users::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Runs of a page where nothing is said.
const LIMIT: u32 = 50;
/// Most runs of a page.
const MAX_LIMIT: u32 = 200;

/// Which runs.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Asked {
    /// Those of all users; administrators only, others see their own.
    #[serde(default)]
    all: bool,
    /// `next_before` of the page before.
    before: Option<Uuid>,
    /// 1 to 200, 50 where absent.
    limit: Option<u32>,
}

/// A page of runs.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ReportRunsPage {
    /// Newest first.
    rows: Vec<ReportRunView>,
    /// Where the next page begins; null on the last.
    next_before: Option<Uuid>,
}

/// Reports that were asked for, the newest first.
#[utoipa::path(get, path = "/api/v1/reports/runs", operation_id = "reports_runs", tag = "reports",
    params(Asked), security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ReportRunsPage, description = "A page")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Json<ReportRunsPage>, Problem> {
    let limit = asked.limit.unwrap_or(LIMIT).clamp(1, MAX_LIMIT);
    let sees_all = asked.all && user.has(Role::Administrator);
    let runs = Runs { user: (!sees_all).then_some(user.user_id), before: asked.before, limit };
    let found = state.store.report_runs(runs).await?;
    let is_full = u32::try_from(found.len()).is_ok_and(|count| count == limit);
    let next_before = found.last().filter(|_| is_full).map(|(run, _)| run.run_id);
    let names = names(&state, sees_all).await?;
    let name = |id: UserId| names.get(&id).cloned().unwrap_or_else(|| user.name.clone());
    let rows = found.into_iter().filter(|(run, _)| is_visible(&user, run)).filter_map(|(run, files)| {
        let name = name(run.user_id);
        ReportRunView::of(run, files, name)
    });
    Ok(Json(ReportRunsPage { rows: rows.collect(), next_before }))
}

/// Names of those who may have asked; none but one's own where nobody else's are shown.
async fn names(state: &AppState, all: bool) -> Result<BTreeMap<UserId, String>, Problem> {
    if !all {
        return Ok(BTreeMap::new());
    }
    Ok(state.store.users().await?.into_iter().map(|user| (user.user_id, user.name)).collect())
}
