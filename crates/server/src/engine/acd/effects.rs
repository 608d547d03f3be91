//! What follows a stored change of the ACD: desks ring, interactions hear of their agent.

use super::task::AcdInput;
use crate::engine::feed::Change;
use crate::engine::interaction::InteractionInput;
use crate::engine::shared::Shared;
use hookflash_domain::acd::{Acd, Effect, Event, News, Outcome};
use hookflash_domain::interaction;
use std::sync::Arc;

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
                self.tell_duties(*agent);
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
}
