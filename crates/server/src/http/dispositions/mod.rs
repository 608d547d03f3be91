//! `/api/v1/dispositions`

pub(super) mod change;
pub(super) mod create;
pub(super) mod list;
mod view;
