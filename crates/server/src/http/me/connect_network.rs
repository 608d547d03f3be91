//! `PUT /api/v1/me/networks/{network}`

use crate::config::{Config, NetworkConfig};
use crate::http::extract::{Json, PathOf};
use crate::http::problem::{Code, Problem};
use crate::http::session::Agent;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use crate::secrets::Secret;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_store::network_accounts::NetworkAccountRow;
use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;

/// Longest address of a person: RFC 5321 4.5.3.1, local part, `@` and domain.
const ADDRESS_CHARS: usize = 320;

/// An account on a network.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NetworkSignIn {
    /// The address under which experts see the agent, such as `anna@example.com`.
    sign_in_name: String,
    /// The name to sign in with where it differs, such as `EXAMPLE\anna`.
    #[serde(default)]
    user_name: Option<String>,
    /// Stored encrypted.
    password: String,
    /// Where the network is. Only what the administrator has set is taken: a password is sent there.
    #[serde(default)]
    address: Option<String>,
}

/// Connects one's own account. How it goes is told over the desk's socket.
#[utoipa::path(put, path = "/api/v1/me/networks/{network}", operation_id = "me_networks_connect", tag = "me",
    params(("network" = String, Path, description = "The network's id")),
    request_body = NetworkSignIn, security(("session" = ["agent"])),
    responses((status = 204, description = "Stored; the sign-in has begun")))]
pub(in crate::http) async fn connect(
    State(state): State<AppState>,
    Agent(user): Agent,
    PathOf(network): PathOf<String>,
    Json(body): Json<NetworkSignIn>,
) -> Result<StatusCode, Problem> {
    let network = known(&state.config, &network)?;
    if !state.engine.rules().is_licensed(user.user_id, &network.id) {
        let words =
            format!("You have no licence for {}. An administrator can assign one under Users.", network.name);
        return Err(Problem::new(Code::LicenceRequired, words));
    }
    let (account, password) = check(body, network)?;
    let secret = state.vault.seal(&password, user.user_id, &network.id).map_err(|error| {
        tracing::error!(%error, "a network password could not be encrypted");
        Problem::new(Code::Internal, "Nothing was changed. The server's log says more.")
    })?;
    let (sign_in_name, user_name) = account;
    let row = NetworkAccountRow {
        user_id: user.user_id,
        network: network.id.clone(),
        sign_in_name,
        user_name,
        address: None,
        secret: hookflash_store::Secret(secret),
        connected_at: crate::clock::now(),
    };
    state.store.connect_network(&row, &user.by()).await?;
    state.engine.network_connected(user.user_id, network.id.clone());
    Ok(StatusCode::NO_CONTENT)
}

/// The network of this id, or 404.
pub(super) fn known<'a>(config: &'a Config, id: &str) -> Result<&'a NetworkConfig, Problem> {
    config
        .network(id)
        .ok_or_else(|| Problem::new(Code::UnknownNetwork, "No network of this id is configured."))
}

/// The address, the user name and the password.
fn check(
    body: NetworkSignIn,
    network: &NetworkConfig,
) -> Result<((String, Option<String>), Secret), Problem> {
    let mut checks = Checks::default();
    let name = body.sign_in_name.trim();
    let name = checks.text("sign_in_name", name.strip_prefix("sip:").unwrap_or(name), 3..=ADDRESS_CHARS);
    if !is_address(&name) {
        checks.wrong("sign_in_name", "must be an address such as anna@example.com");
    }
    let user_name = body.user_name.filter(|name| !name.trim().is_empty());
    let user_name = user_name.map(|name| checks.text("user_name", &name, 1..=ADDRESS_CHARS));
    if !(1..=500).contains(&body.password.chars().count()) {
        checks.wrong("password", "must have 1 to 500 characters");
    }
    let address = body.address.filter(|address| !address.trim().is_empty());
    if address.is_some_and(|address| address.trim().parse::<Url>().ok() != network.address) {
        checks.wrong("address", "is set by the administrator; leave it empty");
    }
    checks.finish()?;
    Ok(((name, user_name), Secret::new(body.password)))
}

fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    let good = |part: &str| !part.is_empty() && !part.contains(['@', ' ', '<', '>', '"', ';', '/', '?', '#']);
    parts.is_some_and(|(user, domain)| good(user) && good(domain))
}
