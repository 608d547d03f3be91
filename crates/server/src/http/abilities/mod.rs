//! `/api/v1/abilities`: skills and languages.

pub(super) mod change;
pub(super) mod create;
pub(super) mod known;
pub(super) mod list;
mod view;

pub(super) use view::KindView;
