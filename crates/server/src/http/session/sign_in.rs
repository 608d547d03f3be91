//! `POST /api/v1/session`

use super::signed_in::{IDLE_MS, SessionKey, SignedIn};
use super::view::SessionView;
use super::{cookie, token};
use crate::http::extract::Json;
use crate::http::origin;
use crate::http::peer::client_address;
use crate::http::problem::{Code, Problem};
use crate::http::state::AppState;
use crate::secrets::Secret;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, header};
use axum::response::{IntoResponse, Response};
use hookflash_store::StoreError;
use hookflash_store::sessions::SessionRow;
use hookflash_store::users::UserRow;
use serde::Deserialize;
use utoipa::ToSchema;

/// Longest name of a browser that is kept.
const USER_AGENT_CHARS: usize = 200;

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SignIn {
    sign_in_name: String,
    password: String,
}

/// Signs in and sets the cookie. Attempts are counted by name and by address.
#[utoipa::path(post, path = "/api/v1/session", operation_id = "session_sign_in", tag = "session",
    request_body = SignIn, security(()),
    responses((status = 200, body = SessionView, description = "The new session")))]
pub(in crate::http) async fn sign_in(
    State(state): State<AppState>,
    headers: HeaderMap,
    extensions: Extensions,
    Json(body): Json<SignIn>,
) -> Result<Response, Problem> {
    if origin::is_foreign(&headers, &state.config) {
        return Err(Problem::origin_refused());
    }
    let (name, password) = (body.sign_in_name, Secret::new(body.password));
    let address = client_address(&headers, &extensions, &state.config.http.trusted_proxies);
    let attempt = state.attempts.begin(&name, address, crate::clock::now()).map_err(|wait_s| {
        tracing::warn!(%address, "too many attempts to sign in");
        metrics::counter!("hookflash_sign_ins_total", "outcome" => "too_many_attempts").increment(1);
        too_many(wait_s)
    })?;
    let Some(user) = check(&state, &name, password).await? else {
        tracing::info!(%address, "sign-in refused: wrong name or password");
        metrics::counter!("hookflash_sign_ins_total", "outcome" => "wrong_password").increment(1);
        return Err(Problem::new(Code::WrongPassword, "Check both and try again."));
    };
    attempt.succeeded();
    tracing::info!(user_id = %user.user_id, %address, "signed in");
    metrics::counter!("hookflash_sign_ins_total", "outcome" => "signed_in").increment(1);
    open(&state, user, &headers).await
}

/// The user, when name and password are right and the user is active.
async fn check(state: &AppState, name: &str, password: Secret) -> Result<Option<UserRow>, Problem> {
    let user = match state.store.user_by_sign_in_name(name).await {
        Ok(user) => user.filter(|user| user.active),
        Err(StoreError::NulCharacter(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let right =
        state.passwords.verify(password, user.as_ref().map(|user| user.password_hash.clone())).await?;
    Ok(user.filter(|_| right))
}

async fn open(state: &AppState, user: UserRow, headers: &HeaderMap) -> Result<Response, Problem> {
    let (token, now) = (token::new_token(), crate::clock::now());
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let row = SessionRow {
        token_hash: token::hash(&token),
        user_id: user.user_id,
        csrf: hookflash_store::Secret(token::new_token()),
        created_at: now,
        seen_at: now,
        expires_at: now.plus_ms(IDLE_MS),
        user_agent: agent.chars().take(USER_AGENT_CHARS).collect(),
    };
    state.store.create_session(&row).await?;
    let view = SessionView::of(SignedIn {
        user_id: user.user_id,
        name: user.name,
        sign_in_name: user.sign_in_name,
        roles: user.roles,
        language: user.language,
        session: SessionKey::of(row.token_hash),
        csrf: row.csrf,
    });
    let mut response = axum::Json(view).into_response();
    if let Some(cookie) = cookie::set(&token, &state.config) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn too_many(wait_s: u64) -> Problem {
    let words = format!("Wait {} minutes, then try again.", wait_s.div_ceil(60));
    Problem { retry_after_s: Some(wait_s), ..Problem::new(Code::TooManyAttempts, words) }
}
