//! `GET /api/v1/reports/runs/{id}`

use super::view::ReportRunView;
use super::visible::{unknown, visible};
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::{SignedIn, SupervisorOrAbove};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use uuid::Uuid;

/// A report that was asked for.
#[utoipa::path(get, path = "/api/v1/reports/runs/{id}", operation_id = "reports_run", tag = "reports",
    params(("id" = Uuid, Path, description = "The run's id")),
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ReportRunView, description = "The run")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf(run_id): PathOf<Uuid>,
) -> Result<Json<ReportRunView>, Problem> {
    view(&state, &user, run_id).await.map(Json)
}

/// The run as it stands, or 404.
pub(super) async fn view(state: &AppState, user: &SignedIn, run_id: Uuid) -> Result<ReportRunView, Problem> {
    let (run, files) = visible(state, user, run_id).await?;
    let asked_by = state.store.user(run.user_id).await?;
    let name = asked_by.map(|user| user.name).unwrap_or_default();
    ReportRunView::of(run, files, name).ok_or_else(unknown)
}
