//! The HTTP API against a server in this process, on a free port, with SQLite in a temporary folder.

mod app;
mod assets;
mod bad_input;
mod forged;
mod headers;
mod interactions;
mod networks;
mod permissions;
mod sign_in;
mod story;
mod tls;
