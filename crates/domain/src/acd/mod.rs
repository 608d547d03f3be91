//! The ACD: agents' states, waiting interactions and offers, and who is offered what.
//!
//! Invariants: an interaction that waits is offered to one agent at a time; a declined or unanswered
//! one keeps its place, so it is at the head again for the next agent; nothing leaves a queue but by
//! being accepted or by [`News::Left`]. A random-history test holds them against a small model.
//!
//! What a command, order or piece of news has changed counts once [`Acd::keep`] is called, after it is stored;
//! [`Acd::undo`] takes it back.

mod apply;
mod kept;
mod orders;
mod routing;
#[cfg(test)]
mod tests;

use crate::agent::{AgentState, NotReadyReason, Seat};
use crate::routing::{Abilities, Demand, Policy, Roster};
use crate::{InteractionId, OfferId, QueueId, Timestamp, UserId};
use kept::{Kept, KeptMap};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Time to answer an offer where the queue says nothing else.
pub const OFFER_TIMEOUT_MS: i64 = 20_000;

/// Highest priority that a supervisor may give, in minutes of waiting; the lowest is its opposite.
pub const MAX_PRIORITY: i32 = 1_000;

/// Everything routing knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Acd {
    seats: KeptMap<UserId, Seat>,
    queues: BTreeMap<QueueId, QueueRule>,
    abilities: BTreeMap<UserId, Abilities>,
    /// What the two above come to; none when they have changed since it was made.
    roster: Option<Arc<Roster>>,
    waiting: Kept<Vec<Waiting>>,
    offers: KeptMap<OfferId, Offer>,
    look_again_at: Kept<Option<Timestamp>>,
}

/// What routing needs to know of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRule {
    /// The agents who serve it.
    pub members: Arc<BTreeSet<UserId>>,
    /// Time to answer an offer.
    pub offer_timeout_ms: i64,
    /// How it chooses.
    pub policy: Policy,
}

/// An interaction in a queue, in order of arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub interaction: InteractionId,
    /// Where.
    pub queue: QueueId,
    /// Since when.
    pub since: Timestamp,
    /// What it asks for.
    pub demand: Demand,
    /// The offer under way, if any.
    pub offer: Option<OfferId>,
}

/// An interaction presented to an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its id; news about another offer is stale.
    pub id: OfferId,
    /// What is offered.
    pub interaction: InteractionId,
    /// From which queue.
    pub queue: QueueId,
    /// To whom.
    pub agent: UserId,
    /// When.
    pub offered_at: Timestamp,
    /// Until when it may be accepted.
    pub expires_at: Timestamp,
}

/// What an agent asks; may be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Starts work: not ready, reason signed in.
    SignIn,
    /// Ends work.
    SignOut,
    /// Wants offers.
    Ready,
    /// Wants none; during an interaction it counts from its end.
    NotReady(NotReadyReason),
    /// Takes the offer.
    Accept(OfferId),
    /// Does not take the offer.
    Decline(OfferId),
}

/// What a supervisor asks about an interaction that waits; may be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Order {
    /// Offer it to this agent at once, whichever queues the agent serves.
    Assign { interaction: InteractionId, agent: UserId },
    /// Rank it anew; at most [`MAX_PRIORITY`] either way.
    SetPriority { interaction: InteractionId, priority: i32 },
}

/// What happened outside; never refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum News {
    /// An interaction joins a queue and asks for this.
    Arrived { interaction: InteractionId, queue: QueueId, demand: Demand },
    /// An interaction is over, whether it waited, rang or was answered.
    Left { interaction: InteractionId },
    /// The time of an offer is up.
    OfferTimedOut(OfferId),
    /// The call of an engaged agent is over; with `wrap_up` there is something to write.
    CallOver { agent: UserId, interaction: InteractionId, wrap_up: bool },
    /// The agent has finished wrapping up.
    WrapUpDone { agent: UserId, interaction: InteractionId },
    /// No window of the agent's desk is open any longer.
    DeskClosed { agent: UserId },
    /// The moment of [`Acd::look_again_at`] has come, or rules were set anew.
    LookAgain,
}

/// Why a command is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The offer was answered, withdrawn or timed out.
    #[error("the offer is no longer there")]
    OfferGone,
    /// Ready was asked for while wrapping up: that ends with the wrap-up.
    #[error("finish the wrap-up first")]
    InWrapUp,
    /// With a customer: work cannot end.
    #[error("you are with a customer")]
    Engaged,
    /// Not at work.
    #[error("you are signed out")]
    SignedOut,
    /// A reason that only rules may set.
    #[error("that reason cannot be chosen")]
    UnknownReason,
    /// The interaction was answered or is over.
    #[error("the interaction does not wait any longer")]
    NotWaiting,
    /// It rings at a desk already.
    #[error("the interaction is being offered to an agent already")]
    AlreadyOffered,
    /// The agent is not waiting for an interaction.
    #[error("the agent is not ready")]
    AgentNotReady,
    /// Beyond [`MAX_PRIORITY`].
    #[error("a priority is from -1000 to 1000")]
    BadPriority,
}

/// What to do after the change is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Effect {
    /// Ring on the desk, and wake routing when the offer expires.
    Ring(Offer),
    /// The offer is over: stop ringing.
    StopRinging { offer: Offer, outcome: OfferOutcome },
    /// Bring the agent and the customer together.
    Join { interaction: InteractionId, agent: UserId },
}

/// How an offer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferOutcome {
    /// Taken.
    Accepted,
    /// Refused by the agent.
    Declined,
    /// Not answered in time.
    NoAnswer,
    /// The customer hung up first.
    CallerGone,
    /// The desk went away or the agent signed out.
    Withdrawn,
}

/// What has happened, for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Event {
    /// An agent's state changed; `since` is when the one before began.
    AgentStateChanged { agent: UserId, from: AgentState, since: Timestamp, to: AgentState },
    /// A busy agent said what is to follow: ready (`None`) or not ready.
    NextStateChosen { agent: UserId, next: Option<NotReadyReason> },
    /// An interaction joined a queue.
    Queued { interaction: InteractionId, queue: QueueId },
    /// An interaction left its queue without an agent.
    LeftQueue { interaction: InteractionId },
    /// An interaction was presented to an agent.
    Offered(Offer),
    /// An offer ended.
    OfferEnded { offer: Offer, outcome: OfferOutcome },
    /// A supervisor chose the agent of the offer that follows.
    Assigned { interaction: InteractionId, agent: UserId, by: UserId },
    /// A supervisor ranked a waiting interaction anew.
    PrioritySet { interaction: InteractionId, priority: i32, by: UserId },
}

/// What one input gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// To store.
    pub events: Vec<Event>,
    /// To do after that.
    pub effects: Vec<Effect>,
}
