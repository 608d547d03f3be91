//! `PATCH /api/v1/queues/{id}`

use super::view::{
    OFFER_MS, QueueView, WRAP_UP_MS, WrapUpModeView, check_members, check_name, check_numbers, stored,
};
use crate::http::extract::{Json, PathOf, present};
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::team_addresses::{check_team_address, refuse_agents_address};
use crate::http::valid::Checks;
use axum::extract::State;
use hookflash_domain::QueueId;
use hookflash_store::queues::{Queue, QueueChange};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What to change of a queue; an absent field stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = QueueChange)]
pub(in crate::http) struct Change {
    name: Option<String>,
    /// All numbers that lead here.
    numbers: Option<Vec<String>>,
    /// All users who serve it.
    member_ids: Option<Vec<Uuid>>,
    /// 7,000 to 59,000.
    offer_timeout_ms: Option<i64>,
    wrap_up_mode: Option<WrapUpModeView>,
    /// 1,000 to 3,600,000, or null.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<i64>, required = false)]
    wrap_up_timeout_ms: Option<Option<i64>>,
    active: Option<bool>,
    /// The local part of the address at which experts write to its agents: at most 64 of a to z, 0 to 9, dot,
    /// hyphen and underscore, and no agent's; or null.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>, required = false)]
    team_address: Option<Option<String>>,
}

/// Changes a queue.
#[utoipa::path(patch, path = "/api/v1/queues/{id}", operation_id = "queues_change", tag = "queues",
    params(("id" = Uuid, Path, description = "The queue's id")), request_body = Change,
    security(("session" = ["administrator"])),
    responses((status = 200, body = QueueView, description = "The queue")))]
pub(in crate::http) async fn change(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<Change>,
) -> Result<axum::Json<QueueView>, Problem> {
    let id = QueueId(id);
    let before = stored(&state, id).await?;
    let change = check(&body, &before)?;
    refuse_agents_address(&state, change.team_address.as_ref().and_then(Option::as_deref)).await?;
    state.store.change_queue(id, change, &administrator.by()).await?;
    state.engine.directory_changed();
    Ok(axum::Json(QueueView::of(stored(&state, id).await?)))
}

fn check(body: &Change, before: &Queue) -> Result<QueueChange, Problem> {
    let mut checks = Checks::default();
    if let Some(ms) = body.offer_timeout_ms {
        checks.number("offer_timeout_ms", ms, &OFFER_MS);
    }
    if let Some(Some(ms)) = body.wrap_up_timeout_ms {
        checks.number("wrap_up_timeout_ms", ms, &WRAP_UP_MS);
    }
    let needs_timeout = match body.wrap_up_mode {
        Some(mode) => mode.needs_timeout(),
        None => before.row.wrap_up_mode.ends_with("_timeout"),
    };
    if needs_timeout && body.wrap_up_timeout_ms.unwrap_or(before.row.wrap_up_timeout_ms).is_none() {
        checks.wrong("wrap_up_timeout_ms", "is needed in this mode");
    }
    let change = QueueChange {
        name: body.name.as_ref().map(|text| check_name(&mut checks, text)),
        offer_timeout_ms: body.offer_timeout_ms,
        wrap_up_mode: body.wrap_up_mode.map(|mode| mode.word().to_owned()),
        wrap_up_timeout_ms: body.wrap_up_timeout_ms,
        active: body.active,
        team_address: body
            .team_address
            .as_ref()
            .map(|text| text.as_ref().and_then(|text| check_team_address(&mut checks, text))),
        numbers: body.numbers.as_ref().map(|numbers| check_numbers(&mut checks, numbers)),
        member_ids: body.member_ids.as_ref().map(|ids| check_members(&mut checks, ids)),
    };
    checks.finish().map(|()| change)
}
