//! `/api/v1/users`

pub(super) mod change;
pub(super) mod create;
pub(super) mod list;
pub(super) mod replace_abilities;
pub(super) mod show;
pub(super) mod show_abilities;
mod view;

pub(super) use view::RoleView;
