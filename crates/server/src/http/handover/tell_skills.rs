//! `POST /api/v1/handover/skills`

use super::open::viewer;
use super::show_skills::HandoverSkills;
use super::ticket::{Ticket, problem};
use crate::http::extract;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use utoipa::ToSchema;

/// What an expert tells of themselves.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SkillsTold {
    /// Under which the expert is found: confirmed, or new. At most 20 of 1 to 60 characters, with those told before.
    kept: Vec<String>,
    /// Under which not, whatever sources say; at most 64.
    removed: Vec<String>,
}

/// Tells skills, with the header `Authorization: Handover <token>`; what is named in neither list stays as it is. It
/// is noted as an opening is. What comes too late changes nothing: `open` is false then.
#[utoipa::path(post, path = "/api/v1/handover/skills", operation_id = "handover_skills_tell", tag = "handover",
    request_body = SkillsTold, security(()),
    responses((status = 200, body = HandoverSkills, description = "The skills")))]
pub(in crate::http) async fn tell(
    State(state): State<AppState>,
    ticket: Ticket,
    headers: HeaderMap,
    extract::Json(body): extract::Json<SkillsTold>,
) -> Result<Json<HandoverSkills>, Problem> {
    let viewer = viewer(&ticket, &headers);
    let told = state.engine.tell_page_skills(&ticket.token, &body.kept, &body.removed, viewer).await;
    Ok(Json(told.map_err(problem)?.into()))
}
