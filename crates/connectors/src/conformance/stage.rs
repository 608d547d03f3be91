//! The expert's side of a network under test.

use super::Failure;
use crate::{Account, Connector};
use async_trait::async_trait;
use hookflash_domain::{Importance, Person, PersonId, Presence};
use std::sync::Arc;

/// The expert's side of a network under test. Every case takes a fresh agent and fresh experts.
#[async_trait]
pub trait Stage: Send + Sync {
    /// The connector under test.
    fn connector(&self) -> Arc<dyn Connector>;

    /// An account that signs in and has no chats; another one at each call.
    async fn agent(&self) -> Result<Account, Failure>;

    /// The same account with a password that is not right; `None` where there are no passwords.
    async fn wrong_password(&self) -> Option<Account>;

    /// An expert who is available and has no chats; another one at each call. Invitations are
    /// answered as said.
    async fn expert(&self, answer: Answer) -> Result<Person, Failure>;

    /// An expert as before who accepts, and whose [`Got::typed`] is counted.
    async fn watching_expert(&self) -> Result<Person, Failure> {
        self.expert(Answer::Accept).await
    }

    /// What the network shows of somebody who is there and does something else: Busy, or Away where it
    /// has no word for busy.
    fn occupied(&self) -> Presence {
        Presence::Busy
    }

    /// Changes an expert's presence to Available, Busy, DoNotDisturb or Away.
    async fn set_presence(&self, expert: &PersonId, presence: Presence) -> Result<(), Failure>;

    /// Changes what an expert has written beside their name.
    async fn set_note(&self, expert: &PersonId, note: &str) -> Result<(), Failure>;

    /// Two people, one with a photo and one without.
    async fn with_and_without_photo(&self) -> Result<[PersonId; 2], Failure>;

    /// The agent puts somebody into a group of favourites, in another client of theirs.
    async fn add_favourite(&self, agent: &Account, expert: &PersonId, group: &str) -> Result<(), Failure>;

    /// The agent chooses a presence (Available, Busy or DoNotDisturb) in another client of theirs.
    async fn choose_presence(&self, agent: &Account, presence: Presence) -> Result<(), Failure>;

    /// What others see of the agent.
    async fn agent_presence(&self, agent: &Account) -> Result<Presence, Failure>;

    /// The agent is ready to answer in another client of theirs: it takes the next incoming chat.
    async fn other_client_answers(&self, agent: &Account) -> Result<(), Failure>;

    /// The network takes the next message to the expert and does not deliver it.
    async fn lose_next(&self, expert: &PersonId) -> Result<(), Failure>;

    /// The expert says something in their only open chat.
    async fn say(&self, expert: &PersonId, text: &str) -> Result<(), Failure>;

    /// The expert types, as far as the other side is told.
    async fn types(&self, expert: &PersonId) -> Result<(), Failure>;

    /// The expert leaves their only chat, or takes back the invitation that they sent.
    async fn leave(&self, expert: &PersonId) -> Result<(), Failure>;

    /// The expert asks the agent to a chat.
    async fn start_chat(&self, expert: &PersonId, agent: &Account, text: &str) -> Result<(), Failure>;

    /// The expert writes to the address of a team.
    async fn write_to_team(&self, _expert: &PersonId, _team: &str, _text: &str) -> Result<(), Failure> {
        Err(Failure("teams have no addresses".to_owned()))
    }

    /// What the expert has got so far.
    async fn got(&self, expert: &PersonId) -> Result<Got, Failure>;

    /// Cuts the connector off the network, or mends the line. Experts are not affected.
    async fn cut(&self, cut: bool);
}

/// How an expert answers invitations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes, at once.
    Accept,
    /// No, at once.
    Decline,
    /// Not at all.
    Silent,
    /// Is signed out.
    Offline,
}

/// What an expert has got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Got {
    /// How often an invitation rang.
    pub rings: usize,
    /// How many invitations are ringing.
    pub ringing: usize,
    /// How many chats are open.
    pub open: usize,
    /// Texts in order: openings, messages, farewells; without trailing line ends.
    pub texts: Vec<String>,
    /// How often the agent was seen typing.
    pub typed: usize,
    /// How many of the expert's own invitations the agent declined.
    pub declined: usize,
    /// The greatest importance of an invitation.
    pub importance: Importance,
}
