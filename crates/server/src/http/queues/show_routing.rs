//! `GET /api/v1/queues/{id}/routing`

use super::view::stored;
use crate::engine::policy_of;
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::QueueId;
use hookflash_domain::routing::{Ability, Evaluation, Policy, Scoring};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How a queue chooses.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct QueueRouting {
    pub(super) evaluation: EvaluationView,
    pub(super) scoring: ScoringView,
    /// Of interactions of this queue, -1,000 to 1,000.
    pub(super) priority: i32,
    /// The skills and languages that an interaction asks for which brings nothing of its own, at most 20.
    pub(super) asks: Vec<Uuid>,
    /// Bullseye: at most 6 rings; none for standard routing.
    pub(super) rings: Vec<QueueRing>,
}

/// One ring of bullseye routing.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct QueueRing {
    /// How long an interaction stays in it, 1,000 to 3,600,000.
    pub(super) stay_ms: i64,
    /// The skills that are no longer asked for after that, at most 50.
    pub(super) drops: Vec<Uuid>,
}

/// How the skills and languages that are asked for are looked at.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Evaluation)]
pub(in crate::http) enum EvaluationView {
    /// Agents who have all that is asked; of them the longest idle.
    All,
    /// Agents who have all that is asked; of them the highest mean proficiency.
    Best,
    /// Every agent of the queue, the longest idle first.
    None,
}

/// How waiting interactions are ranked.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Scoring)]
pub(in crate::http) enum ScoringView {
    /// Minutes in the queue plus priority.
    Conversation,
    /// Priority alone; such queues are served before the others.
    Priority,
}

/// How a queue chooses.
#[utoipa::path(get, path = "/api/v1/queues/{id}/routing", operation_id = "queues_routing_show", tag = "queues",
    params(("id" = Uuid, Path, description = "The queue's id")), security(("session" = ["administrator"])),
    responses((status = 200, body = QueueRouting, description = "How it chooses")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    _: Administrator,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<QueueRouting>, Problem> {
    routing(&state, QueueId(id)).await.map(Json)
}

/// As stored, or 404.
pub(super) async fn routing(state: &AppState, id: QueueId) -> Result<QueueRouting, Problem> {
    stored(state, id).await?;
    let rows = state.store.queue_policies().await?;
    let row = rows.iter().find(|row| row.queue_id == id);
    Ok(QueueRouting::of(row.map(policy_of).unwrap_or_default()))
}

impl QueueRouting {
    fn of(policy: Policy) -> Self {
        let ring = |ring: hookflash_domain::routing::Ring| QueueRing {
            stay_ms: ring.stay_ms,
            drops: ring.drops.into_iter().map(|skill| skill.0).collect(),
        };
        Self {
            evaluation: match policy.evaluation {
                Evaluation::All => EvaluationView::All,
                Evaluation::Best => EvaluationView::Best,
                Evaluation::None => EvaluationView::None,
            },
            scoring: match policy.scoring {
                Scoring::Conversation => ScoringView::Conversation,
                Scoring::Priority => ScoringView::Priority,
            },
            priority: policy.default_demand.priority,
            asks: policy.default_demand.asked.into_iter().map(Ability::id).collect(),
            rings: policy.rings.into_iter().map(ring).collect(),
        }
    }
}
