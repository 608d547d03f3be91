//! The library: which reports there are, and what is in each.
//!
//! A report is made of sums that the store keeps ([`figures`](hookflash_domain::figures)), so its totals are
//! those of the views.

mod agents;
mod asked;
mod metrics;
mod name;
mod queues;
#[cfg(test)]
mod testing;

pub use agents::{AgentPart, agents};
pub use asked::Asked;
pub use name::{ReportName, RowsOf};
pub use queues::{QueuePart, queues};
