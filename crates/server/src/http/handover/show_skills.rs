//! `GET /api/v1/handover/skills`

use super::ticket::{Ticket, problem};
use crate::engine::PageSkills;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// Under which skills colleagues find the expert.
#[derive(Default, Serialize, ToSchema)]
pub(in crate::http) struct HandoverSkills {
    /// Whether the expert can tell them now: they are in the chat, and the directory knows them.
    open: bool,
    skills: Vec<HandoverSkill>,
    /// Skills that others have, to choose from; at most 200.
    suggestions: Vec<String>,
}

/// A skill.
#[derive(Serialize, ToSchema)]
pub(super) struct HandoverSkill {
    name: String,
    /// Whether the expert has confirmed it.
    confirmed: bool,
}

/// Under which skills the expert is found, with the header `Authorization: Handover <token>`, once they have come.
#[utoipa::path(get, path = "/api/v1/handover/skills", operation_id = "handover_skills_show", tag = "handover",
    security(()), responses((status = 200, body = HandoverSkills, description = "The skills")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    ticket: Ticket,
) -> Result<Json<HandoverSkills>, Problem> {
    let skills = state.engine.page_skills(&ticket.token).await.map_err(problem)?;
    Ok(Json(skills.into()))
}

impl From<Option<PageSkills>> for HandoverSkills {
    fn from(skills: Option<PageSkills>) -> Self {
        let Some(PageSkills { skills, suggestions }) = skills else { return Self::default() };
        let skills =
            skills.into_iter().map(|one| HandoverSkill { name: one.name, confirmed: one.is_confirmed });
        Self { open: true, skills: skills.collect(), suggestions }
    }
}
