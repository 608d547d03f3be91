//! `/api/v1/users`

pub(super) mod change;
pub(super) mod create;
pub(super) mod list;
pub(super) mod show;
mod view;

pub(super) use view::RoleView;
