//! The engine with a scripted chat network and a real database, without HTTP.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod consults;
mod directory;
mod handover;
mod house;
mod hunts;
mod incoming;
mod licences;
mod people;
mod reach;
mod routing;
mod teams;
