//! `GET /api/v1/figures/agents/{id}/states`

use crate::http::extract::{PathOf, QueryOf};
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::Json;
use axum::extract::State;
use hookflash_domain::figures::AgentTime;
use hookflash_domain::{Timestamp, UserId};
use hookflash_store::figures::{StayPart, Stretch};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Longest stretch of one question: 31 days.
const LONGEST_MS: i64 = 31 * 86_400_000;

/// When.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct When {
    /// The first moment, milliseconds since 1970.
    from_at: i64,
    /// The first moment after it, at most 31 days later.
    to_at: i64,
}

/// An agent's stay in a state.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(in crate::http) struct StateView {
    /// `ready`, `offered`, `engaged`, `wrap_up`, or why the agent was not ready, as in desk-socket.md. Being
    /// signed out has no row.
    state: String,
    from_at: i64,
    /// Null while it lasts.
    to_at: Option<i64>,
}

/// What an agent did.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct AgentStatesPage {
    /// In order. What touches the stretch is whole.
    rows: Vec<StateView>,
}

/// An agent's states, one after the other.
#[utoipa::path(get, path = "/api/v1/figures/agents/{id}/states", operation_id = "figures_agent_states",
    tag = "figures", params(("id" = Uuid, Path, description = "The agent's id"), When),
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = AgentStatesPage, description = "In order")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: SupervisorOrAbove,
    PathOf(id): PathOf<Uuid>,
    QueryOf(when): QueryOf<When>,
) -> Result<Json<AgentStatesPage>, Problem> {
    let (agent, stretch) = (UserId(id), check(&when)?);
    // The seat is taken first: a state that ends meanwhile is then told twice rather than not at all.
    let seat = state.engine.board().seat(agent);
    let mut rows = joined(state.store.agent_stays(agent, stretch).await?);
    if let Some(seat) = seat
        && let Some(time) = AgentTime::of(seat.state)
        && seat.since < stretch.to_at
        && rows.last().is_none_or(|last| last.from_at < seat.since.0)
    {
        rows.push(StateView { state: time.word().to_owned(), from_at: seat.since.0, to_at: None });
    }
    Ok(Json(AgentStatesPage { rows }))
}

fn check(when: &When) -> Result<Stretch, Problem> {
    let mut checks = Checks::default();
    if when.from_at > when.to_at {
        checks.wrong("from_at", "must not be after to_at");
    } else if when.to_at.saturating_sub(when.from_at) > LONGEST_MS {
        checks.wrong("to_at", "must be at most 31 days after from_at");
    }
    checks.finish()?;
    Ok(Stretch { from_at: Timestamp(when.from_at), to_at: Timestamp(when.to_at) })
}

/// Stays that were cut, as they were.
fn joined(parts: Vec<StayPart>) -> Vec<StateView> {
    let mut whole: Vec<StateView> = Vec::new();
    for StayPart { state, from_at, to_at } in parts {
        match whole.last_mut() {
            Some(last) if last.state == state && last.to_at == Some(from_at.0) => last.to_at = Some(to_at.0),
            _ => whole.push(StateView { state, from_at: from_at.0, to_at: Some(to_at.0) }),
        }
    }
    whole
}
