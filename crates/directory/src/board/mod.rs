//! The presence board: what is known at present of the people on somebody's screen.
//!
//! A watcher is one desk. What it shows is watched at the network through one signed-in agent, its
//! source; each person has one live state, whoever's source told it last. The board says which
//! source has to watch whom, so that nothing is subscribed that is on nobody's screen.

mod state;
mod watchers;

pub use state::{BoardLimits, LiveState, PresenceBoard};
pub use watchers::{WatchChange, WatchRefused, WatcherId};
