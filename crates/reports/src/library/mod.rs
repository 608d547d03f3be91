//! The library: which reports there are, and what is in each.
//!
//! A report is made of facts and sums that the store keeps ([`figures`](hookflash_domain::figures)), so its
//! totals are those of the views.

mod agents;
mod asked;
mod codes;
mod experts;
mod interaction_columns;
mod interactions;
mod metrics;
mod name;
mod queue_charts;
mod queues;
mod stays;
#[cfg(test)]
mod testing;

pub use agents::{AgentPart, agents};
pub use asked::{Asked, Medium};
pub use codes::{CodePart, wrap_up};
pub use experts::{ExpertGroup, ExpertPart, expert_groups, expert_workload};
pub use interaction_columns::InteractionColumn;
pub use interactions::{InteractionDetails, InteractionPart};
pub use name::{ReportName, RowsOf};
pub use queues::{QueuePart, queues};
pub use stays::{AgentStays, LogIns, StatusTimeline};
