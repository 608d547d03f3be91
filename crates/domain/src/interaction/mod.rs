//! An interaction: one customer's contact from arrival to disposition, with its call.
//!
//! Invariants: a completed interaction never changes; the call's end is final; only the agent who
//! has the interaction commands it; what is saved as disposition and note stays through every stage.

mod apply;
#[cfg(test)]
mod tests;

use crate::attached::AttachedData;
use crate::routing::Demand;
use crate::wrap_up::{WrapUp, WrapUpRule};
use crate::{DispositionId, InteractionId, QueueId, Span, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Most holds of one call that are kept one by one; those after count in the sum alone.
pub const MAX_HOLDS: usize = 1_000;

/// One interaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interaction {
    /// Its id.
    pub id: InteractionId,
    /// The queue it arrived in.
    pub queue: QueueId,
    /// The caller's number (ANI).
    pub caller_number: String,
    /// The caller's display name, where the network sent one.
    pub caller_name: Option<String>,
    /// The number that was dialled (DNIS).
    pub dialled_number: String,
    /// What came with it.
    pub attached: AttachedData,
    /// What it asks for.
    #[serde(default)]
    pub demand: Demand,
    /// When it arrived.
    pub started_at: Timestamp,
    /// When the first agent answered.
    pub answered_at: Option<Timestamp>,
    /// Where it stands.
    pub stage: Stage,
    /// Its voice part.
    pub call: Call,
    /// The queue's rule for the wrap-up.
    pub wrap_up_rule: WrapUpRule,
    /// Disposition and note.
    pub wrap_up: WrapUp,
}

/// Where an interaction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage")]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Stage {
    /// Waits for an agent.
    Queued,
    /// With an agent.
    Connected { agent: UserId },
    /// The call is over, the agent writes.
    WrapUp { agent: UserId, since: Timestamp, deadline: Option<Timestamp> },
    /// Over; `agent` is who had it, if anybody.
    Completed { agent: Option<UserId>, at: Timestamp },
}

/// The voice part of an interaction.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Call {
    /// Up or ended.
    pub state: CallState,
    /// One party each, in order of joining; the customer is first.
    pub legs: Vec<Leg>,
    /// Since when the agent holds the customer.
    pub held_since: Option<Timestamp>,
    /// Time on hold by the agent so far, without the hold under way.
    pub held_total_ms: i64,
    /// The holds that this time is made of, at most [`MAX_HOLDS`].
    #[serde(default)]
    pub holds: Vec<Span>,
    /// The customer has put the agent on hold.
    pub held_by_caller: bool,
    /// The agent's microphone is off.
    pub muted: bool,
}

/// Whether there is media.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum CallState {
    /// The customer is on the line.
    #[default]
    Up,
    /// Over.
    Ended { at: Timestamp, reason: EndReason },
}

/// Why a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The customer hung up.
    CallerHungUp,
    /// The agent hung up.
    AgentHungUp,
    /// The customer gave up before anything answered.
    CallerCancelled,
    /// No audio came for too long.
    MediaLost,
    /// The session timer was not refreshed (RFC 4028).
    SessionExpired,
    /// The server was started again; the media was gone.
    ServerRestarted,
    /// Anything else, told in the log.
    Failed,
}

/// One party's connection in the call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Who.
    pub participant: Participant,
    /// How it stands.
    pub state: LegState,
    /// When it joined.
    pub joined_at: Timestamp,
    /// When it left.
    pub left_at: Option<Timestamp>,
}

/// Who takes part in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "role")]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Participant {
    /// The customer.
    Customer,
    /// An agent.
    Agent { user: UserId },
}

/// How a party is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegState {
    /// Hears music: in the queue, or the agent's desk is away.
    Waiting,
    /// Hears the other party.
    Connected,
    /// On hold by the agent.
    Held,
    /// The agent's browser is not there (reload, network); the customer hears music.
    Away,
    /// Has left.
    Ended,
}

/// What the agent asks; may be refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Command {
    /// Put the customer on hold.
    Hold,
    /// Take the customer back.
    Resume,
    /// Microphone off or on.
    Mute(bool),
    /// Send a DTMF digit.
    Digit(char),
    /// End the call.
    HangUp,
    /// Save disposition and note; during the call too.
    SaveWrapUp { disposition: Option<DispositionId>, note: String },
    /// Ask for a wrap-up, in mode agent requested.
    RequestWrapUp(bool),
    /// Finish.
    FinishWrapUp,
}

/// What happened outside; never refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum News {
    /// An agent accepted the offer.
    Answered { agent: UserId },
    /// The call is over.
    CallEnded { reason: EndReason },
    /// The customer put us on hold.
    CallerHeld,
    /// The customer took us back.
    CallerResumed,
    /// The customer pressed a key.
    Digit(char),
    /// The agent's audio went away.
    LineDown,
    /// The agent's audio is there.
    LineUp,
    /// The time for the wrap-up is up; stale unless the deadline is the present one.
    WrapUpTimedOut { deadline: Timestamp },
}

/// Why a command is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another agent's, or nobody's yet.
    #[error("this is not your interaction")]
    NotYours,
    /// There is no call any longer.
    #[error("the call has ended")]
    CallEnded,
    /// Still talking.
    #[error("the call is still up")]
    CallStillUp,
    /// Already on hold.
    #[error("the customer is on hold already")]
    AlreadyHeld,
    /// Not on hold.
    #[error("the customer is not on hold")]
    NotHeld,
    /// Not one of `0-9*#A-D`.
    #[error("that is no key of a telephone")]
    BadDigit,
    /// Longer than [`crate::wrap_up::NOTE_CHARS`].
    #[error("the note is longer than 10,000 characters")]
    NoteTooLong,
    /// The queue demands one.
    #[error("choose a disposition first")]
    DispositionRequired,
    /// The full time must pass.
    #[error("the wrap-up ends by itself")]
    TooEarly,
    /// The queue decides about the wrap-up.
    #[error("this queue's wrap-up cannot be asked for")]
    WrapUpNotOptional,
    /// Over; nothing changes any more.
    #[error("the interaction is completed")]
    Completed,
}

/// What to do after the change is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Effect {
    /// Let agent and customer hear each other.
    Connect { agent: UserId },
    /// Music for the customer.
    Hold,
    /// The agent for the customer.
    Resume,
    /// Microphone of the agent.
    Mute { agent: UserId, muted: bool },
    /// Press a key.
    Digit(char),
    /// End the call.
    HangUp,
    /// Tell routing that a waiting interaction is over.
    LeaveQueue,
    /// Tell routing that the agent's call is over.
    CallOver { agent: UserId, wrap_up: bool },
    /// Tell routing that the wrap-up is done.
    WrapUpDone { agent: UserId },
    /// Wake for the wrap-up's end.
    WakeAt { deadline: Timestamp },
}

/// What has happened, for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Event {
    /// It arrived.
    Started,
    /// An agent and the customer were brought together.
    Answered { agent: UserId },
    /// On hold by the agent.
    Held,
    /// Taken back by the agent.
    Resumed { held_ms: i64 },
    /// Microphone.
    Muted { muted: bool },
    /// On hold by the customer.
    CallerHeld,
    /// Taken back by the customer.
    CallerResumed,
    /// A key was pressed by the customer.
    DigitReceived { digit: char },
    /// A key was pressed by the agent; which one is not kept, it may be a secret.
    DigitSent,
    /// The agent's audio went away.
    DeskAway,
    /// The agent's audio is back.
    DeskBack,
    /// The call is over.
    CallEnded { reason: EndReason },
    /// Disposition or note were saved.
    WrapUpSaved { disposition: Option<DispositionId>, note_chars: usize },
    /// A wrap-up was asked for or not.
    WrapUpRequested { requested: bool },
    /// The wrap-up's time was up.
    WrapUpTimedOut,
    /// Over.
    Completed,
}

/// What one input gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// To store.
    pub events: Vec<Event>,
    /// To do after that.
    pub effects: Vec<Effect>,
}
