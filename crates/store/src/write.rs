//! What [`crate::Store::commit`] takes and gives.

use crate::abilities::AskedRow;
use crate::figures::FactsOf;
use crate::helped::ConsultTopicRow;
use crate::{
    AgentRow, CommandRow, ConsultRow, EventRow, InteractionRow, MessageRow, OutboxRow, ResumePointRow,
    StoreError,
};
use hookflash_domain::figures::{Fact, Stay};
use hookflash_domain::{MessageId, NetworkId, UserId};
use uuid::Uuid;

/// One write. The writes of a batch are carried out in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Adds the agent or replaces it.
    Agent(AgentRow),
    /// Adds the interaction or replaces it.
    Interaction(Box<InteractionRow>),
    /// Adds what an interaction asks for.
    Asked(Vec<AskedRow>),
    /// Adds the consult or replaces it. Its interaction must have been written before.
    Consult(Box<ConsultRow>),
    /// As [`Write::Consult`] where only the text said last and the body differ from what is stored: no index has
    /// to change.
    ConsultTalk(Box<ConsultRow>),
    /// Notes what a solved consult was about; nothing happens where it is noted already.
    Topics(Vec<ConsultTopicRow>),
    /// Adds the message. A message with the same id, or with the same consult and network message
    /// id, fails the batch with `Duplicate`: what was said is never changed.
    Message(Box<MessageRow>),
    /// Changes only the state and its reason; an unknown message fails the batch with `NotFound`.
    MessageState {
        /// Which message.
        message_id: MessageId,
        /// The state's word.
        state: String,
        /// Why it failed.
        reason: Option<String>,
    },
    /// Adds an event; its number is in [`Committed::seqs`].
    Event(Box<EventRow>),
    /// Adds facts, and their sums to the roll-ups. A fact that is there already fails the batch with
    /// `Duplicate`.
    Facts(Vec<Fact>),
    /// Puts these in place of all facts of an interaction, offer or consult, and their sums likewise.
    CorrectFacts {
        /// Whose facts.
        of: FactsOf,
        /// What they are.
        facts: Vec<Fact>,
    },
    /// Adds an agent's time in a state, cut where intervals end, in place of what began at the same moment.
    Stay(Stay),
    /// Adds an effect to carry out.
    OutboxAdd(OutboxRow),
    /// The effect is carried out; nothing happens if it is gone already.
    OutboxDone(Uuid),
    /// Keeps a command's answer. The same user and command again fails the batch with `Duplicate`.
    CommandAnswer(CommandRow),
    /// Adds or replaces where a network session goes on after a restart.
    ResumePoint(ResumePointRow),
    /// As [`Write::ResumePoint`], where nothing but the place is new: a batch of these alone waits a moment (10 ms)
    /// for others to share their commit.
    ResumePointSoon(ResumePointRow),
    /// The network session is over; nothing happens if there is no resume point.
    ResumePointGone {
        /// Whose session.
        user_id: UserId,
        /// On which network.
        network: NetworkId,
    },
}

impl Write {
    /// Refuses what the engines do not agree on, before anything is written.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        use crate::column::check_text;
        match self {
            Self::Agent(row) => row.check(),
            Self::Interaction(row) => row.check(),
            Self::Consult(row) | Self::ConsultTalk(row) => row.check(),
            Self::Message(row) => row.check(),
            Self::MessageState { state, reason, .. } => {
                check_text("state", state)?;
                check_text("reason", reason.as_deref().unwrap_or_default())
            }
            Self::Event(row) => row.check(),
            Self::OutboxAdd(row) => row.check(),
            Self::CommandAnswer(row) => row.check(),
            Self::ResumePoint(row) | Self::ResumePointSoon(row) => row.check(),
            Self::ResumePointGone { network, .. } => check_text("network", &network.0),
            Self::Facts(facts) | Self::CorrectFacts { facts, .. } => facts.iter().try_for_each(check_fact),
            Self::Topics(rows) => rows.iter().try_for_each(ConsultTopicRow::check),
            Self::OutboxDone(_) | Self::Stay(_) | Self::Asked(_) => Ok(()),
        }
    }
}

/// Only invitations hold text from outside.
fn check_fact(fact: &Fact) -> Result<(), StoreError> {
    match fact {
        Fact::Invitation(fact) => crate::figures::InvitationFactRow::from(fact).check(),
        _ => Ok(()),
    }
}

/// What a commit gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The numbers of the batch's events, in the order of its `Write::Event`s.
    pub seqs: Vec<i64>,
    /// The last of them, if the batch had events.
    pub last_seq: Option<i64>,
}
