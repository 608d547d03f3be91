//! `POST /api/v1/queues`

use super::view::{
    OFFER_MS, QueueView, WRAP_UP_MS, WrapUpModeView, check_members, check_name, check_numbers, stored,
};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::team_addresses::{check_team_address, refuse_agents_address};
use crate::http::valid::Checks;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_domain::QueueId;
use hookflash_domain::wrap_up::WrapUpMode;
use hookflash_store::queues::{Queue, QueueRow};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// How long an interaction is offered to one agent, where nothing is said.
const OFFER_TIMEOUT_MS: i64 = 20_000;

/// A new queue.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewQueue {
    /// 1 to 100 characters; unique, case does not count.
    name: String,
    /// Dialled numbers or user parts that lead here, each 1 to 64 characters.
    #[serde(default)]
    numbers: Vec<String>,
    /// The users who serve it.
    #[serde(default)]
    member_ids: Vec<Uuid>,
    /// 7,000 to 59,000; 20,000 where absent.
    offer_timeout_ms: Option<i64>,
    /// `mandatory` where absent.
    wrap_up_mode: Option<WrapUpModeView>,
    /// 1,000 to 3,600,000.
    wrap_up_timeout_ms: Option<i64>,
    /// Whether it takes interactions; yes where absent.
    active: Option<bool>,
    /// The local part of the address at which experts write to its agents: at most 64 of a to z, 0 to 9, dot,
    /// hyphen and underscore, and no agent's.
    team_address: Option<String>,
}

/// Adds a queue.
#[utoipa::path(post, path = "/api/v1/queues", operation_id = "queues_create", tag = "queues", request_body = NewQueue,
    security(("session" = ["administrator"])),
    responses((status = 201, body = QueueView, description = "The queue")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<NewQueue>,
) -> Result<(StatusCode, axum::Json<QueueView>), Problem> {
    let queue = check(&body)?;
    refuse_agents_address(&state, queue.row.team_address.as_deref()).await?;
    state.store.create_queue(&queue, &administrator.by()).await?;
    state.engine.directory_changed();
    let queue = stored(&state, queue.row.queue_id).await?;
    Ok((StatusCode::CREATED, axum::Json(QueueView::of(queue))))
}

fn check(body: &NewQueue) -> Result<Queue, Problem> {
    let mut checks = Checks::default();
    let mode = body.wrap_up_mode.unwrap_or(WrapUpMode::default().into());
    let offer_timeout_ms = body.offer_timeout_ms.unwrap_or(OFFER_TIMEOUT_MS);
    checks.number("offer_timeout_ms", offer_timeout_ms, &OFFER_MS);
    match body.wrap_up_timeout_ms {
        Some(ms) => checks.number("wrap_up_timeout_ms", ms, &WRAP_UP_MS),
        None if mode.needs_timeout() => checks.wrong("wrap_up_timeout_ms", "is needed in this mode"),
        None => {}
    }
    let queue = Queue {
        row: QueueRow {
            queue_id: QueueId(crate::ids::new_id()),
            name: check_name(&mut checks, &body.name),
            offer_timeout_ms,
            wrap_up_mode: mode.word().to_owned(),
            wrap_up_timeout_ms: body.wrap_up_timeout_ms,
            active: body.active.unwrap_or(true),
            team_address: body.team_address.as_ref().and_then(|text| check_team_address(&mut checks, text)),
        },
        numbers: check_numbers(&mut checks, &body.numbers),
        member_ids: check_members(&mut checks, &body.member_ids),
    };
    checks.finish().map(|()| queue)
}
