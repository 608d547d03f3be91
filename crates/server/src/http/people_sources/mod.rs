//! `/api/v1/people-sources`: where people who can be asked are known from, and their imports.

pub(super) mod change;
pub(super) mod create;
mod found;
pub(super) mod import;
pub(super) mod imports;
pub(super) mod ldap;
pub(super) mod list;
pub(super) mod refused;
pub(super) mod remove;
pub(super) mod scim;
mod view;

use super::problem::{Code, Problem};
use crate::clock::now;
use hookflash_store::people::PeopleSourceRow;
use serde::Serialize;

/// Most sources.
const MOST: i64 = 100;

/// A new source of this kind.
///
/// # Errors
/// The settings cannot be written.
fn new_source(kind: &str, name: &str, settings: &impl Serialize) -> Result<PeopleSourceRow, Problem> {
    let at = now();
    Ok(PeopleSourceRow {
        source_id: crate::ids::new_id(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        active: true,
        place: 0,
        settings: written(settings)?,
        created_at: at,
        changed_at: at,
    })
}

/// Settings as they are stored.
///
/// # Errors
/// They cannot be written.
fn written(settings: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(settings).map_err(|error| Problem::new(Code::Internal, error.to_string()))
}
