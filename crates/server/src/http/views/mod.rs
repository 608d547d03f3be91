//! `/api/v1/views`: how users have arranged a page, saved under a name for themselves or for all who may open the page.
//!
//! Invariants: a view is a page's address and columns, never what is on the page: that is limited by the rights of who
//! opens it; another's private view does not exist.

mod asked;
pub(super) mod change;
pub(super) mod create;
mod found;
pub(super) mod list;
mod page;
pub(super) mod remove;
pub(super) mod show;
mod view;
