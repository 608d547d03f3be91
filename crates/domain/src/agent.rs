//! What routing sees of an agent.

use crate::{InteractionId, OfferId, Timestamp};
use serde::{Deserialize, Serialize};

/// The state of an agent towards routing; not the agent's presence on a chat network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum AgentState {
    /// Not at work.
    SignedOut,
    /// At work, gets no offers.
    NotReady {
        /// Why.
        reason: NotReadyReason,
    },
    /// Waits for an offer.
    Ready,
    /// An interaction rings on the desk.
    Offered {
        /// The offer.
        offer: OfferId,
    },
    /// With a customer.
    Engaged {
        /// The customer's interaction.
        interaction: InteractionId,
    },
    /// The call is over, its disposition and note are being written.
    WrapUp {
        /// The interaction being wrapped up.
        interaction: InteractionId,
    },
}

/// Why an agent gets no offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotReadyReason {
    /// A short break.
    Break,
    /// A meal.
    Meal,
    /// A meeting.
    Meeting,
    /// Training.
    Training,
    /// Anything else the agent chose.
    Other,
    /// Just signed in; the agent has not said "ready" yet.
    SignedIn,
    /// An offer was declined or not answered.
    NotResponding,
    /// The desk is not open in any window.
    DeskClosed,
}

impl NotReadyReason {
    /// The reasons that an agent may choose.
    pub const CHOSEN: [Self; 5] = [Self::Break, Self::Meal, Self::Meeting, Self::Training, Self::Other];

    /// Whether an agent may choose this one; the others are set by rules.
    #[must_use]
    pub fn may_be_chosen(self) -> bool {
        Self::CHOSEN.contains(&self)
    }
}

/// An agent's place: its state, since when, and what was asked for meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The state.
    pub state: AgentState,
    /// Since when.
    pub since: Timestamp,
    /// Since when without an interaction: the longest idle is offered first.
    pub idle_since: Timestamp,
    /// What the agent asked for while busy: not ready with a reason after this interaction.
    pub next: Option<NotReadyReason>,
}

impl Seat {
    /// The seat of someone who is not at work.
    #[must_use]
    pub fn signed_out(now: Timestamp) -> Self {
        Self { state: AgentState::SignedOut, since: now, idle_since: now, next: None }
    }
}
