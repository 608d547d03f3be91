//! Personas: scripted people who live in the pool without a client.

pub(crate) mod director;
mod script;

pub(crate) use director::Director;
pub(crate) use script::{Persona, Personas};
