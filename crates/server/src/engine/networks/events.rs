//! What a network tells, taken to consults and desks. A batch counts as taken when all of it is stored.

use super::session::Live;
use super::{Route, Seat};
use crate::engine::consult::{ConsultInput, Told};
use crate::engine::feed::Volatile;
use crate::engine::shared::Shared;
use hookflash_connectors::{ChatId, LinkState, SessionEvent, Unreachable as Network};
use hookflash_domain::consult::{Consult, News, Unreachable};
use hookflash_domain::interaction::Stage;
use hookflash_domain::{ConsultId, MessageId, Person, Presence, PresenceReport, UserId};
use std::sync::Arc;
use tokio::sync::oneshot;

impl Shared {
    /// Takes a batch; true when everything is stored.
    pub(super) async fn take_events(
        self: &Arc<Self>,
        seat: &Seat,
        live: &Arc<Live>,
        events: Vec<SessionEvent>,
    ) -> bool {
        let mut receipts = Vec::new();
        for event in events {
            match event {
                SessionEvent::Link(link) => self.take_link(seat, live, &link),
                SessionEvent::Presence { person, report } => {
                    for user in self.networks.watch.told(seat, &person, &report) {
                        self.feed.volatile(
                            user,
                            Volatile::Presence { person: person.clone(), report: report.clone() },
                        );
                    }
                }
                SessionEvent::Typing { chat, typing } => {
                    if let Some(route) = self.networks.route_of(seat, &chat) {
                        self.feed.volatile(seat.0, Volatile::Typing { consult: route.consult, typing });
                    }
                }
                SessionEvent::Incoming { chat, from, .. } => self.take_incoming(seat, live, chat, *from).await,
                event => receipts.extend(self.take_chat_event(seat, event).await),
            }
        }
        for receipt in receipts {
            if receipt.await.is_err() {
                return false;
            }
        }
        true
    }

    fn take_link(&self, seat: &Seat, live: &Arc<Live>, link: &LinkState) {
        self.link_changed(seat, live, link);
        if matches!(link, LinkState::Down { .. } | LinkState::SignedOut { .. }) {
            let now = crate::clock::now();
            let report = PresenceReport::new(Presence::Unknown, now);
            for (person, users) in self.networks.watch.lost(seat, now) {
                for user in users {
                    self.feed.volatile(
                        user,
                        Volatile::Presence { person: person.clone(), report: report.clone() },
                    );
                }
            }
        }
    }

    async fn take_chat_event(
        self: &Arc<Self>,
        seat: &Seat,
        event: SessionEvent,
    ) -> Option<oneshot::Receiver<()>> {
        let (chat, news) = news_of(event)?;
        let Some(route) = self.networks.route_of(seat, &chat) else {
            tracing::debug!(%chat, "news of an unknown chat");
            return None;
        };
        let (stored, receipt) = oneshot::channel();
        let told = Told { news: vec![news(route.invitation)], done: None, stored: Some(stored) };
        let taken = self.to_consult(route.consult, ConsultInput::News(told)).await;
        taken.then_some(receipt)
    }

    /// An expert writes first: a consult begins, and the chat is taken when that is stored.
    async fn take_incoming(self: &Arc<Self>, seat: &Seat, live: &Live, chat: ChatId, from: Person) {
        if self.networks.route_of(seat, &chat).is_none() {
            self.networks.people.remember(std::slice::from_ref(&from));
            let consult = self.consult_by_expert(seat);
            let id = consult.id;
            self.networks.route(seat.0, &seat.1, &chat, Route { consult: id, invitation: 0 });
            self.open_consult(consult);
            let (stored, is_stored) = oneshot::channel();
            let begin = ConsultInput::StartByExpert { expert: Box::new(from), chat: chat.0.clone(), stored };
            if !self.to_consult(id, begin).await || is_stored.await.is_err() {
                return;
            }
        }
        if let Err(error) = live.session.accept(&chat).await {
            tracing::warn!(%error, "an incoming chat could not be taken");
        }
    }

    fn consult_by_expert(&self, seat: &Seat) -> Consult {
        let id = ConsultId(crate::ids::new_id());
        let interaction = self.connected_interaction(seat.0);
        Consult::new(
            id,
            seat.0,
            self.rules().user_name(seat.0),
            interaction,
            seat.1.clone(),
            crate::clock::now(),
        )
    }

    fn connected_interaction(&self, user: UserId) -> Option<hookflash_domain::InteractionId> {
        let interactions = self.board.interactions_of(user);
        interactions
            .iter()
            .find(|interaction| matches!(interaction.stage, Stage::Connected { .. }))
            .map(|interaction| interaction.id)
    }
}

type NewsOf = Box<dyn FnOnce(usize) -> News + Send>;

/// The news of a chat as a consult takes it, once the invitation's number is known.
fn news_of(event: SessionEvent) -> Option<(ChatId, NewsOf)> {
    Some(match event {
        SessionEvent::Reached { chat } => (chat, Box::new(News::Reached)),
        SessionEvent::Accepted { chat } => (chat, Box::new(News::Accepted)),
        SessionEvent::Declined { chat, reason, .. } => (chat, Box::new(|n| News::Declined(n, reason))),
        SessionEvent::NoAnswer { chat, .. } => (chat, Box::new(News::NoAnswer)),
        SessionEvent::Unreachable { chat, why, words } => {
            tracing::info!(%chat, words, "the network could not reach an expert");
            (chat, Box::new(move |n| News::Unreachable(n, unreachable(why))))
        }
        SessionEvent::Withdrawn { chat, .. }
        | SessionEvent::Missed { chat, .. }
        | SessionEvent::Left { chat } => (chat, Box::new(News::Left)),
        SessionEvent::Message { chat, network_message_id, text, .. } => {
            let message = MessageId(crate::ids::new_id());
            (chat, Box::new(move |invitation| News::Said { invitation, message, network_message_id, text }))
        }
        SessionEvent::Delivered { chat, key } => (chat, Box::new(move |_| News::Delivered(key))),
        SessionEvent::Failed { chat, key, reason } => {
            let reason = reason.unwrap_or_else(|| "it was not delivered".into());
            (
                chat,
                Box::new(move |invitation| News::Undelivered {
                    invitation,
                    message: key,
                    text: String::new(),
                    reason,
                }),
            )
        }
        SessionEvent::Link(_)
        | SessionEvent::Presence { .. }
        | SessionEvent::FavouritesChanged
        | SessionEvent::Typing { .. }
        | SessionEvent::Incoming { .. } => return None,
    })
}

fn unreachable(why: Network) -> Unreachable {
    match why {
        Network::Offline => Unreachable::Offline,
        Network::NotFound => Unreachable::NotFound,
        Network::DoNotDisturb => Unreachable::DoNotDisturb,
        Network::Busy => Unreachable::Busy,
        Network::NotAllowed => Unreachable::NotAllowed,
        Network::Network => Unreachable::NetworkTrouble,
    }
}
