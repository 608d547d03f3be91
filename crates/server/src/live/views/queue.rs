//! A queue as it is.

use crate::engine::feed::QueueFigures;
use hookflash_domain::{QueueId, Timestamp, UserId};
use serde::Serialize;

/// `QueueFigures`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueueView {
    queue_id: QueueId,
    name: String,
    waiting_count: usize,
    longest_waiting_since_at: Option<Timestamp>,
    agents_ready_count: usize,
}

/// The queues that a user serves.
#[must_use]
pub fn queue_views(figures: &[QueueFigures], user: UserId) -> Vec<QueueView> {
    let served = figures.iter().filter(|queue| queue.members.contains(&user));
    let views = served.map(|queue| QueueView {
        queue_id: queue.queue,
        name: queue.name.clone(),
        waiting_count: queue.waiting_count,
        longest_waiting_since_at: queue.longest_waiting_since,
        agents_ready_count: queue.ready_count,
    });
    views.collect()
}
