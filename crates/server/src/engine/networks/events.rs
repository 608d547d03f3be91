//! What a network tells, taken to consults and desks. A batch counts as taken when all of it is stored.

use super::session::Live;
use super::{Route, Seat};
use crate::engine::commit::Stored;
use crate::engine::consult::{ConsultInput, Told};
use crate::engine::feed::Volatile;
use crate::engine::shared::Shared;
use hookflash_connectors::{ChatId, LinkState, ResumePoint, SessionEvent, Unreachable as Network};
use hookflash_domain::consult::{Consult, IncomingChat, News, Reception, Unreachable};
use hookflash_domain::interaction::Stage;
use hookflash_domain::{ConsultId, MessageId, Presence, PresenceReport, UserId};
use hookflash_store::{ResumePointRow, Write};
use std::sync::Arc;
use tokio::sync::oneshot;

impl Shared {
    /// Takes a batch with the place on the network that it leads to; true when all of it is stored.
    pub(super) async fn take_events(
        self: &Arc<Self>,
        seat: &Seat,
        live: &Arc<Live>,
        events: Vec<SessionEvent>,
        resume: Option<ResumePoint>,
    ) -> bool {
        let mut point = resume.map(|ResumePoint(value)| ResumePointRow {
            user_id: seat.0,
            network: seat.1.clone(),
            value,
        });
        let is_alone = events.iter().filter(|event| is_stored(event)).count() == 1;
        let mut told = Vec::new();
        let mut all_taken = true;
        for event in events {
            match event {
                SessionEvent::Link(link) => self.take_link(seat, live, &link),
                SessionEvent::Authorised { authorisation } => {
                    self.keep_authorisation(seat, authorisation).await;
                }
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
                SessionEvent::FavouritesChanged => self.feed.volatile(seat.0, Volatile::Favourites),
                SessionEvent::Incoming { chat, from, team, subject, importance, text } => {
                    let (expert, chat, is_to_team) = (*from, chat.0, team.is_some());
                    let team = team.and_then(|address| self.rules().team_at(&address));
                    let from = IncomingChat { expert, chat, subject, preview: text, importance, team };
                    let with = if is_alone { &mut point } else { &mut None };
                    all_taken &= self.take_incoming(seat, from, is_to_team, with).await;
                }
                event => self.add_chat_event(seat, event, &mut told),
            }
        }
        all_taken && self.store_batch(told, point).await
    }

    /// Stores what a batch tells, consult by consult side by side, and then the place that was reached. News of
    /// one consult alone shares a transaction with it.
    async fn store_batch(
        self: &Arc<Self>,
        told: Vec<(ConsultId, Vec<News>)>,
        mut point: Option<ResumePointRow>,
    ) -> bool {
        let is_alone = told.len() == 1;
        let mut receipts = Vec::new();
        for (consult, news) in told {
            let mut told = Told::new(news).with_resume_point(point.clone().filter(|_| is_alone));
            let receipt = told.receipt();
            if self.to_consult(consult, ConsultInput::News(told)).await {
                receipts.push(receipt);
                point = point.filter(|_| !is_alone);
            }
        }
        for receipt in receipts {
            if receipt.await.is_err() {
                return false;
            }
        }
        match point {
            Some(row) => self.commit_news(vec![Write::ResumePointSoon(row)]).await == Stored::Yes,
            None => true,
        }
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

    /// Puts a chat's news to the others of its consult.
    fn add_chat_event(&self, seat: &Seat, event: SessionEvent, told: &mut Vec<(ConsultId, Vec<News>)>) {
        let Some((chat, news)) = news_of(event) else { return };
        let Some(route) = self.networks.route_of(seat, &chat) else {
            tracing::debug!(%chat, "news of an unknown chat");
            return;
        };
        let news = news(route.invitation);
        match told.iter_mut().find(|(consult, _)| *consult == route.consult) {
            Some((_, before)) => before.extend(news),
            None => told.push((route.consult, news)),
        }
    }

    /// An expert writes first: a consult begins. How it is answered is an errand of the consult, so news that
    /// comes again needs nothing. False when it is not stored: then the batch must come again. What is written to a
    /// team always rings: others of it may have more time. The place is stored with the consult: a process that is
    /// killed between them would know of a chat of which its network knows nothing.
    async fn take_incoming(
        self: &Arc<Self>,
        seat: &Seat,
        from: IncomingChat,
        is_to_team: bool,
        point: &mut Option<ResumePointRow>,
    ) -> bool {
        let chat = ChatId(from.chat.clone());
        if self.networks.route_of(seat, &chat).is_some() {
            return true;
        }
        self.networks.people.remember(std::slice::from_ref(&from.expert));
        let consult = self.consult_by_expert(seat);
        let id = consult.id;
        let policy = self.rules().choices(seat.0).incoming;
        let policy = policy.unwrap_or_else(|| self.networks.incoming(&seat.1));
        let reception = match is_to_team {
            true => Reception::Ring,
            false => policy.reception(consult.interaction.is_some()),
        };
        self.networks.route(seat.0, &seat.1, &chat, Route { consult: id, invitation: 0 });
        self.open_consult(consult);
        let (stored, is_stored) = oneshot::channel();
        let point = point.take();
        let begin = ConsultInput::StartByExpert { from: Box::new(from), reception, point, stored };
        self.to_consult(id, begin).await && is_stored.await.is_ok()
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

/// Whether an event leaves something in the database.
fn is_stored(event: &SessionEvent) -> bool {
    !matches!(
        event,
        SessionEvent::Link(_)
            | SessionEvent::Presence { .. }
            | SessionEvent::Typing { .. }
            | SessionEvent::FavouritesChanged
    )
}

type NewsOf = Box<dyn FnOnce(usize) -> Vec<News> + Send>;

/// The news of a chat as a consult takes it, once the invitation's number is known.
fn news_of(event: SessionEvent) -> Option<(ChatId, NewsOf)> {
    Some(match event {
        SessionEvent::Reached { chat } => (chat, Box::new(|n| vec![News::Reached(n)])),
        SessionEvent::Accepted { chat } => (chat, Box::new(|n| vec![News::Accepted(n)])),
        SessionEvent::Declined { chat, reason, words } => {
            ended(chat, words, move |n| News::Declined(n, reason))
        }
        SessionEvent::NoAnswer { chat, words } => ended(chat, words, News::NoAnswer),
        SessionEvent::Unreachable { chat, why, words } => {
            ended(chat, words, move |n| News::Unreachable(n, unreachable(why)))
        }
        SessionEvent::Withdrawn { chat, elsewhere: true, words } => {
            ended(chat, words, News::AnsweredElsewhere)
        }
        SessionEvent::Missed { chat, words } => ended(chat, words, News::Missed),
        SessionEvent::Withdrawn { chat, words, .. } => ended(chat, words, News::Left),
        SessionEvent::Left { chat } => (chat, Box::new(|n| vec![News::Left(n)])),
        SessionEvent::Message { chat, network_message_id, text, html, .. } => {
            let message = MessageId(crate::ids::new_id());
            let said = move |invitation| News::Said { invitation, message, network_message_id, text, html };
            (chat, Box::new(move |n| vec![said(n)]))
        }
        SessionEvent::Delivered { chat, key } => (chat, Box::new(move |_| vec![News::Delivered(key)])),
        SessionEvent::Failed { chat, key, reason } => {
            let reason = reason.unwrap_or_else(|| "it was not delivered".into());
            let text = String::new();
            let failed = move |invitation| News::Undelivered { invitation, message: key, text, reason };
            (chat, Box::new(move |n| vec![failed(n)]))
        }
        SessionEvent::Link(_)
        | SessionEvent::Authorised { .. }
        | SessionEvent::Presence { .. }
        | SessionEvent::FavouritesChanged
        | SessionEvent::Typing { .. }
        | SessionEvent::Incoming { .. } => return None,
    })
}

/// The end of an invitation, after the network's own words on it.
fn ended(
    chat: ChatId,
    words: Option<String>,
    end: impl FnOnce(usize) -> News + Send + 'static,
) -> (ChatId, NewsOf) {
    let told = |n| words.map(|words| News::Words(n, words)).into_iter().chain([end(n)]).collect();
    (chat, Box::new(told))
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
