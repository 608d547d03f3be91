//! The task of the ACD: one mailbox for agents' states, queues and offers.

mod effects;
mod queues;
mod record;
mod task;

pub(super) use task::{AcdInput, Start, run};
