//! `/api/v1/reports/schedules`: reports that are made again and again. Supervisors and administrators see them all;
//! who made one, and administrators, change it.

mod asked;
pub(in crate::http) mod change;
pub(in crate::http) mod create;
mod found;
pub(in crate::http) mod list;
pub(in crate::http) mod remove;
pub(in crate::http) mod run;
pub(in crate::http) mod show;
mod view;
