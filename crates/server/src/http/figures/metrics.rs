//! `GET /api/v1/figures/metrics`

use crate::http::session::SupervisorOrAbove;
use axum::Json;
use hookflash_domain::figures::{METRICS, Metric, Unit};
use serde::Serialize;
use utoipa::ToSchema;

/// What a metric's value is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::http) enum UnitView {
    Count,
    Milliseconds,
    Percent,
    Ratio,
}

/// A metric and what it means.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct MetricView {
    /// Its key in `values`.
    word: &'static str,
    /// Its name in the field.
    name: &'static str,
    unit: UnitView,
    definition: &'static str,
    /// How it is made of `totals` and of agents' time by state.
    formula: String,
    /// What it is divided by; empty where nothing is.
    divisor: String,
    /// The section of the definitions that it follows.
    source: &'static str,
}

impl From<Unit> for UnitView {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Count => Self::Count,
            Unit::Milliseconds => Self::Milliseconds,
            Unit::Percent => Self::Percent,
            Unit::Ratio => Self::Ratio,
        }
    }
}

impl From<&Metric> for MetricView {
    fn from(metric: &Metric) -> Self {
        Self {
            word: metric.word,
            name: metric.name,
            unit: metric.unit.into(),
            definition: metric.definition,
            formula: metric.formula(),
            divisor: metric.divisor(),
            source: metric.source,
        }
    }
}

/// Every metric, so that a figure can explain itself.
#[utoipa::path(get, path = "/api/v1/figures/metrics", operation_id = "figures_metrics", tag = "figures",
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = Vec<MetricView>, description = "In the order in which people look")))]
pub(in crate::http) async fn list(_: SupervisorOrAbove) -> Json<Vec<MetricView>> {
    Json(METRICS.iter().map(MetricView::from).collect())
}
