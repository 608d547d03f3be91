//! Facts: what is over and will be counted, each in one interval.

use super::interval::Interval;
use super::service_level::Target;
use crate::acd::OfferOutcome;
use crate::consult::SolvedState;
use crate::{ConsultId, InteractionId, OfferId, PersonId, QueueId, Timestamp, UserId};
use uuid::Uuid;

/// Stands for no queue, where a consult belongs to no interaction.
pub const NO_QUEUE: QueueId = QueueId(Uuid::nil());
/// Stands for no agent, where nobody answered.
pub const NO_AGENT: UserId = UserId(Uuid::nil());

/// Any fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A stay in a queue.
    Visit(Visit),
    /// An agent's part in an interaction.
    Handling(Handling),
    /// An offer.
    Alert(Alert),
    /// A consult.
    Consult(ConsultFact),
    /// An invitation.
    Invitation(InvitationFact),
}

impl Fact {
    /// The interval that it is counted in.
    #[must_use]
    pub fn interval(&self) -> Interval {
        Interval::of(match self {
            Self::Visit(visit) => visit.left_at,
            Self::Handling(handling) => handling.completed_at,
            Self::Alert(alert) => alert.ended_at,
            Self::Consult(consult) => consult.ended_at,
            Self::Invitation(invitation) => invitation.ended_at,
        })
    }

    /// The queue that it is counted for.
    #[must_use]
    pub fn queue(&self) -> QueueId {
        match self {
            Self::Visit(visit) => visit.queue,
            Self::Handling(handling) => handling.queue,
            Self::Alert(alert) => alert.queue,
            Self::Consult(consult) => consult.queue,
            Self::Invitation(invitation) => invitation.queue,
        }
    }

    /// The agent that it is counted for.
    #[must_use]
    pub fn agent(&self) -> UserId {
        match self {
            Self::Visit(visit) => visit.agent,
            Self::Handling(handling) => handling.agent,
            Self::Alert(alert) => alert.agent,
            Self::Consult(consult) => consult.agent,
            Self::Invitation(invitation) => invitation.agent,
        }
    }
}

/// An interaction's stay in a queue. Being passed on to a queue is a new one; being passed on to an agent
/// is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Which interaction.
    pub interaction: InteractionId,
    /// Which of its stays, from 0.
    pub no: i64,
    /// Where.
    pub queue: QueueId,
    /// Who answered, or [`NO_AGENT`].
    pub agent: UserId,
    /// From when.
    pub entered_at: Timestamp,
    /// Until when.
    pub left_at: Timestamp,
    /// How it ended.
    pub outcome: VisitOutcome,
    /// The queue's target.
    pub target: Target,
}

impl Visit {
    /// How long, offers included.
    #[must_use]
    pub fn wait_ms(&self) -> i64 {
        self.left_at.since_ms(self.entered_at)
    }
}

/// How a stay in a queue ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitOutcome {
    /// An agent and the customer were brought together.
    Answered,
    /// The customer left, or the system cut the call.
    Abandoned,
    /// It went elsewhere.
    FlowedOut,
}

/// An agent's part in an interaction, from the connection to the end of wrap-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handling {
    /// Which interaction.
    pub interaction: InteractionId,
    /// Which part, from 0.
    pub no: i64,
    /// The queue on whose behalf.
    pub queue: QueueId,
    /// Who.
    pub agent: UserId,
    /// When they were connected.
    pub connected_at: Timestamp,
    /// When wrap-up ended.
    pub completed_at: Timestamp,
    /// Connected, hold excluded.
    pub talk_ms: i64,
    /// The customer on hold.
    pub hold_ms: i64,
    /// From the end of the call to completion.
    pub wrap_up_ms: i64,
    /// Dialling, of calls that we begin.
    pub dialling_ms: i64,
    /// Contacting, of calls that we begin.
    pub contacting_ms: i64,
    /// How it was passed on, if it was.
    pub transfer: Option<Transfer>,
}

/// How an interaction is passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transfer {
    /// Without talking first.
    Blind,
    /// After talking first.
    Consult,
}

/// An offer that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alert {
    /// Which.
    pub offer: OfferId,
    /// Of which interaction.
    pub interaction: InteractionId,
    /// From which queue.
    pub queue: QueueId,
    /// To whom.
    pub agent: UserId,
    /// From when.
    pub offered_at: Timestamp,
    /// Until when.
    pub ended_at: Timestamp,
    /// How it ended.
    pub outcome: OfferOutcome,
}

/// A consult that an agent began and that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsultFact {
    /// Which.
    pub consult: ConsultId,
    /// Beside which interaction.
    pub interaction: Option<InteractionId>,
    /// That interaction's queue, or [`NO_QUEUE`].
    pub queue: QueueId,
    /// Who asked.
    pub agent: UserId,
    /// When the first expert was asked.
    pub asked_at: Timestamp,
    /// When it was over; the solution counts as found then.
    pub ended_at: Timestamp,
    /// Whether it helped; none is unknown, and shown as such.
    pub outcome: Option<SolvedState>,
    /// How many invitations.
    pub attempt_count: i64,
    /// How many different experts.
    pub expert_count: i64,
    /// How long the customer was on hold meanwhile.
    pub hold_ms: i64,
}

/// An invitation that an agent sent and that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationFact {
    /// Of which consult.
    pub consult: ConsultId,
    /// Which, from 0.
    pub no: i64,
    /// The queue of the consult's interaction, or [`NO_QUEUE`].
    pub queue: QueueId,
    /// Who asked.
    pub agent: UserId,
    /// Who was asked.
    pub expert: PersonId,
    /// The name of who was asked.
    pub expert_name: String,
    /// When.
    pub asked_at: Timestamp,
    /// When it was answered or given up.
    pub settled_at: Timestamp,
    /// The expert's first message.
    pub replied_at: Option<Timestamp>,
    /// When it was settled, or the chat over that came of it.
    pub ended_at: Timestamp,
    /// How it was settled.
    pub outcome: InvitationOutcome,
    /// Until when an answer is in time.
    pub target_ms: i64,
}

/// How an invitation was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationOutcome {
    /// The expert came.
    Accepted,
    /// The expert did not want to.
    Declined,
    /// Silence.
    NoAnswer,
    /// The agent took it back.
    Withdrawn,
    /// The network could not deliver it.
    Unreachable,
}

impl InvitationOutcome {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Accepted, Self::Declined, Self::NoAnswer, Self::Withdrawn, Self::Unreachable];

    /// The one of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}
