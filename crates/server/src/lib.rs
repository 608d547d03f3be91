//! The contact centre's one binary, as a library so that tests can start it in-process.
//!
//! Rooms: `cli` reads the command line, `config` the settings, `http` answers requests, `live` is the
//! desk's socket, `engine` decides. `http` and `live` call the engine and read from the store; the
//! engine never names axum. `reports` makes files of what the store has summed.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod directory;
pub mod engine;
pub mod http;
pub mod ids;
pub mod live;
pub mod log;
pub mod metrics;
pub mod networks;
mod reports;
pub mod secrets;
