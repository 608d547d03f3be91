//! The extractor that asks for the token of a source.

use super::{KIND, ScimError, ScimSettings};
use crate::http::peer::client_address;
use crate::http::session::token;
use crate::http::state::AppState;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::{HeaderMap, header, request::Parts};
use hookflash_store::people::PeopleSourceRow;
use std::sync::Arc;
use subtle::ConstantTimeEq as _;
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

/// A source that provisions. Taking it as an argument is what makes a route ask for the token of one.
pub(super) struct Provisioner {
    /// Which source.
    pub(super) source_id: Uuid,
    /// What is set for it.
    pub(super) settings: ScimSettings,
    /// Where requests of this kind are answered, as the client has asked.
    pub(super) root: String,
    /// Only so many are answered at once.
    _turn: OwnedSemaphorePermit,
}

impl<S: Send + Sync> FromRequestParts<S> for Provisioner
where
    AppState: FromRef<S>,
{
    type Rejection = ScimError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ScimError> {
        let state = AppState::from_ref(state);
        let Some(source) = source_of(&state, &parts.headers).await? else {
            return Err(refuse(&state, parts));
        };
        let turn = Arc::clone(&state.provisioning).try_acquire_owned();
        let turn = turn.map_err(|_| ScimError::too_many("Too many requests at once.", 1))?;
        let settings = serde_json::from_str(&source.settings).unwrap_or_default();
        let root = root(&state, &parts.headers);
        Ok(Self { source_id: source.source_id, settings, root, _turn: turn })
    }
}

/// The source whose token it is.
async fn source_of(state: &AppState, headers: &HeaderMap) -> Result<Option<PeopleSourceRow>, ScimError> {
    let Some(hash) = bearer(headers).map(token::hash) else { return Ok(None) };
    let Some(row) = state.store.people_source_token(&hash).await? else { return Ok(None) };
    if !bool::from(row.token_hash.ct_eq(&hash)) {
        return Ok(None);
    }
    Ok(state.store.people_source(row.source_id).await?.filter(|source| source.kind == KIND))
}

/// The token of a request, if it has one of the right length.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && token.trim().len() == token::LENGTH).then(|| token.trim())
}

/// Wrong tokens are counted by address. The right one is taken all the same, so nobody can shut a source out.
fn refuse(state: &AppState, parts: &Parts) -> ScimError {
    let address = client_address(&parts.headers, &parts.extensions, &state.config.http.trusted_proxies);
    match state.attempts.begin(&format!("scim {address}"), address, crate::clock::now()) {
        Ok(_) => {
            tracing::info!(%address, "provisioning refused: no token, or a wrong one");
            ScimError::not_signed_in()
        }
        Err(wait_s) => ScimError::too_many("Too many wrong tokens.", wait_s),
    }
}

/// The public address, or the one that the client has used.
fn root(state: &AppState, headers: &HeaderMap) -> String {
    let own = state.config.http.public_url.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned());
    let own = own.unwrap_or_else(|| {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        format!("{}://{host}", if state.config.is_https() { "https" } else { "http" })
    });
    format!("{own}{}", super::ROOT)
}
