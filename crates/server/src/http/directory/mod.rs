//! `GET /api/v1/directory`

use super::abilities::KindView;
use super::problem::Problem;
use super::session::SignedIn;
use super::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_store::abilities::AbilityRow;
use hookflash_store::users::Role;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Names for filters.
#[derive(Serialize, ToSchema)]
pub(super) struct DirectoryView {
    agents: Vec<NamedAgent>,
    queues: Vec<NamedQueue>,
    dispositions: Vec<NamedDisposition>,
    /// Skills and languages.
    abilities: Vec<NamedAbility>,
}

/// An agent's name.
#[derive(Serialize, ToSchema)]
pub(super) struct NamedAgent {
    user_id: Uuid,
    name: String,
}

/// A queue's name.
#[derive(Serialize, ToSchema)]
pub(super) struct NamedQueue {
    queue_id: Uuid,
    name: String,
}

/// A disposition's name.
#[derive(Serialize, ToSchema)]
pub(super) struct NamedDisposition {
    disposition_id: Uuid,
    name: String,
    /// Whether it can be chosen.
    active: bool,
}

/// A skill's or language's name.
#[derive(Serialize, ToSchema)]
pub(super) struct NamedAbility {
    ability_id: Uuid,
    kind: KindView,
    name: String,
    /// Whether it can be given to agents and asked for.
    active: bool,
}

impl From<AbilityRow> for NamedAbility {
    fn from(row: AbilityRow) -> Self {
        Self { ability_id: row.ability_id, kind: row.kind.into(), name: row.name, active: row.active }
    }
}

/// The names of agents, queues, dispositions, skills and languages, also of those that are not active any more: past
/// interactions point to them.
#[utoipa::path(get, path = "/api/v1/directory", operation_id = "directory_show", tag = "directory",
    security(("session" = [])), responses((status = 200, body = DirectoryView, description = "By name")))]
pub(super) async fn show(State(state): State<AppState>, _: SignedIn) -> Result<Json<DirectoryView>, Problem> {
    let users = state.store.users().await?.into_iter();
    let queues = state.store.queues().await?.into_iter();
    let dispositions = state.store.dispositions().await?.into_iter();
    Ok(Json(DirectoryView {
        agents: users
            .filter(|user| user.roles.has(Role::Agent))
            .map(|user| NamedAgent { user_id: user.user_id.0, name: user.name })
            .collect(),
        queues: queues
            .map(|queue| NamedQueue { queue_id: queue.row.queue_id.0, name: queue.row.name })
            .collect(),
        dispositions: dispositions
            .map(|one| NamedDisposition {
                disposition_id: one.row.disposition_id.0,
                name: one.row.name,
                active: one.row.active,
            })
            .collect(),
        abilities: state.store.abilities().await?.into_iter().map(NamedAbility::from).collect(),
    }))
}
