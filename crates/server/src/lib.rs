//! The contact centre's one binary, as a library so that tests can start it in-process.
//!
//! Rooms: `cli` reads the command line, `config` the settings, `http` answers requests. `http` calls
//! the engine and reads from the store; the engine never names axum.

pub mod clock;
pub mod engine;
pub mod ids;
