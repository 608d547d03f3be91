//! Telling desks what their queues look like.

use crate::engine::feed::{QueueFigures, Volatile};
use crate::engine::shared::Shared;
use hookflash_domain::agent::AgentState;
use hookflash_domain::{QueueId, Timestamp, UserId};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

/// Between two tellings: as often as people can see, however often queues change.
const EVERY: Duration = Duration::from_millis(50);

impl Shared {
    /// Has desks told what their queues look like.
    pub(in crate::engine) fn publish_queues(&self) {
        self.queues_changed.notify_one();
    }

    /// Tells the desks whose queues have changed, until the engine stops.
    pub(in crate::engine) async fn tell_queues(self: Arc<Self>) {
        let mut told = Arc::<Vec<QueueFigures>>::default();
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = self.queues_changed.notified() => {}
            }
            let figures = Arc::new(self.queue_figures());
            self.feed.volatile_to(&concerned(&told, &figures), &Volatile::Queues(Arc::clone(&figures)));
            told = figures;
            tokio::time::sleep(EVERY).await;
        }
    }

    /// What the queues look like, in order of their ids.
    pub(in crate::engine) fn queue_figures(&self) -> Vec<QueueFigures> {
        let rules = self.rules();
        let mut waiting = HashMap::<QueueId, (usize, Timestamp)>::new();
        for one in self.board.waiting() {
            waiting.entry(one.queue).or_insert((0, one.since)).0 += 1;
        }
        let figures = rules.queues.iter().map(|(queue, settings)| {
            let members = &settings.rule.members;
            let here = waiting.get(queue);
            QueueFigures {
                queue: *queue,
                name: settings.name.clone(),
                members: Arc::clone(members),
                waiting_count: here.map_or(0, |(count, _)| *count),
                longest_waiting_since: here.map(|(_, since)| *since),
                ready_count: self.board.count_seats(&**members, |seat| seat.state == AgentState::Ready),
            }
        });
        figures.collect()
    }
}

/// Who serves, or served, a queue that differs; both lists are in order of their ids.
fn concerned(told: &[QueueFigures], figures: &[QueueFigures]) -> BTreeSet<UserId> {
    let differs = |queue: &&QueueFigures, others: &[QueueFigures]| {
        let other = others.binary_search_by_key(&queue.queue, |other| other.queue);
        other.ok().and_then(|place| others.get(place)) != Some(*queue)
    };
    let before = told.iter().filter(|queue| differs(queue, figures));
    let now = figures.iter().filter(|queue| differs(queue, told));
    before.chain(now).flat_map(|queue| queue.members.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn queue(id: u128, members: &[u128], ready_count: usize) -> QueueFigures {
        QueueFigures {
            queue: QueueId(Uuid::from_u128(id)),
            name: String::new(),
            members: Arc::new(members.iter().map(|n| user(*n)).collect()),
            waiting_count: 0,
            longest_waiting_since: None,
            ready_count,
        }
    }

    fn user(n: u128) -> UserId {
        UserId(Uuid::from_u128(n))
    }

    #[test]
    fn those_are_told_whose_queues_differ() {
        let before = [queue(1, &[1, 2], 1), queue(2, &[2, 3], 1), queue(3, &[4], 1)];
        let cases: [(&str, Vec<QueueFigures>, &[u128]); 5] = [
            ("nothing", before.to_vec(), &[]),
            ("a count", vec![queue(1, &[1, 2], 2), before[1].clone(), before[2].clone()], &[1, 2]),
            ("a member went", vec![before[0].clone(), queue(2, &[2], 1), before[2].clone()], &[2, 3]),
            ("a queue went", before[..2].to_vec(), &[4]),
            ("one came", [&before[..], &[queue(4, &[5], 0)]].concat(), &[5]),
        ];
        for (what, now, expected) in cases {
            let expected: BTreeSet<_> = expected.iter().map(|n| user(*n)).collect();
            assert_eq!(concerned(&before, &now), expected, "{what}");
        }
    }
}
