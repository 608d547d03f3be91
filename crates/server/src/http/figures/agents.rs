//! `GET /api/v1/figures/agents`

use super::stretch::Asked;
use super::view::FiguresView;
use crate::http::extract::QueryOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::UserId;
use hookflash_domain::figures::{AgentTime, Figures, NO_AGENT};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// An agent over the stretch.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct AgentFiguresView {
    agent_id: Uuid,
    /// Null when the user is gone.
    agent_name: Option<String>,
    figures: FiguresView,
}

/// Figures of agents.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct AgentFiguresPage {
    /// Agents who did anything or were at work.
    rows: Vec<AgentFiguresView>,
    /// All rows as one. What no agent took part in, such as abandoned interactions, is in the queues' figures
    /// alone, so the two differ by design.
    summary: FiguresView,
}

/// Agents' figures of a stretch of time, all queues and the whole stretch as one: `grain` says nothing here.
#[utoipa::path(get, path = "/api/v1/figures/agents", operation_id = "figures_agents", tag = "figures",
    params(Asked), security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = AgentFiguresPage, description = "By agent")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: SupervisorOrAbove,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Json<AgentFiguresPage>, Problem> {
    let question = asked.check()?;
    let empty = Figures { switches: question.switches, ..Figures::default() };
    let (mut all, mut agents) = (empty.clone(), BTreeMap::<UserId, Figures>::new());
    for sum in state.store.agent_sums(question.stretch).await? {
        if sum.agent_id != NO_AGENT {
            agents.entry(sum.agent_id).or_insert_with(|| empty.clone()).totals.add(&sum.totals);
            all.totals.add(&sum.totals);
        }
    }
    for row in state.store.agent_times(question.stretch).await? {
        // A word of a later version is no time that this one knows.
        if let Some(time) = AgentTime::of_word(&row.state) {
            agents.entry(row.agent_id).or_insert_with(|| empty.clone()).states.add(time, row.ms);
            all.states.add(time, row.ms);
        }
    }
    agents.retain(|_, figures| *figures != empty);
    let names: BTreeMap<_, _> =
        state.store.users().await?.into_iter().map(|user| (user.user_id, user.name)).collect();
    let rows = agents.iter().map(|(agent, figures)| AgentFiguresView {
        agent_id: agent.0,
        agent_name: names.get(agent).cloned(),
        figures: FiguresView::from(figures),
    });
    Ok(Json(AgentFiguresPage { rows: rows.collect(), summary: FiguresView::from(&all) }))
}
