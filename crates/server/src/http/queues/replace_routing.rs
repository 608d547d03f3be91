//! `PUT /api/v1/queues/{id}/routing`

use super::show_routing::{EvaluationView, QueueRouting, ScoringView, routing};
use crate::http::abilities::known::Known;
use crate::http::extract::{Json, PathOf};
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use hookflash_domain::acd::MAX_PRIORITY;
use hookflash_domain::routing::{Ability, Demand, Evaluation, MAX_DROPPED, MAX_RINGS, Policy, Ring, Scoring};
use hookflash_domain::{QueueId, SkillId};
use hookflash_store::abilities::QueuePolicyRow;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use uuid::Uuid;

/// Most skills and languages that a queue asks for by itself.
const MAX_ASKED: usize = 20;
/// How long an interaction stays in a ring.
const STAY_MS: RangeInclusive<i64> = 1_000..=3_600_000;

/// Replaces how a queue chooses; it counts for the next decision of routing.
#[utoipa::path(put, path = "/api/v1/queues/{id}/routing", operation_id = "queues_routing_replace", tag = "queues",
    params(("id" = Uuid, Path, description = "The queue's id")), request_body = QueueRouting,
    security(("session" = ["administrator"])),
    responses((status = 200, body = QueueRouting, description = "How it chooses")))]
pub(in crate::http) async fn replace(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<QueueRouting>,
) -> Result<axum::Json<QueueRouting>, Problem> {
    let queue_id = QueueId(id);
    let policy = check(&body, &Known::read(&state).await?)?;
    let body = serde_json::to_string(&policy).unwrap_or_default();
    state.store.set_queue_policy(&QueuePolicyRow { queue_id, body }, &administrator.by()).await?;
    state.engine.apply_directory().await;
    routing(&state, queue_id).await.map(axum::Json)
}

fn check(body: &QueueRouting, known: &Known) -> Result<Policy, Problem> {
    let mut checks = Checks::default();
    let most = i64::from(MAX_PRIORITY);
    checks.number("priority", i64::from(body.priority), &(-most..=most));
    checks.count("rings", &body.rings, MAX_RINGS);
    let mut rings = Vec::new();
    for ring in body.rings.iter().take(MAX_RINGS) {
        checks.number("stay_ms", ring.stay_ms, &STAY_MS);
        rings.push(Ring { stay_ms: ring.stay_ms, drops: check_drops(&mut checks, known, &ring.drops) });
    }
    let policy = Policy {
        evaluation: match body.evaluation {
            EvaluationView::All => Evaluation::All,
            EvaluationView::Best => Evaluation::Best,
            EvaluationView::None => Evaluation::None,
        },
        scoring: match body.scoring {
            ScoringView::Conversation => Scoring::Conversation,
            ScoringView::Priority => Scoring::Priority,
        },
        rings,
        default_demand: Demand {
            asked: known.check(&mut checks, "asks", &body.asks, MAX_ASKED),
            priority: body.priority,
        },
    };
    checks.finish().map(|()| policy)
}

fn check_drops(checks: &mut Checks, known: &Known, ids: &[Uuid]) -> BTreeSet<SkillId> {
    let mut drops = BTreeSet::new();
    for ability in known.check(checks, "drops", ids, MAX_DROPPED) {
        match ability {
            Ability::Skill(skill) => drop(drops.insert(skill)),
            Ability::Language(_) => checks.wrong("drops", "a ring drops skills, no languages"),
        }
    }
    drops
}
