//! Runs: reports that were asked for over the API. They are queued in the store, made one at a time, and their
//! files are kept there ([decision 15](../../../../../docs/decisions/0015-report-runs.md)).

mod make;
mod name;
mod offered;
mod parameters;
mod progress;
mod queued;
mod runner;
mod state;

pub(crate) use name::{file_name, free_name};
pub(crate) use offered::{Offered, offered};
pub(crate) use parameters::Parameters;
pub(crate) use queued::{AskedBy, queued};
pub(crate) use runner::Runner;
pub(crate) use state::{Failure, RunState};
