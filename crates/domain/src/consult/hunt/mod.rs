//! The hunt for an expert: several people are asked one by one, or all at once, until one comes.
//!
//! The machine does not know who can be reached: whoever drives it calls [`Consult::go_on`] after every
//! command and every piece of news, with a look at the world, and stores what comes of both together.
//!
//! Invariants: everybody of a hunt is in one place (waiting, asked or skipped) until it ends; when it
//! has ended nobody is left ringing; of all who were asked at once one is talked to, the others are
//! told that it is taken.

#[cfg(test)]
mod model;
mod steps;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk;

use super::InvitationNo;
use crate::attached::Handover;
use crate::{Importance, Person, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Most people of one hunt.
pub const MAX_HUNTED: usize = 20;
/// Consults that an expert may have at once for a hunt to ask them, where nothing else is set.
pub const CONSULTS_PER_EXPERT: u32 = 3;
/// How long each may be given to answer, in milliseconds.
pub const HUNT_WITHIN_MS: RangeInclusive<i64> = 5_000..=120_000;

/// A hunt, kept beside its consult until the next begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hunt {
    /// In which way people are asked.
    pub mode: HuntMode,
    /// How long each may think, in milliseconds.
    pub within_ms: i64,
    /// Who is still to be asked, the next first; once it has ended, who was not asked any more.
    pub waiting: Vec<Awaited>,
    /// Who was passed over, oldest first.
    pub skipped: Vec<Skipped>,
    /// The first invitation of the hunt; all later ones of the consult are its own while it is on.
    pub first: InvitationNo,
    /// The question to each.
    pub question: String,
    /// What is handed over to each; emptied at the end.
    pub handover: Handover,
    /// How long the link of each lives, in milliseconds, where the data is on its page.
    #[serde(default)]
    pub link_for_ms: Option<i64>,
    /// How urgent it is.
    pub importance: Importance,
    /// How it ended; none while it is on.
    pub end: Option<HuntEnd>,
}

/// Someone who is to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// Who.
    pub expert: Person,
    /// The agent wants this one now: their presence, which may be old, and quiet hours do not count.
    pub insisted: bool,
}

/// Someone who was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Who.
    pub expert: Person,
    /// Why.
    pub why: SkipReason,
    /// When.
    pub at: Timestamp,
}

/// In which way the people of a hunt are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HuntMode {
    /// The next when the last has said no or nothing.
    OneByOne,
    /// All together; who accepts first is talked to.
    AllAtOnce,
}

/// Why someone is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// Signed out of the network.
    Offline,
    /// Does not want to be disturbed.
    DoNotDisturb,
    /// It is not an hour at which they are asked.
    QuietHours,
    /// Has as many consults as an expert may have.
    AtLimit,
    /// The agent is not signed in to the expert's network.
    NoNetwork,
}

impl SkipReason {
    /// Whether the agent may set it aside: presence may be old, and somebody may be there at a quiet hour.
    fn may_be_set_aside(self) -> bool {
        matches!(self, Self::Offline | Self::DoNotDisturb | Self::QuietHours)
    }
}

/// How a hunt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HuntEnd {
    /// Somebody accepted.
    Answered,
    /// Everybody was asked or passed over.
    NobodyLeft,
    /// The agent stopped it.
    Stopped,
    /// The consult ended.
    ConsultEnded,
}

/// Whom to ask in which way, with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HuntOrder {
    /// Whom, in order; who is named twice is asked once.
    pub experts: Vec<Person>,
    /// In which way.
    pub mode: HuntMode,
    /// How long each may think, in milliseconds.
    pub within_ms: i64,
    /// The question.
    pub question: String,
    /// The data ticked.
    pub handover: Handover,
    /// How long the link of each lives, in milliseconds, where the data is on its page.
    pub link_for_ms: Option<i64>,
    /// How urgent it is.
    pub importance: Importance,
}

/// What is known of a person at the moment of asking: why not to ask them, if there is a reason.
pub type Look<'a> = &'a dyn Fn(&PersonId) -> Option<SkipReason>;
