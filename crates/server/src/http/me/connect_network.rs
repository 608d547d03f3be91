//! `PUT /api/v1/me/networks/{network}`

use crate::config::{Config, NetworkConfig};
use crate::http::extract::{Json, PathOf};
use crate::http::problem::{Code, Problem};
use crate::http::session::{Agent, SignedIn};
use crate::http::state::AppState;
use crate::http::valid::Checks;
use crate::secrets::{Credential, Secret};
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_domain::NetworkId;
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
    let network = with_accounts(&state.config, &network)?;
    check_licence(&state, &user, network)?;
    let (account, password) = check(body, network)?;
    store(&state, &user, &network.id, account, &Credential::Password(password)).await
}

/// Stores a user's account, its secret encrypted, and begins to sign in: address, user name, credential.
pub(super) async fn store(
    state: &AppState,
    user: &SignedIn,
    network: &NetworkId,
    (sign_in_name, user_name): (String, Option<String>),
    credential: &Credential,
) -> Result<StatusCode, Problem> {
    let secret = state.vault.seal(credential, user.user_id, network).map_err(|error| {
        tracing::error!(%error, "a network secret could not be encrypted");
        Problem::new(Code::Internal, "Nothing was changed. The server's log says more.")
    })?;
    let row = NetworkAccountRow {
        user_id: user.user_id,
        network: network.clone(),
        sign_in_name,
        user_name,
        address: None,
        secret: hookflash_store::Secret(secret),
        connected_at: crate::clock::now(),
    };
    state.store.connect_network(&row, &user.by()).await?;
    state.engine.network_connected(user.user_id, network.clone());
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses users without a licence for the network.
pub(super) fn check_licence(
    state: &AppState,
    user: &SignedIn,
    network: &NetworkConfig,
) -> Result<(), Problem> {
    if state.engine.rules().is_licensed(user.user_id, &network.id) {
        return Ok(());
    }
    let words =
        format!("You have no licence for {}. An administrator can assign one under Users.", network.name);
    Err(Problem::new(Code::LicenceRequired, words))
}

/// The network of this id, or 404.
fn known<'a>(config: &'a Config, id: &str) -> Result<&'a NetworkConfig, Problem> {
    config
        .network(id)
        .ok_or_else(|| Problem::new(Code::UnknownNetwork, "No network of this id is configured."))
}

/// The network of this id, if agents have accounts of their own there.
pub(super) fn with_accounts<'a>(config: &'a Config, id: &str) -> Result<&'a NetworkConfig, Problem> {
    let network = known(config, id)?;
    if network.kind.needs_account() {
        return Ok(network);
    }
    let words = format!("{} needs no account of yours. Nothing was changed.", network.name);
    Err(Problem::new(Code::NoAccountNeeded, words))
}

/// The address, the user name and the password.
fn check(
    body: NetworkSignIn,
    network: &NetworkConfig,
) -> Result<((String, Option<String>), Secret), Problem> {
    let mut checks = Checks::default();
    let name = address_of(&mut checks, &body.sign_in_name);
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

/// An agent's address without the scheme that some write before it.
pub(super) fn address_of(checks: &mut Checks, sign_in_name: &str) -> String {
    let name = sign_in_name.trim();
    let name = checks.text("sign_in_name", name.strip_prefix("sip:").unwrap_or(name), 3..=ADDRESS_CHARS);
    if !is_address(&name) {
        checks.wrong("sign_in_name", "must be an address such as anna@example.com");
    }
    name
}

fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    let good = |part: &str| !part.is_empty() && !part.contains(['@', ' ', '<', '>', '"', ';', '/', '?', '#']);
    parts.is_some_and(|(user, domain)| good(user) && good(domain))
}
