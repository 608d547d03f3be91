//! `PUT /api/v1/settings/thresholds`

use super::show_thresholds::{ThresholdView, ThresholdsPage, stored};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use hookflash_domain::QueueId;
use hookflash_domain::figures::Watched;
use hookflash_store::thresholds::{MAX_THRESHOLDS, ThresholdRow};
use serde::Deserialize;
use utoipa::ToSchema;

/// The thresholds that shall hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Thresholds {
    /// Each figure once for all queues and once for each queue; at most 500.
    thresholds: Vec<ThresholdView>,
}

/// Replaces the thresholds of queues' figures.
#[utoipa::path(put, path = "/api/v1/settings/thresholds", operation_id = "settings_thresholds_replace",
    tag = "settings", request_body = Thresholds, security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ThresholdsPage, description = "Figures and thresholds")))]
pub(in crate::http) async fn replace(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    Json(body): Json<Thresholds>,
) -> Result<axum::Json<ThresholdsPage>, Problem> {
    let rows = check(&body)?;
    state.store.replace_thresholds(&rows, &user.by()).await?;
    stored(&state).await.map(axum::Json)
}

fn check(body: &Thresholds) -> Result<Vec<ThresholdRow>, Problem> {
    let mut checks = Checks::default();
    checks.count("thresholds", &body.thresholds, MAX_THRESHOLDS);
    let mut rows: Vec<ThresholdRow> = Vec::new();
    for one in body.thresholds.iter().take(MAX_THRESHOLDS) {
        let row = check_one(&mut checks, one);
        if rows.iter().any(|other| (&other.figure, other.queue_id) == (&row.figure, row.queue_id)) {
            checks.wrong("figure", format!("{} is there twice for the same queues", row.figure));
        }
        rows.push(row);
    }
    checks.finish().map(|()| rows)
}

fn check_one(checks: &mut Checks, one: &ThresholdView) -> ThresholdRow {
    let rule = Watched::from(one.figure).rule();
    for (field, value) in [("warning", one.warning), ("critical", one.critical)] {
        if let Some(value) = value {
            checks.number(field, value, &(1..=rule.most));
        }
    }
    match (one.warning, one.critical) {
        (None, None) => checks.wrong("warning", "must be there, or critical"),
        (Some(warning), Some(critical)) if !rule.bad.is_worse(critical, warning) => {
            checks.wrong("critical", "must lie beyond warning");
        }
        _ => {}
    }
    ThresholdRow {
        figure: rule.word.to_owned(),
        queue_id: one.queue_id.map(QueueId),
        warning: one.warning,
        critical: one.critical,
    }
}
