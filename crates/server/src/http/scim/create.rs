//! `POST /scim/v2/Users` (RFC 7644, section 3.3)

use super::answer::one;
use super::ask::Body;
use super::error::ScimError;
use super::provisioner::Provisioner;
use super::user::User;
use super::write::person_of;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hookflash_store::people::ProvisionedRow;

/// Adds a user. For the source of the token.
pub(super) async fn create(
    State(state): State<AppState>,
    asked: Provisioner,
    Body(body): Body,
) -> Result<Response, ScimError> {
    let (user, now) = (User::read(&body)?, crate::clock::now());
    let id = crate::ids::new_id();
    let person = person_of(&state, &asked, id, &user).await?;
    let row = ProvisionedRow {
        provisioned_id: id,
        source_id: asked.source_id,
        resource: user.to_value().to_string(),
        user_name: user.user_name,
        external_id: user.external_id,
        active: user.active,
        revision: 1,
        created_at: now,
        changed_at: now,
    };
    state.store.add_provisioned(&row, person).await?;
    state.people.changed();
    Ok(one(StatusCode::CREATED, &row, &asked))
}
