//! `PUT /api/v1/me/password`

use crate::http::extract::Json;
use crate::http::passwords::check_length;
use crate::http::peer::client_address;
use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use crate::secrets::Secret;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

/// The present password and the next one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct PasswordChange {
    /// The present one.
    old: String,
    /// The next one, 12 to 200 characters.
    new: String,
}

/// Changes one's own password. All other sessions of the user end.
#[utoipa::path(put, path = "/api/v1/me/password", operation_id = "me_set_password", tag = "me",
    request_body = PasswordChange, security(("session" = [])),
    responses((status = 204, description = "Changed")))]
pub(in crate::http) async fn set_password(
    State(state): State<AppState>,
    user: SignedIn,
    headers: HeaderMap,
    extensions: Extensions,
    Json(body): Json<PasswordChange>,
) -> Result<StatusCode, Problem> {
    let (old, new) = (Secret::new(body.old), Secret::new(body.new));
    check_length(&new)?;
    // Whoever has found an open desk could guess here, so these attempts count like those to sign in.
    let address = client_address(&headers, &extensions, &state.config.http.trusted_proxies);
    let attempt =
        state.attempts.begin(&user.sign_in_name, address, crate::clock::now()).map_err(|wait_s| Problem {
            retry_after_s: Some(wait_s),
            ..Problem::new(Code::TooManyAttempts, "Wait some minutes, then try again.")
        })?;
    let stored = state.store.user(user.user_id).await?.map(|row| row.password_hash);
    if !state.passwords.verify(old, stored).await? {
        return Err(Problem::new(Code::WrongPassword, "The present password is wrong."));
    }
    attempt.succeeded();
    let hash = state.passwords.hash(new).await?;
    state.store.set_password(user.user_id, &hash, Some(user.session.bytes()), &user.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
