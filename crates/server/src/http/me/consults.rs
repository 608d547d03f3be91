//! `GET /api/v1/me/consults`

use crate::http::extract::QueryOf;
use crate::http::interactions::PersonIdView;
use crate::http::problem::{Code, Problem};
use crate::http::session::Agent;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::consult::{Consult, Side};
use hookflash_store::ConsultRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The states of a consult.
const STATES: [&str; 5] = ["choosing", "inviting", "ringing", "talking", "ended"];

/// Which consults.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Which {
    /// `choosing`, `inviting`, `ringing`, `talking` or `ended`; any where absent.
    state: Option<String>,
    /// 1 to 200, 50 where absent.
    limit: Option<u32>,
}

/// A consult in short.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ConsultSummary {
    consult_id: Uuid,
    /// The expert asked last.
    person_name: String,
    /// That expert's key on the network; null where it cannot be told any more.
    person: Option<PersonIdView>,
    /// `agent` or `expert`: who began with that expert.
    by: Option<&'static str>,
    /// How that invitation ended: `accepted`, `declined`, `missed`, `answered_elsewhere` and so on.
    invitation: Option<&'static str>,
    /// The queue whose team that expert wrote to, where it was not oneself.
    queue_name: Option<String>,
    started_at: i64,
    /// `choosing`, `inviting`, `ringing`, `talking` or `ended`.
    state: String,
    /// `solved`, `partly`, `not_solved` or null.
    outcome: Option<String>,
    /// The interaction beside which it ran.
    interaction_id: Option<Uuid>,
    /// What was said last; of a missed chat, what the expert wrote first.
    last_text: Option<String>,
}

/// One's own consults, newest first.
#[utoipa::path(get, path = "/api/v1/me/consults", operation_id = "me_consults_list", tag = "me", params(Which),
    security(("session" = ["agent"])),
    responses((status = 200, body = Vec<ConsultSummary>, description = "Newest first")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    Agent(user): Agent,
    QueryOf(which): QueryOf<Which>,
) -> Result<Json<Vec<ConsultSummary>>, Problem> {
    let word = which.state.as_deref();
    if word.is_some_and(|word| !STATES.contains(&word)) {
        return Err(Problem::new(Code::BadRequest, format!("state: must be one of {}", STATES.join(", "))));
    }
    let limit = which.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Problem::new(Code::BadRequest, "limit: must be from 1 to 200"));
    }
    let rows = state.store.consults_of_agent(user.user_id, word, limit).await?;
    Ok(Json(rows.into_iter().map(summary).collect()))
}

fn summary(row: ConsultRow) -> ConsultSummary {
    let consult: Option<Consult> = serde_json::from_str(&row.body).ok();
    let last = consult.as_ref().and_then(|consult| consult.invitations.last());
    let asked = last.filter(|one| one.by == Side::Expert).map(|one| one.question.clone());
    let last_text = Some(row.last_text).filter(|text| !text.is_empty()).or(asked);
    ConsultSummary {
        consult_id: row.consult_id.0,
        person_name: row.expert_name,
        person: last.map(|one| PersonIdView::of(&one.expert.id)),
        by: last.map(|one| one.by.word()),
        invitation: last.map(|one| one.state.word()),
        queue_name: last.and_then(|one| one.team.as_ref()).map(|team| team.name.clone()),
        started_at: row.started_at.0,
        state: row.state,
        outcome: row.outcome,
        interaction_id: row.interaction_id.map(|id| id.0),
        last_text: last_text.filter(|text| !text.is_empty()),
    }
}
