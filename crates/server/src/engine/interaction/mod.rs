//! The task of an interaction: one mailbox for its call and its wrap-up.

mod effects;
mod record;
mod task;

pub(super) use record::parse as parse_body;
pub(super) use task::InteractionInput;
