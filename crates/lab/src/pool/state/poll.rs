//! One look of a P-GET into its channel (ucwa.md §3). The waiting itself is done without the lock.

use std::sync::Arc;

use tokio::sync::Notify;

use super::channel::{Channel, Found};
use super::{AppId, Core};
use crate::clock::now_ms;
use crate::pool::people::PersonIndex;
use crate::pool::wire::Event;

/// The query of a P-GET.
#[derive(Debug, Clone, Default)]
pub(crate) struct PollArgs {
    pub(crate) ack: u64,
    pub(crate) instance: String,
    pub(crate) medium_s: Option<u64>,
    pub(crate) low_s: Option<u64>,
    pub(crate) timeout_s: Option<u64>,
    pub(crate) priority: i64,
}

/// What the P-GET does next.
pub(crate) enum Poll {
    /// Answer with this batch; `resuming` says `resume` in place of `next`.
    Batch { events: Vec<Event>, resuming: bool },
    /// Wait for the notification, or until this moment (ms).
    Wait { until: Option<u64>, notify: Arc<Notify> },
    /// Another P-GET took its place.
    Replaced,
    /// Go on at this number.
    Resync(u64),
    /// The application is gone.
    Gone,
}

/// Limits of `timeout`, `low` and `medium` at their upper end, in seconds.
const MAX_SECONDS: u64 = 1_800;

impl Core {
    /// A P-GET arrives: it replaces the pending one unless that has a higher priority. Gives its token and
    /// the time (ms) at which it is answered empty.
    pub(crate) fn poll_starts(&mut self, id: AppId, args: &PollArgs) -> Result<(u64, u64), Poll> {
        let now = now_ms();
        let (least_poll, least_delay) = (self.behaviour.min_poll_seconds, self.behaviour.min_delay_seconds);
        let token = self.next_key();
        let app = self.apps.get_mut(&id).ok_or(Poll::Gone)?;
        app.seen_at = now;
        let channel = app.channels.iter_mut().find(|c| c.instance == args.instance).ok_or(Poll::Gone)?;
        let bounded = |seconds: u64, least: u64| seconds.clamp(least, MAX_SECONDS) * 1_000;
        if let Some(seconds) = args.medium_s {
            channel.set_medium(bounded(seconds, least_delay), now);
        }
        if let Some(seconds) = args.low_s {
            channel.set_low(bounded(seconds, least_delay));
        }
        if let Some(seconds) = args.timeout_s {
            channel.timeout_ms = bounded(seconds, least_poll);
        }
        if let Some((_, priority)) = channel.waiting {
            self.stats.polls_replaced += 1;
            if priority > args.priority {
                return Err(Poll::Replaced);
            }
            channel.wake();
        }
        channel.waiting = Some((token, args.priority));
        channel.polled_at = now;
        Ok((token, now + channel.timeout_ms))
    }

    /// One look.
    pub(crate) fn poll(&mut self, id: AppId, args: &PollArgs, token: u64, gives_up_at: u64) -> Poll {
        let now = now_ms();
        let mut delivered = Vec::new();
        let Some(person) = self.apps.get(&id).map(|app| app.person) else { return Poll::Gone };
        let held_until = self.held_until(person, now);
        let Some(channel) = self.channel(id, &args.instance) else { return Poll::Gone };
        if channel.waiting.is_none_or(|(waiting, _)| waiting != token) {
            return Poll::Replaced;
        }
        if let Some(until) = held_until.filter(|until| *until < gives_up_at) {
            return Poll::Wait { until: Some(until), notify: channel.notify.clone() };
        }
        let resuming = std::mem::take(&mut channel.resuming);
        let outcome = match channel.look(args.ack, now, &mut delivered) {
            Found::Resync(number) => {
                // Still to be said.
                channel.resuming = resuming;
                Poll::Resync(number)
            }
            Found::Batch { replayed } => self.give(id, person, &args.instance, replayed, resuming),
            Found::Nothing { .. } if resuming || now >= gives_up_at => {
                channel.give_empty();
                Poll::Batch { events: Vec::new(), resuming }
            }
            Found::Nothing { until } => {
                let until = Some(until.unwrap_or(gives_up_at).min(gives_up_at));
                Poll::Wait { until, notify: channel.notify.clone() }
            }
        };
        self.stats.resyncs += u64::from(matches!(outcome, Poll::Resync(_)));
        self.delivered(&delivered);
        outcome
    }

    fn give(
        &mut self,
        id: AppId,
        person: PersonIndex,
        instance: &str,
        replayed: bool,
        resuming: bool,
    ) -> Poll {
        if !replayed
            && !self.event_troubles.is_empty()
            && let Some(mut events) = self.channel(id, instance).map(|c| std::mem::take(&mut c.unacked))
        {
            self.break_batch(person, &mut events);
            if let Some(channel) = self.channel(id, instance) {
                channel.unacked = events;
            }
        }
        let events = self.channel(id, instance).map(|c| c.unacked.clone()).unwrap_or_default();
        self.stats.batches += 1;
        self.stats.batches_replayed += u64::from(replayed);
        self.stats.events_sent += events.len() as u64;
        Poll::Batch { events, resuming }
    }

    /// The P-GET is answered, or its client hung up.
    pub(crate) fn poll_ends(&mut self, id: AppId, instance: &str, token: u64) {
        let Some(channel) = self.channel(id, instance) else { return };
        if channel.waiting.is_some_and(|(waiting, _)| waiting == token) {
            channel.waiting = None;
        }
        channel.polled_at = now_ms();
    }

    fn channel(&mut self, id: AppId, instance: &str) -> Option<&mut Channel> {
        self.apps.get_mut(&id)?.channels.iter_mut().find(|channel| channel.instance == instance)
    }
}
