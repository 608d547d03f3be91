//! `GET /api/v1/figures/queues`

use super::stretch::{Asked, Question};
use super::view::FiguresView;
use crate::http::extract::QueryOf;
use crate::http::problem::{Code, Problem};
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::figures::{Figures, Totals};
use hookflash_domain::{QueueId, Timestamp};
use hookflash_store::figures::QueueSum;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// Most rows of an answer.
const MAX_ROWS: usize = 20_000;

/// A queue in a part of the stretch.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct QueueFiguresView {
    /// The part's first moment.
    from_at: i64,
    /// The first moment after it.
    to_at: i64,
    queue_id: Uuid,
    /// Null when the queue is gone; the all-zero id stands for what belongs to none.
    queue_name: Option<String>,
    figures: FiguresView,
}

/// Figures of queues.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct QueueFiguresPage {
    /// By time, then by queue. What nothing happened in has no row.
    rows: Vec<QueueFiguresView>,
    /// All rows as one.
    summary: FiguresView,
}

/// Queues' figures of a stretch of time.
#[utoipa::path(get, path = "/api/v1/figures/queues", operation_id = "figures_queues", tag = "figures",
    params(Asked), security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = QueueFiguresPage, description = "By time and queue")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: SupervisorOrAbove,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Json<QueueFiguresPage>, Problem> {
    let question = asked.check()?;
    let sums = match question.grain {
        Some(_) => state.store.queue_intervals(question.stretch).await?,
        None => state.store.queue_sums(question.stretch).await?,
    };
    let (parts, all) = by_part(&question, sums);
    if parts.len() > MAX_ROWS {
        let words =
            format!("These are more than {MAX_ROWS} rows. Ask for a shorter time or a coarser grain.");
        return Err(Problem::new(Code::Invalid, words));
    }
    let names: BTreeMap<QueueId, String> =
        state.store.queues().await?.into_iter().map(|queue| (queue.row.queue_id, queue.row.name)).collect();
    let figures = |totals| Figures { totals, switches: question.switches, ..Figures::default() };
    let rows = parts.into_iter().map(|((from_at, to_at, queue), totals)| QueueFiguresView {
        from_at: from_at.0,
        to_at: to_at.0,
        queue_id: queue.0,
        queue_name: names.get(&queue).cloned(),
        figures: FiguresView::from(&figures(totals)),
    });
    Ok(Json(QueueFiguresPage { rows: rows.collect(), summary: FiguresView::from(&figures(all)) }))
}

type Parts = BTreeMap<(Timestamp, Timestamp, QueueId), Totals>;

/// Sums by part of the stretch and queue, and all of them.
fn by_part(question: &Question, sums: Vec<QueueSum>) -> (Parts, Totals) {
    let (mut parts, mut all) = (Parts::new(), Totals::default());
    for sum in sums.into_iter().filter(|sum| sum.totals != Totals::default()) {
        let part = sum.interval_at.map_or(question.stretch, |at| question.part_of(at));
        parts.entry((part.from_at, part.to_at, sum.queue_id)).or_default().add(&sum.totals);
        all.add(&sum.totals);
    }
    (parts, all)
}
