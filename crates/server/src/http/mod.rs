//! The HTTP API, the desk's files and what watches over the server. One file a verb.
//!
//! Invariants: every route of the API takes one of the extractors of [`session`], which say who may
//! call it and check the token against forged requests, or below `/scim/v2` the extractor of `scim`,
//! which asks for the token of a source; every body, query and list has a limit; an error is a
//! [`problem::Problem`] with a stable code, or SCIM's own.

mod abilities;
mod answers;
pub mod assets;
mod attempts;
mod directory;
mod dispositions;
mod expert_groups;
mod exports;
mod extract;
mod figures;
mod handover;
mod interactions;
mod layers;
mod me;
mod networks;
mod nicknames;
pub mod openapi;
pub mod origin;
pub mod passwords;
mod peer;
mod people;
mod people_sources;
pub mod problem;
mod queues;
mod reports;
pub mod router;
mod scim;
pub mod server;
pub mod session;
mod settings;
pub mod state;
mod team_addresses;
mod users;
mod valid;
mod views;
mod watch;
