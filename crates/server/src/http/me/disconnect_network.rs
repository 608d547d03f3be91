//! `DELETE /api/v1/me/networks/{network}`

use super::connect_network::with_accounts;
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::Agent;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_store::StoreError;

/// Disconnects one's own account and erases its password. Nothing happens if there is none.
#[utoipa::path(delete, path = "/api/v1/me/networks/{network}", operation_id = "me_networks_disconnect", tag = "me",
    params(("network" = String, Path, description = "The network's id")), security(("session" = ["agent"])),
    responses((status = 204, description = "Erased")))]
pub(in crate::http) async fn disconnect(
    State(state): State<AppState>,
    Agent(user): Agent,
    PathOf(network): PathOf<String>,
) -> Result<StatusCode, Problem> {
    let network = with_accounts(&state.config, &network)?;
    match state.store.disconnect_network(user.user_id, &network.id, &user.by()).await {
        Ok(_) => state.engine.network_disconnected(user.user_id, network.id.clone()),
        Err(StoreError::NotFound("network account")) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(StatusCode::NO_CONTENT)
}
