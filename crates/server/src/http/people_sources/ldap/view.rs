//! Sources that are LDAP directories, as administrators see them.

use crate::directory::ldap::{KIND, LdapSettings};
use crate::http::problem::{Code, Problem};
use crate::http::state::AppState;
use hookflash_store::people::PeopleSourceRow;
use serde::Serialize;
use utoipa::ToSchema;

/// What is set for a source that is an LDAP directory. The password is not shown.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct LdapSourceView {
    settings: LdapSettings,
    /// Whether a password is kept.
    has_password: bool,
}

/// What is set.
///
/// # Errors
/// `invalid` where the source is no LDAP directory, or what the store could not do.
pub(super) async fn shown(state: &AppState, source: &PeopleSourceRow) -> Result<LdapSourceView, Problem> {
    let has_password = state.store.people_source_secret(source.source_id).await?.is_some();
    Ok(LdapSourceView { settings: settings_of(source)?, has_password })
}

/// The settings of a source.
///
/// # Errors
/// `invalid` where the source is no LDAP directory.
pub(super) fn settings_of(source: &PeopleSourceRow) -> Result<LdapSettings, Problem> {
    let settings = Some(source).filter(|source| source.kind == KIND);
    let settings = settings.and_then(|source| serde_json::from_str(&source.settings).ok());
    settings.ok_or_else(|| Problem::new(Code::Invalid, "This source is no LDAP directory."))
}
