//! `/api/v1/people-sources`: where people who can be asked are known from, and their imports.

pub(super) mod change;
pub(super) mod create;
mod found;
pub(super) mod import;
pub(super) mod imports;
pub(super) mod list;
pub(super) mod refused;
pub(super) mod remove;
mod view;
