//! `/api/v1/nicknames`: which short forms stand for which names when people are searched.

mod asked;
pub(super) mod replace;
pub(super) mod show;
