//! Figures: what happened, counted. Each metric is defined once, in [`METRICS`].
//!
//! Events become **facts**, one for each thing that is over: an interaction's stay in a queue, an agent's
//! part in it, an offer, a consult, an invitation, a time in a state. A fact falls into one **interval** of
//! 30 minutes, the one in which it was complete, so a call of 45 minutes is not split. Facts add up to
//! [`Totals`], and metrics are made of totals. The database keeps the same facts and the same totals.
//!
//! Invariants: totals are sums, so any set of intervals may be added; a metric whose divisor is 0 has no
//! value; facts of the events are the facts of the aggregates.

mod effect;
mod facts;
mod fold;
mod interval;
mod metric;
mod of_acd;
mod of_consult;
mod of_interaction;
mod service_level;
mod spread;
mod states;
#[cfg(test)]
mod tests;
mod totals;
mod watched;
mod workload;

pub use effect::{Adjusted, Nps, Stratum, Verdict, adjusted_difference, net_promoter_score};
pub use facts::{
    Alert, ConsultFact, Fact, Handling, InvitationFact, InvitationOutcome, NO_AGENT, NO_QUEUE, Transfer,
    Visit, VisitOutcome,
};
pub use fold::Fold;
pub use interval::{Grain, INTERVAL_MS, Interval, local};
pub use metric::{Figures, METRICS, Metric, Unit};
pub use of_acd::{alert_of, stay_of};
pub use of_consult::{hold_during, of_consult};
pub use of_interaction::of_interaction;
pub use service_level::{Switches, Target, service_level};
pub use spread::percentile;
pub use states::{AgentTime, StateTimes, Stay};
pub use totals::Totals;
pub use watched::{Bad, Watched, WatchedRule};
pub use workload::{fragmentation, gini, load_percent, peak, share_of_top, union_ms};
