//! `/api/v1/queues`

pub(super) mod change;
pub(super) mod create;
pub(super) mod list;
pub(super) mod replace_routing;
pub(super) mod show_routing;
mod view;
