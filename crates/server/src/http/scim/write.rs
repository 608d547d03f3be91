//! What every change of a user has in common.

use super::ask::changed;
use super::error::ScimError;
use super::provisioner::Provisioner;
use super::record::record_of;
use super::user::User;
use crate::directory::{change_of_person, removal_of_person};
use crate::http::state::AppState;
use hookflash_store::people::{PersonChange, Provisioned, ProvisionedRow};
use uuid::Uuid;

/// The user of an id.
pub(super) async fn user_of(
    state: &AppState,
    asked: &Provisioner,
    id: &str,
) -> Result<ProvisionedRow, ScimError> {
    let id = Uuid::try_parse(id).map_err(|_| ScimError::unknown_user())?;
    let (mut found, _) = state.store.provisioned(asked.source_id, Provisioned::Id(id), 0, 1).await?;
    found.pop().ok_or_else(ScimError::unknown_user)
}

/// What is to be written of the person: who is not active is nobody to be asked.
pub(super) async fn person_of(
    state: &AppState,
    asked: &Provisioner,
    id: Uuid,
    user: &User,
) -> Result<Option<PersonChange>, ScimError> {
    if !user.active {
        return Ok(removal_of_person(&state.store, asked.source_id, &id.to_string()).await?);
    }
    let record = record_of(user, id, &asked.settings, &state.config);
    Ok(change_of_person(&state.store, asked.source_id, record).await?)
}

/// Replaces what is kept of a user, if it has the revision that the request is about.
pub(super) async fn change(
    state: &AppState,
    asked: &Provisioner,
    row: ProvisionedRow,
    user: User,
    revision: Option<i64>,
) -> Result<ProvisionedRow, ScimError> {
    if revision.is_some_and(|revision| revision != row.revision) {
        return Err(changed());
    }
    let person = person_of(state, asked, row.provisioned_id, &user).await?;
    let row = ProvisionedRow {
        resource: user.to_value().to_string(),
        user_name: user.user_name,
        external_id: user.external_id,
        active: user.active,
        revision: row.revision + 1,
        changed_at: crate::clock::now(),
        ..row
    };
    if !state.store.replace_provisioned(&row, person).await? {
        return Err(changed());
    }
    state.people.changed();
    Ok(row)
}
