//! Who can be asked. In memory, no I/O: what is to be done outside comes back as a value.

mod board;
pub mod index;

pub use board::{BoardLimits, LiveState, PresenceBoard, WatchChange, WatchRefused, WatcherId};
