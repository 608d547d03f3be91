//! `GET /api/v1/networks`

use super::problem::Problem;
use super::session::Administrator;
use super::state::AppState;
use crate::config::NetworkConfig;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A chat network of the configuration.
#[derive(Serialize, ToSchema)]
pub(super) struct ConfiguredNetwork {
    /// Its id.
    network: String,
    /// Its name on screen.
    name: String,
    /// What it speaks: `skype`.
    kind: &'static str,
    /// Where it is; null where it is found by the agent's address.
    address: Option<String>,
    /// How many users may have its licence; null for any number.
    seat_count: Option<u32>,
    /// How many users have it.
    seats_taken_count: usize,
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
    let view = |network: &NetworkConfig| ConfiguredNetwork {
        network: network.id.0.clone(),
        name: network.name.clone(),
        kind: network.kind.word(),
        address: network.address.as_ref().map(ToString::to_string),
        seat_count: network.seats,
        seats_taken_count: licences.iter().filter(|licence| licence.network == network.id).count(),
    };
    Ok(Json(state.config.networks.iter().map(view).collect()))
}
