//! `DELETE /scim/v2/Users/{id}` (RFC 7644, section 3.6)

use super::ask::{changed, revision};
use super::error::ScimError;
use super::provisioner::Provisioner;
use super::write::user_of;
use crate::directory::removal_of_person;
use crate::http::state::AppState;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};

/// Removes a user and the person. For the source of the token.
pub(super) async fn remove(
    State(state): State<AppState>,
    asked: Provisioner,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, ScimError> {
    let row = user_of(&state, &asked, &id).await?;
    if revision(&headers)?.is_some_and(|revision| revision != row.revision) {
        return Err(changed());
    }
    let (store, key) = (&state.store, row.provisioned_id.to_string());
    let person = removal_of_person(store, asked.source_id, &key).await?;
    if !store.remove_provisioned(asked.source_id, row.provisioned_id, person).await? {
        return Err(ScimError::unknown_user());
    }
    state.people.changed();
    Ok(StatusCode::NO_CONTENT)
}
