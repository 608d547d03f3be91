//! `GET /api/v1/networks`

use super::problem::Problem;
use super::session::Administrator;
use super::state::AppState;
use crate::config::NetworkConfig;
use crate::engine::NetworkState;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A chat network of the configuration.
#[derive(Serialize, ToSchema)]
pub(super) struct ConfiguredNetwork {
    /// Its id.
    network: String,
    /// Its name on screen.
    name: String,
    /// What it speaks: `skype` or `xmpp`.
    kind: &'static str,
    /// Where it is; null where it is found by the agent's address.
    address: Option<String>,
    /// The domain in which teams have addresses; null where experts cannot write to a team.
    team_domain: Option<String>,
    /// How many users may have its licence; null for any number.
    seat_count: Option<u32>,
    /// How many users have it.
    seats_taken_count: usize,
    /// Agents who are signed in to it.
    signed_in_count: usize,
    /// What keeps others from it, the most frequent first.
    troubles: Vec<NetworkTrouble>,
}

/// What keeps agents from a network.
#[derive(Serialize, ToSchema)]
pub(super) struct NetworkTrouble {
    /// Its stable code.
    code: String,
    /// What happened to one of them, in words.
    words: String,
    /// How many agents have this trouble.
    agent_count: usize,
}

/// The chat networks of the configuration file.
#[utoipa::path(get, path = "/api/v1/networks", operation_id = "networks_list", tag = "networks",
    security(("session" = ["administrator"])),
    responses((status = 200, body = Vec<ConfiguredNetwork>, description = "In the file's order")))]
pub(super) async fn list(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Json<Vec<ConfiguredNetwork>>, Problem> {
    let licences = state.store.licences().await?;
    let view = |network: &NetworkConfig| {
        let states = state.engine.states_on_network(&network.id);
        ConfiguredNetwork {
            network: network.id.0.clone(),
            name: network.name.clone(),
            kind: network.kind.word(),
            address: network.place(),
            team_domain: network.xmpp.as_ref().map(|xmpp| xmpp.component.clone()),
            seat_count: network.seats,
            seats_taken_count: licences.iter().filter(|licence| licence.network == network.id).count(),
            signed_in_count: states.iter().filter(|state| state.state == "up").count(),
            troubles: troubles(states),
        }
    };
    Ok(Json(state.config.networks.iter().map(view).collect()))
}

fn troubles(states: Vec<NetworkState>) -> Vec<NetworkTrouble> {
    let mut by_code: BTreeMap<String, NetworkTrouble> = BTreeMap::new();
    for state in states {
        let Some(code) = state.code else { continue };
        let words = state.words.unwrap_or_default();
        let new = NetworkTrouble { code: code.clone(), words, agent_count: 0 };
        by_code.entry(code).or_insert(new).agent_count += 1;
    }
    let mut troubles: Vec<_> = by_code.into_values().collect();
    troubles.sort_by_key(|trouble| std::cmp::Reverse(trouble.agent_count));
    troubles
}
