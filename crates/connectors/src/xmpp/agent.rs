//! One agent: their chats, and the news that waits for the engine.

use super::{chat::Chat, chats::Chats, hub::Hub, message::Envelope, words::Language};
use crate::{Account, ChatId, ResumePoint, SessionEvent};
use jid::BareJid;
use minidom::Element;
use parking_lot::Mutex;
use std::collections::{BTreeSet, VecDeque};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Most events that may wait; beyond it experts are told to write later.
const MOST_WAITING: usize = 5_000;

/// One agent's session.
pub(super) struct Agent {
    pub(super) account: Account,
    /// Such as `anna@assist.example.com`.
    pub(super) address: BareJid,
    pub(super) chats: Mutex<Chats>,
    pub(super) watched: Mutex<BTreeSet<String>>,
    pub(super) news: Mutex<News>,
    pub(super) news_due: Notify,
    pub(super) over: CancellationToken,
    /// Signed out, as opposed to left behind.
    pub(super) signed_out: CancellationToken,
}

/// News that was not committed yet.
#[derive(Debug, Default)]
pub(super) struct News {
    pub(super) events: VecDeque<Told>,
    /// Whose presence is to be told: what the board has of them when it is.
    pub(super) presence: BTreeSet<String>,
}

/// An event, and what the expert hears when it is committed.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) event: SessionEvent,
    pub(super) receipt: Option<Element>,
}

impl Agent {
    pub(super) fn new(account: Account, address: BareJid, resume: Option<&ResumePoint>) -> Self {
        Self {
            account,
            address,
            chats: Mutex::new(Chats::resumed(resume)),
            watched: Mutex::default(),
            news: Mutex::default(),
            news_due: Notify::new(),
            over: CancellationToken::new(),
            signed_out: CancellationToken::new(),
        }
    }

    /// Has an event told and committed.
    pub(super) fn tell(&self, event: SessionEvent) {
        self.tell_with(event, None);
    }

    /// Has an event told, and a receipt sent when it is committed.
    pub(super) fn tell_with(&self, event: SessionEvent, receipt: Option<Element>) {
        self.news.lock().events.push_back(Told { event, receipt });
        self.news_due.notify_one();
    }

    /// Has the newest presence of somebody told.
    pub(super) fn tell_presence(&self, person: &str) {
        self.news.lock().presence.insert(person.to_owned());
        self.news_due.notify_one();
    }

    /// Whether more of what experts say can wait.
    pub(super) fn has_room(&self) -> bool {
        self.news.lock().events.len() < MOST_WAITING
    }

    /// The name that experts see.
    pub(super) fn name(&self) -> &str {
        &self.account.display_name
    }

    /// The local part of the address.
    pub(super) fn node(&self) -> &str {
        self.address.node().map_or("", |node| node.as_str())
    }

    /// Who writes to whom in a chat.
    pub(super) fn envelope<'a>(&'a self, hub: &Hub, id: &'a ChatId, chat: &'a Chat) -> Envelope<'a> {
        let version = hub.board.lock().version(&chat.with);
        let to = chat.address(version);
        match &chat.team {
            None => Envelope { from: self.address.to_string(), nick: None, chat: &id.0, to },
            Some(team) => Envelope { from: hub.address_of(team), nick: Some(self.name()), chat: &id.0, to },
        }
    }

    /// The language in which an expert is spoken to.
    pub(super) fn language(&self, hub: &Hub, chat: &Chat) -> Language {
        chat.language.unwrap_or_else(|| hub.language_of(&chat.with))
    }
}
