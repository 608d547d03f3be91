//! `/api/v1/people-sources/…/ldap`: sources that are LDAP directories.

mod asked;
pub(in crate::http) mod create;
pub(in crate::http) mod import;
pub(in crate::http) mod replace;
pub(in crate::http) mod show;
pub(in crate::http) mod try_out;
mod view;
