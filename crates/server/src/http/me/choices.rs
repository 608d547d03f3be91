//! `GET` and `PUT /api/v1/me/choices`

use crate::engine::rules::AgentChoices;
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::Agent;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_domain::consult::IncomingPolicy;
use hookflash_store::agent_choices::AgentChoiceRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is done with chats that experts begin.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::http) enum Incoming {
    /// They are taken at once.
    Accept,
    /// The agent is asked.
    Ask,
    /// They are taken at once during a call; otherwise they ring in the agent's other clients alone.
    OnCall,
}

/// An agent's choices for chat networks.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Choices {
    /// Null to follow the network's setting.
    #[schema(required)]
    incoming: Option<Incoming>,
    /// Whether one's own presence says "in a call" during calls.
    shows_calls: bool,
}

/// One's own choices for chat networks.
#[utoipa::path(get, path = "/api/v1/me/choices", operation_id = "me_choices_show", tag = "me",
    security(("session" = ["agent"])), responses((status = 200, body = Choices, description = "The choices")))]
pub(in crate::http) async fn show(State(state): State<AppState>, Agent(user): Agent) -> axum::Json<Choices> {
    let AgentChoices { incoming, shows_calls } = state.engine.rules().choices(user.user_id);
    axum::Json(Choices { incoming: incoming.map(Incoming::of), shows_calls })
}

/// Sets one's own choices for chat networks.
#[utoipa::path(put, path = "/api/v1/me/choices", operation_id = "me_choices_set", tag = "me", request_body = Choices,
    security(("session" = ["agent"])), responses((status = 204, description = "Set")))]
pub(in crate::http) async fn set(
    State(state): State<AppState>,
    Agent(user): Agent,
    Json(body): Json<Choices>,
) -> Result<StatusCode, Problem> {
    let row = AgentChoiceRow {
        user_id: user.user_id,
        incoming: body.incoming.map(|incoming| incoming.policy().word().to_owned()),
        shows_calls: body.shows_calls,
    };
    state.store.set_agent_choice(&row, &user.by()).await?;
    state.engine.apply_directory().await;
    Ok(StatusCode::NO_CONTENT)
}

impl Incoming {
    fn of(policy: IncomingPolicy) -> Self {
        match policy {
            IncomingPolicy::Accept => Self::Accept,
            IncomingPolicy::Ask => Self::Ask,
            IncomingPolicy::OnCall => Self::OnCall,
        }
    }

    fn policy(self) -> IncomingPolicy {
        match self {
            Self::Accept => IncomingPolicy::Accept,
            Self::Ask => IncomingPolicy::Ask,
            Self::OnCall => IncomingPolicy::OnCall,
        }
    }
}
