//! `POST /api/v1/me/networks/{network}/authorisation`

use super::authorised::problem;
use super::connect_network::{address_of, check_licence, with_accounts};
use crate::http::extract::{Json, PathOf};
use crate::http::problem::{Code, Problem};
use crate::http::session::Agent;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

/// The desk's page to which browsers come back; it is to be named to the company's sign-in service.
const RETURN_PATH: &str = "/network-sign-in";

/// Who signs in on the company's page.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct CompanySignIn {
    /// The address under which experts see the agent, such as `anna@example.com`.
    sign_in_name: String,
}

/// Where to sign in.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct CompanySignInPage {
    /// The company's page. It leads the browser back to the desk's page `/network-sign-in`.
    url: String,
}

/// Begins a sign-in on the company's page: the browser goes to the address in the answer, within ten
/// minutes, in the same session.
#[utoipa::path(post, path = "/api/v1/me/networks/{network}/authorisation",
    operation_id = "me_networks_begin_authorisation", tag = "me",
    params(("network" = String, Path, description = "The network's id")),
    request_body = CompanySignIn, security(("session" = ["agent"])),
    responses((status = 200, body = CompanySignInPage, description = "Where to sign in")))]
pub(in crate::http) async fn begin(
    State(state): State<AppState>,
    Agent(user): Agent,
    PathOf(network): PathOf<String>,
    Json(body): Json<CompanySignIn>,
) -> Result<axum::Json<CompanySignInPage>, Problem> {
    let network = with_accounts(&state.config, &network)?;
    check_licence(&state, &user, network)?;
    let mut checks = Checks::default();
    let address = address_of(&mut checks, &body.sign_in_name);
    checks.finish()?;
    let token = crate::http::session::new_token();
    let return_to = return_to(&state)?;
    let begun = state.engine.begin_authorisation(&network.id, &address, &return_to, &token).await;
    let begun = begun.map_err(problem)?;
    let url = begun.url.to_string();
    let now = crate::clock::now();
    if !state.authorisations.keep(token, &user, (network.id.clone(), address), begun, now) {
        return Err(Problem::new(Code::Busy, "Too many sign-ins are under way. Try again in some minutes."));
    }
    Ok(axum::Json(CompanySignInPage { url }))
}

/// The desk's own address, as the company's service knows it.
fn return_to(state: &AppState) -> Result<Url, Problem> {
    let public = state.config.http.public_url.as_ref().and_then(|url| url.join(RETURN_PATH).ok());
    public.ok_or_else(|| Problem::new(Code::NoCompanyPage, "The administrator has to set http.public_url."))
}
