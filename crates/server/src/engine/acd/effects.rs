//! What follows a stored change of the ACD: desks ring, interactions hear of their agent.

use super::task::AcdInput;
use crate::engine::feed::{Change, QueueFigures, Volatile};
use crate::engine::interaction::InteractionInput;
use crate::engine::shared::Shared;
use hookflash_domain::acd::{Acd, Effect, Event, News, Outcome};
use hookflash_domain::agent::AgentState;
use hookflash_domain::interaction;
use std::sync::Arc;
use std::time::Duration;

/// Between two tellings of the queues.
const QUEUES_EVERY: Duration = Duration::from_millis(50);

impl Shared {
    /// Brings board, desks and interactions up to a stored outcome.
    pub(super) fn after_acd(self: &Arc<Self>, acd: &Acd, outcome: Outcome) {
        self.board.put_waiting(acd.waiting());
        for event in &outcome.events {
            if let Event::AgentStateChanged { agent, .. } | Event::NextStateChosen { agent, .. } = event
                && let Some(seat) = acd.seat(*agent)
            {
                self.board.put_seat(*agent, seat.clone());
                self.feed.change(*agent, Change::Agent(seat.clone()));
                self.show_presence(*agent);
            }
        }
        for effect in outcome.effects {
            self.run_acd(effect);
        }
        self.publish_queues();
    }

    fn run_acd(self: &Arc<Self>, effect: Effect) {
        match effect {
            Effect::Ring(offer) => {
                self.board.put_offer(offer.agent, Some(offer.clone()));
                self.feed.change(offer.agent, Change::Offer { offer: Some(offer.clone()), outcome: None });
                self.wake_at(offer.expires_at, move |shared| async move {
                    shared.tell_acd(News::OfferTimedOut(offer.id)).await;
                });
            }
            Effect::StopRinging { offer, outcome } => {
                self.board.put_offer(offer.agent, None);
                self.feed.change(offer.agent, Change::Offer { offer: None, outcome: Some(outcome) });
            }
            Effect::Join { interaction, agent } => {
                // In a task of its own: two tasks that wait for each other's mailbox would wait for ever.
                let shared = Arc::clone(self);
                self.tasks.spawn(async move {
                    let news = InteractionInput::News(interaction::News::Answered { agent });
                    if !shared.to_interaction(interaction, news).await {
                        shared.tell_acd(News::CallOver { agent, interaction, wrap_up: false }).await;
                    }
                });
            }
        }
    }

    /// Puts news into the ACD's mailbox.
    pub(in crate::engine) async fn tell_acd(&self, news: News) {
        if self.acd.send(AcdInput::News(news)).await.is_err() {
            tracing::debug!("the ACD has stopped");
        }
    }

    /// Has all desks told what the queues look like.
    pub(in crate::engine) fn publish_queues(&self) {
        self.queues_changed.notify_one();
    }

    /// Tells all desks what the queues look like, at once but not more often than people can see:
    /// a thousand desks that sign in must not be told a thousand times each.
    pub(in crate::engine) async fn tell_queues(self: Arc<Self>) {
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = self.queues_changed.notified() => {}
            }
            self.feed.volatile_to_all(&Volatile::Queues(Arc::new(self.queue_figures())));
            tokio::time::sleep(QUEUES_EVERY).await;
        }
    }

    /// What the queues look like.
    pub(in crate::engine) fn queue_figures(&self) -> Vec<QueueFigures> {
        let (rules, waiting) = (self.rules(), self.board.waiting());
        let figures = rules.queues.iter().map(|(queue, settings)| {
            let mut here = waiting.iter().filter(|waiting| waiting.queue == *queue);
            let first = here.next().map(|waiting| waiting.since);
            let members = &settings.rule.members;
            QueueFigures {
                queue: *queue,
                name: settings.name.clone(),
                members: Arc::new(members.clone()),
                waiting_count: usize::from(first.is_some()) + here.count(),
                longest_waiting_since: first,
                ready_count: self.board.count_seats(members, |seat| seat.state == AgentState::Ready),
            }
        });
        figures.collect()
    }
}
