//! `/api/v1/reports`: the library, runs of it and their files, schedules.

pub(super) mod archive;
mod asked;
pub(super) mod cancel;
pub(super) mod content;
pub(super) mod download;
pub(super) mod library;
pub(super) mod list;
pub(super) mod remove;
pub(super) mod request;
pub(super) mod schedules;
pub(super) mod show;
mod view;
mod visible;
