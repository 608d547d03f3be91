//! `PUT /scim/v2/Users/{id}` (RFC 7644, section 3.5.1)

use super::answer::one;
use super::ask::{Body, revision};
use super::error::ScimError;
use super::provisioner::Provisioner;
use super::user::User;
use super::write::{change, user_of};
use crate::http::state::AppState;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

/// Replaces all of a user. For the source of the token.
pub(super) async fn replace(
    State(state): State<AppState>,
    asked: Provisioner,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<Response, ScimError> {
    let user = User::read(&body)?;
    let row = user_of(&state, &asked, &id).await?;
    let row = change(&state, &asked, row, user, revision(&headers)?).await?;
    Ok(one(StatusCode::OK, &row, &asked))
}
