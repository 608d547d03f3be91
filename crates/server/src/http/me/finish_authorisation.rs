//! `POST /api/v1/me/authorisation`

use super::authorised::problem;
use super::connect_network::{check_licence, store, with_accounts};
use crate::http::extract::Json;
use crate::http::problem::{Code, Problem};
use crate::http::session::Agent;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use crate::secrets::{Credential, Secret};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// Longest code that a company's service may send; RFC 6749 states none.
const CODE_CHARS: usize = 8_000;

/// What the browser came back with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct CompanyAnswer {
    /// The state that was sent along.
    state: String,
    /// The code; good once, and with our proof alone.
    code: String,
}

/// Finishes a sign-in on the company's page: connects the account by what the company allows us. How the
/// sign-in to the network goes is told over the desk's socket.
#[utoipa::path(post, path = "/api/v1/me/authorisation", operation_id = "me_finish_authorisation", tag = "me",
    request_body = CompanyAnswer, security(("session" = ["agent"])),
    responses((status = 204, description = "Stored; the sign-in has begun")))]
pub(in crate::http) async fn finish(
    State(state): State<AppState>,
    Agent(user): Agent,
    Json(body): Json<CompanyAnswer>,
) -> Result<StatusCode, Problem> {
    let mut checks = Checks::default();
    if !(1..=CODE_CHARS).contains(&body.code.len()) {
        checks.wrong("code", "must have 1 to 8000 characters");
    }
    checks.finish()?;
    let waiting = state.authorisations.take(&body.state, &user, crate::clock::now()).ok_or_else(|| {
        Problem::new(Code::UnknownAuthorisation, "Nothing was changed. Begin again in your settings.")
    })?;
    check_licence(&state, &user, with_accounts(&state.config, &waiting.network.0)?)?;
    let code = Secret::new(body.code);
    let given = state.engine.finish_authorisation(&waiting.network, &waiting.begun, &code).await;
    let credential = Credential::Authorisation(given.map_err(problem)?);
    store(&state, &user, &waiting.network, (waiting.address, None), &credential).await
}
