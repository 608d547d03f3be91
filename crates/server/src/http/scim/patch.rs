//! `PATCH /scim/v2/Users/{id}` (RFC 7644, section 3.5.2)

mod apply;
mod target;

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

/// Changes what the operations say. For the source of the token.
pub(super) async fn patch(
    State(state): State<AppState>,
    asked: Provisioner,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<Response, ScimError> {
    let operations = apply::operations(&body)?;
    let row = user_of(&state, &asked, &id).await?;
    let mut resource = User::kept(&row.resource).to_value();
    for operation in &operations {
        operation.apply(&mut resource)?;
    }
    let row = change(&state, &asked, row, User::read(&resource)?, revision(&headers)?).await?;
    Ok(one(StatusCode::OK, &row, &asked))
}
