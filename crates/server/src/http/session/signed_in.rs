//! The extractor that asks for a session, and for its token where something is changed.

use super::token;
use crate::http::problem::{Code, Problem};
use crate::http::state::AppState;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::{HeaderMap, Method, request::Parts};
use hookflash_domain::{Timestamp, UserId};
use hookflash_store::sessions::SessionRow;
use hookflash_store::users::{Role, Roles};
use hookflash_store::{By, StoreError};
use subtle::ConstantTimeEq as _;

/// A session ends so long after its last use.
pub(super) const IDLE_MS: i64 = 12 * 60 * 60 * 1_000;
/// A session ends so long after sign-in, whatever its use.
pub(super) const LONGEST_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
/// The last use is written at most so often.
const TOUCH_MS: i64 = 5 * 60 * 1_000;
/// The header with the token against forged requests.
const CSRF: &str = "x-hookflash-csrf";

/// What the store knows a session by. It is no secret: the token cannot be made from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionKey(Vec<u8>);

/// The user of a request. Taking it as an argument is what makes a route ask for sign-in; where the
/// method changes something, it asks for the token against forged requests too.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub user_id: UserId,
    /// The name shown to people.
    pub name: String,
    /// The name to sign in with.
    pub sign_in_name: String,
    /// What the user may do.
    pub roles: Roles,
    /// The desk's language.
    pub language: Option<String>,
    /// The session.
    pub session: SessionKey,
    pub(super) csrf: hookflash_store::Secret<String>,
}

impl SignedIn {
    /// Whether the user has the role.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.roles.has(role)
    }

    /// The user as author of a change at this moment.
    #[must_use]
    pub fn by(&self) -> By {
        By { at: crate::clock::now(), user_id: Some(self.user_id), name: self.name.clone() }
    }
}

impl SessionKey {
    pub(super) fn of(token_hash: Vec<u8>) -> Self {
        Self(token_hash)
    }

    pub(in crate::http) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Whether the session has not ended meanwhile and its user is active; for connections that outlive
/// the request that opened them.
///
/// # Errors
/// The store is not available.
pub async fn is_valid(state: &AppState, session: &SessionKey) -> Result<bool, StoreError> {
    Ok(state.store.signed_in(&session.0, crate::clock::now()).await?.is_some())
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn
where
    AppState: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let state = AppState::from_ref(state);
        let token = token::of_request(&parts.headers).ok_or_else(Problem::not_signed_in)?;
        let (key, now) = (SessionKey::of(token::hash(token)), crate::clock::now());
        let found = state.store.signed_in(&key.0, now).await?.ok_or_else(Problem::not_signed_in)?;
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            check_csrf(&parts.headers, &found.session)?;
        }
        touch(&state, &found.session, now).await;
        tracing::Span::current().record("user_id", tracing::field::display(found.user.user_id));
        Ok(Self {
            user_id: found.user.user_id,
            name: found.user.name,
            sign_in_name: found.user.sign_in_name,
            roles: found.user.roles,
            language: found.user.language,
            session: key,
            csrf: found.session.csrf,
        })
    }
}

fn check_csrf(headers: &HeaderMap, session: &SessionRow) -> Result<(), Problem> {
    let told = headers.get(CSRF).map_or(&b""[..], |value| value.as_bytes());
    if bool::from(told.ct_eq(session.csrf.0.as_bytes())) {
        return Ok(());
    }
    Err(Problem::new(Code::CsrfRefused, "Send the token of GET /api/v1/session as X-Hookflash-Csrf."))
}

/// Moves the session's end. When that fails the request goes on: the session is good for now.
async fn touch(state: &AppState, session: &SessionRow, now: Timestamp) {
    if now.since_ms(session.seen_at) < TOUCH_MS {
        return;
    }
    let end = now.plus_ms(IDLE_MS).min(session.created_at.plus_ms(LONGEST_MS));
    if let Err(error) = state.store.touch_session(&session.token_hash, now, end).await {
        tracing::warn!(%error, "the use of a session could not be noted");
    }
}
