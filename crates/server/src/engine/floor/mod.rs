//! The floor as supervisors see it: queues, agents and interactions as they are now.
//!
//! Nobody asks for it again: a window that watches gets the whole picture once and then what has changed,
//! each with a number. What was told to all windows is worked out once, however many watch.

mod orders;
mod picture;
mod queues;
#[cfg(test)]
mod tests;
mod watching;

pub use picture::{FloorAgent, FloorInteraction, Gone, News, Step};
pub use queues::{AgentCounts, FloorQueue};
pub(super) use watching::Floor;
