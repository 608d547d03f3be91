//! `/api/v1/queues`

pub(super) mod change;
pub(super) mod create;
pub(super) mod list;
mod view;
