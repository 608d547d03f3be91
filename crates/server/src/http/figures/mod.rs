//! `/api/v1/figures`: what happened, counted; every metric by its definition in `domain::figures`.

pub(super) mod agent_states;
pub(super) mod agents;
pub(super) mod experts;
pub(super) mod metrics;
pub(super) mod queues;
pub(super) mod series;
mod stretch;
mod view;
pub(super) mod wrap_up;

pub(super) use metrics::UnitView;
