//! `/api/v1/people-sources/…/scim`: sources that provision people over SCIM.

pub(in crate::http) mod create;
pub(in crate::http) mod replace_token;
