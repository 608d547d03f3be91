//! The two traits of a network.

use crate::{
    Account, Authoriser, Batch, Capabilities, ConnectorError, Duty, EarlierMessage, Favourite, Found, Page,
    Photo, ResumePoint, Team,
};
use async_trait::async_trait;
use hookflash_domain::{Importance, MessageId, NetworkId, PersonId};
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};
use tokio::sync::mpsc;

/// One configured network, such as the company's Skype for Business pool.
#[async_trait]
pub trait Connector: Send + Sync {
    /// Its name in the configuration. Does no I/O.
    fn network(&self) -> &NetworkId;

    /// What it can do. Does no I/O.
    fn capabilities(&self) -> Capabilities;

    /// How agents sign in on a page of their company, where the network is set up for that.
    fn authoriser(&self) -> Option<&dyn Authoriser> {
        None
    }

    /// Replaces the teams that experts can write to. Does no I/O. A chat that is open goes on when its team's
    /// address is taken away.
    fn set_teams(&self, _teams: &[Team]) {}

    /// Starts a session and returns at once; must be called inside a tokio runtime. How it goes is
    /// told by [`crate::SessionEvent::Link`]. `resume` is what the last committed batch carried.
    ///
    /// The session ends when it was signed out, when its link is
    /// [`crate::LinkState::SignedOut`], or when the receiver is dropped. Dropping it without
    /// signing out leaves the chats open on the network, to be found again with `resume`.
    fn sign_in(
        &self,
        account: Account,
        resume: Option<ResumePoint>,
    ) -> (Arc<dyn Session>, mpsc::Receiver<Batch>);
}

/// One signed-in agent on a network. Calls may be made at any time, from any task, in parallel.
#[async_trait]
pub trait Session: Send + Sync {
    /// Finds people by the beginning of name, address or telephone number; best first.
    async fn search(&self, text: &str, page: Page) -> Result<Found, ConnectorError>;

    /// Replaces the set of people whose presence is followed. Each newly watched person's present
    /// state comes at once as [`crate::SessionEvent::Presence`]. Kept over outages.
    async fn watch(&self, people: &[PersonId]) -> Result<(), ConnectorError>;

    /// The agent's favourites, in the network's order, at most [`Favourite::MOST`]. Asked anew
    /// after [`crate::SessionEvent::FavouritesChanged`].
    async fn favourites(&self) -> Result<Vec<Favourite>, ConnectorError> {
        Err(ConnectorError::Unsupported)
    }

    /// Adds somebody to the favourites or takes them off; being so already is no error.
    async fn set_favourite(&self, _person: &PersonId, _favourite: bool) -> Result<(), ConnectorError> {
        Err(ConnectorError::Unsupported)
    }

    /// A person's photo, as near to `edge` pixels as the network has it; none where there is none
    /// or the agent may not see it. Not kept: who shows photos keeps them.
    async fn photo(&self, _person: &PersonId, _edge: u16) -> Result<Option<Photo>, ConnectorError> {
        Err(ConnectorError::Unsupported)
    }

    /// What was said with a person before, as far as the network keeps it; the newest `limit`
    /// messages, oldest first. [`ConnectorError::Unsupported`] where this account has no history.
    async fn history(
        &self,
        _person: &PersonId,
        _limit: usize,
    ) -> Result<Vec<EarlierMessage>, ConnectorError> {
        Err(ConnectorError::Unsupported)
    }

    /// After a restart, right after sign-in: the chats which the engine believes to be open or
    /// pending. For one that is connected [`crate::SessionEvent::Accepted`] comes (again), for one
    /// that no longer exists [`crate::SessionEvent::Left`]. Kept over outages.
    async fn adopt(&self, chats: &[ChatId]) -> Result<(), ConnectorError>;

    /// Asks someone to a chat; the answer comes as an event, possibly before this call is back.
    /// The id is the opening's key, known before this call is back, so that an invitation repeated with the same key
    /// (after a crash between sending and commit) finds the running one and rings once, where the
    /// network makes that possible.
    async fn invite(&self, person: &PersonId, opening: &Opening) -> Result<ChatId, ConnectorError>;

    /// Replaces the teams for which the agent is rung; none at sign-in. What experts write to a team rings all
    /// its agents who are free, or all of them where none is, up to a limit of the network. Who becomes free
    /// while it rings is rung too; for who leaves the team it ends as [`crate::SessionEvent::Missed`].
    /// To be called where [`crate::Capabilities::team_addresses`].
    async fn answer_for(&self, _duties: &[Duty]) -> Result<(), ConnectorError> {
        Err(ConnectorError::Unsupported)
    }

    /// Takes an incoming chat; [`crate::SessionEvent::Accepted`] follows, then its first message. Of several
    /// agents whom a team's chat rings the first has it; for the others it is gone.
    async fn accept(&self, chat: &ChatId) -> Result<(), ConnectorError>;

    /// Refuses an incoming chat. The reason is passed on where the network can. The expert who wrote to a team
    /// hears of it when nobody is left who could take the chat.
    async fn decline(&self, chat: &ChatId, reason: Option<&str>) -> Result<(), ConnectorError>;

    /// Makes an open chat of a pending invitation whose expert has said yes outside of the network. Nothing is
    /// told and nothing is shown to the expert; an open chat stays as it is. To be called where
    /// [`crate::Capabilities::opens`].
    async fn open(&self, _chat: &ChatId) -> Result<(), ConnectorError> {
        Err(ConnectorError::Unsupported)
    }

    /// Sends a message. Ok: the network took it. Messages of a chat arrive in the order in which
    /// the calls were made. The same key twice within one session is sent once.
    async fn send(&self, chat: &ChatId, message: &Outgoing) -> Result<(), ConnectorError>;

    /// Says that the agent types. May be called on every key; the connector thins it out. Best
    /// effort: nothing is told when it fails.
    async fn typing(&self, chat: &ChatId);

    /// Ends the chat or takes the pending invitation back, after a farewell if the chat is open.
    /// Ok also when the chat was gone before.
    async fn leave(&self, chat: &ChatId, farewell: Option<&str>) -> Result<(), ConnectorError>;

    /// Publishes the agent's own presence; see [`OwnPresence`]. Kept over outages.
    async fn set_presence(&self, presence: OwnPresence) -> Result<(), ConnectorError>;

    /// Says that the agent is at the desk, so that the network does not show them as idle. To be
    /// called every few minutes of real activity; best effort.
    async fn report_activity(&self) {}

    /// Signs out and leaves all chats. The link becomes [`crate::LinkState::SignedOut`] and the
    /// receiver ends. Takes a bounded time even when the network does not answer.
    async fn sign_out(&self);
}

/// A chat on a network. Opaque, stable over restarts of this process, at most 512 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatId(pub String);

impl fmt::Display for ChatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What the expert sees of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Idempotency key, at most 50 characters; a UUID as text.
    pub key: String,
    /// What it is about; cut to the network's limit.
    pub subject: String,
    /// First message, plain text; may be empty.
    pub text: String,
    /// How urgent it is; dropped where the network has no such thing.
    pub importance: Importance,
}

/// A message to a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Idempotency key.
    pub key: MessageId,
    /// Plain text.
    pub text: String,
}

/// The agent's own presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnPresence {
    /// What the network makes of it; after [`Self::InACall`] what the person was before the call.
    Automatic,
    /// Free.
    Available,
    /// Busy.
    Busy,
    /// On a call; shown as busy where the network has no word for it. Never put over a
    /// [`Self::DoNotDisturb`] that the person chose, here or in another client. To be set when a
    /// call begins, and [`Self::Automatic`] when it has ended; a choice that the person makes
    /// meanwhile holds.
    InACall,
    /// Not to be disturbed.
    DoNotDisturb,
    /// Not at the desk.
    Away,
}
