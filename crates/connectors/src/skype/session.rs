//! What an agent can do: each call's work is in the file of its name.

use super::{
    adopting, answering, chat, core::Core, favourites, history, invitation, leaving, own_presence, photo,
    search, watching,
};
use crate::{
    ChatId, ConnectorError, EarlierMessage, Favourite, Found, Opening, Outgoing, OwnPresence, Page, Photo,
    Session, clock,
};
use async_trait::async_trait;
use hookflash_domain::PersonId;
use std::sync::Arc;

pub(super) struct SkypeSession {
    pub(super) core: Arc<Core>,
    pub(super) most_watched: usize,
}

#[async_trait]
impl Session for SkypeSession {
    async fn search(&self, text: &str, page: Page) -> Result<Found, ConnectorError> {
        search::search(&self.core, text, page).await
    }

    async fn watch(&self, people: &[PersonId]) -> Result<(), ConnectorError> {
        let limit = self.most_watched;
        if people.len() > limit {
            let words = format!("at most {limit} people can be watched");
            return Err(ConnectorError::Refused { code: "LimitExceeded".to_owned(), words });
        }
        watching::watch(&self.core, people);
        Ok(())
    }

    async fn favourites(&self) -> Result<Vec<Favourite>, ConnectorError> {
        favourites::list(&self.core).await
    }

    async fn set_favourite(&self, person: &PersonId, favourite: bool) -> Result<(), ConnectorError> {
        favourites::set(&self.core, person, favourite).await
    }

    async fn photo(&self, person: &PersonId, edge: u16) -> Result<Option<Photo>, ConnectorError> {
        photo::photo(&self.core, person, edge).await
    }

    async fn history(&self, person: &PersonId, limit: usize) -> Result<Vec<EarlierMessage>, ConnectorError> {
        history::history(&self.core, person, limit).await
    }

    async fn adopt(&self, chats: &[ChatId]) -> Result<(), ConnectorError> {
        adopting::adopt(&self.core, chats);
        Ok(())
    }

    async fn invite(&self, person: &PersonId, opening: &Opening) -> Result<ChatId, ConnectorError> {
        invitation::invite(&self.core, person, opening).await
    }

    async fn accept(&self, chat: &ChatId) -> Result<(), ConnectorError> {
        answering::accept(&self.core, chat).await
    }

    async fn decline(&self, chat: &ChatId, _reason: Option<&str>) -> Result<(), ConnectorError> {
        answering::decline(&self.core, chat).await
    }

    async fn send(&self, chat: &ChatId, message: &Outgoing) -> Result<(), ConnectorError> {
        chat::send(&self.core, chat, message).await
    }

    async fn typing(&self, chat: &ChatId) {
        chat::typing(&self.core, chat).await;
    }

    async fn leave(&self, chat: &ChatId, farewell: Option<&str>) -> Result<(), ConnectorError> {
        leaving::leave(&self.core, chat, farewell).await
    }

    async fn set_presence(&self, presence: OwnPresence) -> Result<(), ConnectorError> {
        own_presence::wish(&self.core, presence);
        Ok(())
    }

    async fn report_activity(&self) {
        *self.core.active_at.lock() = Some(clock::instant());
    }

    async fn sign_out(&self) {
        leaving::sign_out(&self.core).await;
    }
}
