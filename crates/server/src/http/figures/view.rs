//! Figures as they are answered.

use hookflash_domain::figures::{Figures, METRICS, Totals};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Figures: what each metric is, and the sums that it is made of.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct FiguresView {
    /// By the metric's word; null where it would be divided by nothing.
    values: BTreeMap<&'static str, Option<f64>>,
    /// The sums, by field; those ending in `_ms` are milliseconds.
    totals: BTreeMap<&'static str, i64>,
    /// Agents' time by state or by the reason for not being ready, in milliseconds; empty for queues.
    states: BTreeMap<&'static str, i64>,
}

impl From<&Figures> for FiguresView {
    fn from(figures: &Figures) -> Self {
        let states = figures.states.0.iter().map(|(time, ms)| (time.word(), *ms));
        Self {
            values: METRICS.iter().map(|metric| (metric.word, (metric.value)(figures))).collect(),
            totals: Totals::FIELDS.iter().copied().zip(figures.totals.values()).collect(),
            states: states.collect(),
        }
    }
}
