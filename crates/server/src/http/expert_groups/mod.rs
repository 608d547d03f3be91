//! `/api/v1/expert-groups`: experts who are asked together, under a name that agents find.

mod asked;
pub(super) mod create;
pub(super) mod list;
pub(super) mod remove;
pub(super) mod replace;
mod view;
