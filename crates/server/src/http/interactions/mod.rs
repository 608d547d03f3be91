//! `/api/v1/interactions`: what was, newest first.
//!
//! Invariant: an agent sees their own interactions alone; another's does not exist for them.

mod attached;
mod consult_view;
mod cursor;
mod detail;
pub(super) mod export;
pub(super) mod list;
mod row;
pub(super) mod show;
mod timeline;

pub(super) use consult_view::PersonIdView;
