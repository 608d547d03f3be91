//! What an agent can do: each call's work is in the file of its name.

use super::{
    adopting, agent::Agent, answering, connector::Office, hub::Hub, invitation, leaving, presence, ringing,
    search, sending, vcard,
};
use crate::{
    ChatId, ConnectorError, Duty, Found, LinkState, Opening, Outgoing, OwnPresence, Page, Photo, Session,
};
use async_trait::async_trait;
use hookflash_domain::PersonId;
use std::sync::Arc;

/// Longest message and opening, in bytes: a tenth of what servers allow, for what escaping makes of it.
pub(super) const LONGEST_MESSAGE: usize = 16_000;
pub(super) const LONGEST_OPENING: usize = 8_000;
/// Most people whose presence one session may watch.
pub(super) const MOST_WATCHED: usize = 500;

pub(super) struct XmppSession {
    /// Keeps the connection.
    pub(super) office: Arc<Office>,
    pub(super) agent: Arc<Agent>,
}

impl XmppSession {
    fn hub(&self) -> Result<&Hub, ConnectorError> {
        let is_over = self.agent.over.is_cancelled() || self.agent.signed_out.is_cancelled();
        if is_over { Err(ConnectorError::NotSignedIn) } else { Ok(&self.office.hub) }
    }
}

#[async_trait]
impl Session for XmppSession {
    async fn search(&self, text: &str, page: Page) -> Result<Found, ConnectorError> {
        search::search(self.hub()?, text, page).await
    }

    async fn watch(&self, people: &[PersonId]) -> Result<(), ConnectorError> {
        let hub = self.hub()?;
        if people.len() > MOST_WATCHED {
            let words = format!("at most {MOST_WATCHED} people can be watched");
            return Err(ConnectorError::Refused { code: "LimitExceeded".to_owned(), words });
        }
        let own = people.iter().filter(|person| person.network == hub.config.network);
        let new = hub.watch(&self.agent, &own.map(|person| person.address.clone()).collect());
        let is_up = *hub.place.borrow() == LinkState::Up;
        for person in new {
            self.agent.tell_presence(&person);
            if let Some(watcher) = hub.watcher().filter(|_| is_up) {
                hub.post(presence::probe(&watcher, &person)).await;
            }
        }
        Ok(())
    }

    async fn photo(&self, person: &PersonId, _edge: u16) -> Result<Option<Photo>, ConnectorError> {
        vcard::photo(self.hub()?, person).await
    }

    async fn adopt(&self, chats: &[ChatId]) -> Result<(), ConnectorError> {
        adopting::adopt(&self.agent, chats);
        Ok(())
    }

    async fn invite(&self, person: &PersonId, opening: &Opening) -> Result<ChatId, ConnectorError> {
        invitation::invite(self.hub()?, &self.agent, person, opening, LONGEST_OPENING).await
    }

    async fn answer_for(&self, duties: &[Duty]) -> Result<(), ConnectorError> {
        ringing::answer_for(self.hub()?, &self.agent, duties).await
    }

    async fn accept(&self, chat: &ChatId) -> Result<(), ConnectorError> {
        answering::accept(self.hub()?, &self.agent, chat)
    }

    async fn decline(&self, chat: &ChatId, reason: Option<&str>) -> Result<(), ConnectorError> {
        answering::decline(self.hub()?, &self.agent, chat, reason).await
    }

    async fn open(&self, chat: &ChatId) -> Result<(), ConnectorError> {
        answering::open(&self.agent, chat)
    }

    async fn send(&self, chat: &ChatId, message: &Outgoing) -> Result<(), ConnectorError> {
        sending::send(self.hub()?, &self.agent, chat, message, LONGEST_MESSAGE).await
    }

    async fn typing(&self, chat: &ChatId) {
        if let Ok(hub) = self.hub() {
            sending::typing(hub, &self.agent, chat).await;
        }
    }

    async fn leave(&self, chat: &ChatId, farewell: Option<&str>) -> Result<(), ConnectorError> {
        leaving::leave(self.hub()?, &self.agent, chat, farewell).await
    }

    async fn set_presence(&self, _presence: OwnPresence) -> Result<(), ConnectorError> {
        Err(ConnectorError::Unsupported)
    }

    async fn sign_out(&self) {
        match self.hub() {
            Ok(hub) => leaving::sign_out(hub, &self.agent).await,
            Err(_) => self.agent.signed_out.cancel(),
        }
    }
}
