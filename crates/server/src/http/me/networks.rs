//! `GET /api/v1/me/networks`

use crate::config::NetworkConfig;
use crate::engine::NetworkState;
use crate::http::problem::Problem;
use crate::http::session::Agent;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_store::network_accounts::NetworkAccountRow;
use serde::Serialize;
use utoipa::ToSchema;

/// The agent's account on a network.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct NetworkAccountView {
    /// The network's id.
    network: String,
    /// Its name on screen.
    name: String,
    /// What it speaks: `skype` or `xmpp`.
    kind: &'static str,
    /// Whether the agent has an account there: given by them, or none is needed.
    connected: bool,
    /// The address under which experts see the agent.
    sign_in_name: Option<String>,
    /// Where the network is, if the administrator has set it.
    address: Option<String>,
    /// Whether agents have accounts of their own there, which they connect and disconnect.
    needs_account: bool,
    /// Whether the agent can connect by a password that is kept here.
    takes_password: bool,
    /// Whether the agent can connect on a page of their company.
    has_company_page: bool,
    /// `not_licensed`, `not_connected`, `connecting`, `up`, `down` or `refused`.
    state: &'static str,
    /// The trouble's stable code.
    code: Option<String>,
    /// The trouble in words.
    words: Option<String>,
}

/// One's own accounts on the configured networks.
#[utoipa::path(get, path = "/api/v1/me/networks", operation_id = "me_networks_list", tag = "me",
    security(("session" = ["agent"])),
    responses((status = 200, body = Vec<NetworkAccountView>, description = "One entry a network")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    Agent(user): Agent,
) -> Result<Json<Vec<NetworkAccountView>>, Problem> {
    let accounts = state.store.network_accounts_of(user.user_id).await?;
    let view = |network: &NetworkConfig| {
        let account = accounts.iter().find(|account| account.network == network.id);
        let has_company_page = state.engine.has_company_page(&network.id);
        view(network, account, has_company_page, state.engine.network_state(user.user_id, &network.id))
    };
    Ok(Json(state.config.networks.iter().map(view).collect()))
}

fn view(
    network: &NetworkConfig,
    account: Option<&NetworkAccountRow>,
    has_company_page: bool,
    state: Option<NetworkState>,
) -> NetworkAccountView {
    let state = state.unwrap_or(NetworkState { state: "not_connected", code: None, words: None });
    NetworkAccountView {
        network: network.id.0.clone(),
        name: network.name.clone(),
        kind: network.kind.word(),
        connected: account.is_some() || !network.kind.needs_account(),
        sign_in_name: account.map(|account| account.sign_in_name.clone()),
        address: network.address.as_ref().map(ToString::to_string),
        needs_account: network.kind.needs_account(),
        takes_password: network.kind.needs_account() && !network.grants.is_empty(),
        has_company_page,
        state: state.state,
        code: state.code,
        words: state.words,
    }
}
