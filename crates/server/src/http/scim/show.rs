//! `GET /scim/v2/Users/{id}` (RFC 7644, section 3.4.1)

use super::answer::one;
use super::error::ScimError;
use super::provisioner::Provisioner;
use super::write::user_of;
use crate::http::state::AppState;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

/// A user, be they active or not. For the source of the token.
pub(super) async fn show(
    State(state): State<AppState>,
    asked: Provisioner,
    Path(id): Path<String>,
) -> Result<Response, ScimError> {
    let row = user_of(&state, &asked, &id).await?;
    Ok(one(StatusCode::OK, &row, &asked))
}
