//! `GET /api/v1/figures/queues/series`

use super::stretch::{Asked, GrainView};
use crate::http::extract::QueryOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::Timestamp;
use hookflash_domain::figures::{Switches, Totals, service_level};
use hookflash_store::figures::Stretch;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Most points of an answer: more than a screen can tell apart.
const MAX_POINTS: usize = 750;
/// Most queues that can be chosen.
const MAX_QUEUES: usize = 200;

/// When, how finely and of which queues.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct SeriesAsked {
    /// The first moment, milliseconds since 1970: half hours that begin then or later.
    from_at: i64,
    /// The first moment after it.
    to_at: i64,
    /// How finely; the whole as one where absent.
    #[serde(default)]
    #[param(inline)]
    grain: GrainView,
    /// Where days begin, such as `Europe/Berlin`; UTC where absent.
    time_zone: Option<String>,
    /// Ids of 1 to 200 queues, with commas between them; all queues where absent.
    queue_ids: Option<String>,
}

/// The queues together in a part of the stretch.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct SeriesPoint {
    /// The part's first moment.
    from_at: i64,
    /// The first moment after it.
    to_at: i64,
    /// Those that are over: answered, abandoned and flowed out.
    offered: i64,
    answered: i64,
    abandoned: i64,
    flowed_out: i64,
    /// In percent; null where nothing was offered.
    service_level: Option<f64>,
}

/// Figures over time.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct QueueSeries {
    /// Every part of the stretch, one after the other, also those in which nothing happened.
    points: Vec<SeriesPoint>,
}

/// What came and what became of it over time, of some queues together. At most 750 points.
#[utoipa::path(get, path = "/api/v1/figures/queues/series", operation_id = "figures_queue_series", tag = "figures",
    params(SeriesAsked), security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = QueueSeries, description = "By time")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: SupervisorOrAbove,
    QueryOf(asked): QueryOf<SeriesAsked>,
) -> Result<Json<QueueSeries>, Problem> {
    let queues = asked.queues()?;
    let question = Asked::of_all(asked.from_at, asked.to_at, asked.grain, asked.time_zone).check()?;
    let parts = question.parts(MAX_POINTS).ok_or_else(|| {
        Problem::field("grain", format!("makes more than {MAX_POINTS} points; ask for a coarser one"))
    })?;
    let mut totals = BTreeMap::<Timestamp, Totals>::new();
    for sum in state.store.queue_intervals(question.stretch).await? {
        if queues.as_ref().is_none_or(|chosen| chosen.contains(&sum.queue_id.0)) {
            let part = sum.interval_at.map_or(question.stretch, |at| question.part_of(at));
            totals.entry(part.from_at).or_default().add(&sum.totals);
        }
    }
    let point = |part: &Stretch| SeriesPoint::of(*part, totals.get(&part.from_at), question.switches);
    Ok(Json(QueueSeries { points: parts.iter().map(point).collect() }))
}

impl SeriesAsked {
    fn queues(&self) -> Result<Option<BTreeSet<Uuid>>, Problem> {
        let Some(text) = &self.queue_ids else { return Ok(None) };
        let ids: Option<BTreeSet<Uuid>> = text.split(',').map(|id| id.trim().parse().ok()).collect();
        match ids {
            Some(ids) if ids.len() <= MAX_QUEUES => Ok(Some(ids)),
            _ => Err(Problem::field(
                "queue_ids",
                format!("must be 1 to {MAX_QUEUES} ids with commas between them"),
            )),
        }
    }
}

impl SeriesPoint {
    fn of(part: Stretch, totals: Option<&Totals>, switches: Switches) -> Self {
        let totals = totals.copied().unwrap_or_default();
        Self {
            from_at: part.from_at.0,
            to_at: part.to_at.0,
            offered: totals.offered,
            answered: totals.answered,
            abandoned: totals.abandoned,
            flowed_out: totals.flowed_out,
            service_level: service_level(&totals, switches),
        }
    }
}
