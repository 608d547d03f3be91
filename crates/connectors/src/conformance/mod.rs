//! The suite that every connector passes. The contract owns it; a connector shows itself by
//! implementing [`Stage`], the expert's side of its network, and calling [`run`]. Cases that need a
//! capability which the network lacks are left out and named in the [`Outcome`].

mod agent;
mod answers;
mod cases;
mod chatting;
mod favourites;
mod incoming;
mod link;
mod own_presence;
mod people;
mod restart;
mod stage;
mod teams;

pub use agent::{Agent, Failure};
pub use cases::{Case, Outcome, cases, run};
pub use stage::{Answer, Got, Stage};
