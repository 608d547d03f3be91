//! The event channel of one application instance: queued events, the batch that was given but not yet
//! acknowledged, and who is waiting (ucwa.md §3). Pure: it is told the time.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::pool::people::PersonIndex;
use crate::pool::wire::{Event, Priority};

/// An event that waits to be fetched.
pub(crate) struct Queued {
    pub(crate) event: Event,
    /// Presence of one person: a later one takes its place.
    pub(crate) presence_of: Option<PersonIndex>,
    /// The message whose delivery depends on this event being fetched.
    pub(crate) delivers: Option<u64>,
    starts_batch: bool,
}

/// What a P-GET finds.
#[derive(Debug)]
pub(crate) enum Found {
    /// The batch of the asked number is there (`replayed` if it was given before).
    Batch { replayed: bool },
    /// Nothing to give before this moment (ms); `None` is until something is queued.
    Nothing { until: Option<u64> },
    /// The number is out of range; go on with this one.
    Resync(u64),
}

/// See the module.
pub(crate) struct Channel {
    /// The `instanceId` that it was made with; empty for the first.
    pub(crate) instance: String,
    /// The number that the next P-GET has to carry when nothing is un-acknowledged.
    current: u64,
    /// Whether `current` was given out and waits to be acknowledged.
    given: bool,
    pub(crate) unacked: Vec<Event>,
    queue: VecDeque<Queued>,
    release_at: Option<u64>,
    next_starts_batch: bool,
    medium_ms: u64,
    low_ms: u64,
    pub(crate) timeout_ms: u64,
    /// The pending P-GET: its token and priority.
    pub(crate) waiting: Option<(u64, i64)>,
    pub(crate) notify: Arc<Notify>,
    /// When a P-GET last came or ended.
    pub(crate) polled_at: u64,
    /// The chats and subscriptions were shut after a long silence; say `resume`.
    pub(crate) resuming: bool,
}

impl Channel {
    /// An empty channel whose first P-GET carries `ack=1`.
    pub(crate) fn new(instance: &str, now: u64) -> Self {
        Self {
            instance: instance.to_owned(),
            current: 1,
            given: false,
            unacked: Vec::new(),
            queue: VecDeque::new(),
            release_at: None,
            next_starts_batch: false,
            medium_ms: 5_000,
            low_ms: 15_000,
            timeout_ms: 180_000,
            waiting: None,
            notify: Arc::new(Notify::new()),
            polled_at: now,
            resuming: false,
        }
    }

    /// Another delay for medium events; what waits already waits no longer than that either.
    pub(crate) fn set_medium(&mut self, delay_ms: u64, now: u64) {
        self.medium_ms = delay_ms;
        self.release_at = self.release_at.map(|at| at.min(now + delay_ms));
    }

    /// Another delay for events of low priority.
    pub(crate) fn set_low(&mut self, delay_ms: u64) {
        self.low_ms = delay_ms;
    }

    /// Queues an event.
    pub(crate) fn push(&mut self, event: Event, now: u64) {
        self.push_queued(event, None, None, now);
    }

    /// Queues an event that carries a message.
    pub(crate) fn push_message(&mut self, event: Event, message: u64, now: u64) {
        self.push_queued(event, None, Some(message), now);
    }

    /// Queues a presence change; one that waits already is moved to the end and stands for both.
    pub(crate) fn push_presence(&mut self, person: PersonIndex, now: u64, event: impl FnOnce() -> Event) {
        let waiting = self.queue.iter().position(|q| q.presence_of == Some(person) && !q.starts_batch);
        if let Some(queued) = waiting.and_then(|at| self.queue.remove(at)) {
            self.queue.push_back(queued);
            return;
        }
        self.push_queued(event(), Some(person), None, now);
    }

    fn push_queued(
        &mut self,
        event: Event,
        presence_of: Option<PersonIndex>,
        delivers: Option<u64>,
        now: u64,
    ) {
        let delay = match event.priority {
            Priority::High => 0,
            Priority::Medium => self.medium_ms,
            Priority::Low => self.low_ms,
        };
        let due = now + delay;
        let earlier = self.release_at.is_none_or(|at| due < at);
        if earlier {
            self.release_at = Some(due);
        }
        let starts_batch = std::mem::take(&mut self.next_starts_batch) && !self.queue.is_empty();
        self.queue.push_back(Queued { event, presence_of, delivers, starts_batch });
        if earlier {
            self.notify.notify_one();
        }
    }

    /// The next event starts a batch of its own.
    pub(crate) fn start_batch(&mut self) {
        self.next_starts_batch = true;
    }

    /// Takes back the event of a message that nobody fetched in time.
    pub(crate) fn drop_message(&mut self, message: u64) {
        self.queue.retain(|queued| queued.delivers != Some(message));
    }

    /// Wakes the pending P-GET.
    pub(crate) fn wake(&self) {
        self.notify.notify_waiters();
        self.notify.notify_one();
    }

    /// The number that a client which knows nothing should start with.
    pub(crate) fn first_unacked(&self) -> u64 {
        self.current
    }

    /// Forgets what was queued and given, and says `resume` from now on.
    pub(crate) fn shut(&mut self) {
        self.queue.clear();
        self.unacked.clear();
        self.release_at = None;
        self.resuming = true;
        self.wake();
    }

    /// A P-GET with this `ack` looks. Messages of a batch that is given for the first time are added to
    /// `delivered`.
    pub(crate) fn look(&mut self, ack: u64, now: u64, delivered: &mut Vec<u64>) -> Found {
        if self.given && ack == self.current + 1 {
            self.current = ack;
            self.given = false;
            self.unacked.clear();
        }
        if ack != self.current {
            return Found::Resync(self.current);
        }
        if self.given && !self.unacked.is_empty() {
            return Found::Batch { replayed: true };
        }
        match self.release_at {
            Some(at) if at <= now => {
                self.release(now, delivered);
                Found::Batch { replayed: false }
            }
            until => Found::Nothing { until },
        }
    }

    /// The wait is over without events: an empty batch is given.
    pub(crate) fn give_empty(&mut self) {
        self.given = true;
        self.unacked.clear();
    }

    fn release(&mut self, now: u64, delivered: &mut Vec<u64>) {
        self.given = true;
        self.unacked.clear();
        while let Some(queued) = self.queue.pop_front() {
            delivered.extend(queued.delivers);
            self.unacked.push(queued.event);
            if self.queue.front().is_some_and(|next| next.starts_batch) {
                break;
            }
        }
        self.release_at = (!self.queue.is_empty()).then_some(now);
    }

    /// How many events wait.
    pub(crate) fn queued(&self) -> usize {
        self.queue.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::wire::{Kind, Link, Sender};

    fn event(name: &str, priority: Priority) -> Event {
        let sender = Sender { rel: "people", href: "/people".to_owned() };
        Event::new(sender, Kind::Updated, Link::new("contact", name)).priority(priority)
    }

    fn hrefs(channel: &Channel) -> Vec<&str> {
        channel.unacked.iter().map(|e| e.link.href.as_str()).collect()
    }

    #[test]
    fn a_high_event_flushes_everything_in_order() {
        let mut channel = Channel::new("", 0);
        channel.push(event("a", Priority::Medium), 100);
        assert!(matches!(channel.look(1, 200, &mut Vec::new()), Found::Nothing { until: Some(5_100) }));
        channel.push(event("b", Priority::High), 300);
        assert!(matches!(channel.look(1, 300, &mut Vec::new()), Found::Batch { replayed: false }));
        assert_eq!(hrefs(&channel), ["a", "b"]);
    }

    #[test]
    fn an_unacknowledged_batch_is_given_again_and_the_next_acknowledges() {
        let mut channel = Channel::new("", 0);
        channel.push(event("a", Priority::High), 0);
        assert!(matches!(channel.look(1, 0, &mut Vec::new()), Found::Batch { replayed: false }));
        channel.push(event("b", Priority::High), 1);
        assert!(matches!(channel.look(1, 1, &mut Vec::new()), Found::Batch { replayed: true }));
        assert_eq!(hrefs(&channel), ["a"]);
        assert!(matches!(channel.look(2, 2, &mut Vec::new()), Found::Batch { replayed: false }));
        assert_eq!(hrefs(&channel), ["b"]);
        assert!(matches!(channel.look(9, 2, &mut Vec::new()), Found::Resync(2)));
        assert!(matches!(channel.look(1, 2, &mut Vec::new()), Found::Resync(2)));
    }

    #[test]
    fn an_empty_batch_counts_and_can_be_asked_again() {
        let mut channel = Channel::new("", 0);
        channel.give_empty();
        channel.push(event("a", Priority::High), 0);
        assert!(matches!(channel.look(1, 0, &mut Vec::new()), Found::Batch { replayed: false }));
        assert!(matches!(channel.look(2, 0, &mut Vec::new()), Found::Nothing { until: None }));
    }

    #[test]
    fn presence_of_one_person_collapses_and_batches_can_be_split() {
        let mut channel = Channel::new("", 0);
        channel.push_presence(7, 0, || event("p7", Priority::Medium));
        channel.push(event("x", Priority::High), 1);
        channel.push_presence(7, 2, || event("never", Priority::Medium));
        channel.start_batch();
        channel.push_message(event("m", Priority::High), 5, 3);
        let mut delivered = Vec::new();
        assert!(matches!(channel.look(1, 4, &mut delivered), Found::Batch { replayed: false }));
        assert_eq!(hrefs(&channel), ["x", "p7"]);
        assert!(delivered.is_empty());
        assert!(matches!(channel.look(2, 4, &mut delivered), Found::Batch { replayed: false }));
        assert_eq!(hrefs(&channel), ["m"]);
        assert_eq!(delivered, [5]);
    }
}
