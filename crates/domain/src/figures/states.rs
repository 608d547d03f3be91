//! Agents' time by state. A state lasts, so its time is cut at the ends of intervals: no interval has more
//! than 30 minutes of an agent.

use super::interval::Interval;
use super::metric::percent;
use crate::agent::{AgentState, NotReadyReason};
use crate::{Timestamp, UserId};
use std::collections::BTreeMap;

/// What an agent's time is spent on; [`AgentState`] without what it points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgentTime {
    /// Waits for an offer.
    Ready,
    /// An offer rings.
    Offered,
    /// With a customer.
    Engaged,
    /// Writes.
    WrapUp,
    /// Gets no offers, and why.
    NotReady(NotReadyReason),
}

impl AgentTime {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Ready,
        Self::Offered,
        Self::Engaged,
        Self::WrapUp,
        Self::NotReady(NotReadyReason::Break),
        Self::NotReady(NotReadyReason::Meal),
        Self::NotReady(NotReadyReason::Meeting),
        Self::NotReady(NotReadyReason::Training),
        Self::NotReady(NotReadyReason::Other),
        Self::NotReady(NotReadyReason::SignedIn),
        Self::NotReady(NotReadyReason::NotResponding),
        Self::NotReady(NotReadyReason::DeskClosed),
    ];

    /// The one of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|time| time.word() == word)
    }

    /// Of a state; being signed out is no time at work.
    #[must_use]
    pub fn of(state: AgentState) -> Option<Self> {
        Some(match state {
            AgentState::SignedOut => return None,
            AgentState::NotReady { reason } => Self::NotReady(reason),
            AgentState::Ready => Self::Ready,
            AgentState::Offered { .. } => Self::Offered,
            AgentState::Engaged { .. } => Self::Engaged,
            AgentState::WrapUp { .. } => Self::WrapUp,
        })
    }

    /// Its word in the database and the API: the state's, or the reason's.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Offered => "offered",
            Self::Engaged => "engaged",
            Self::WrapUp => "wrap_up",
            Self::NotReady(reason) => reason.word(),
        }
    }
}

/// An agent's stay in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Who.
    pub agent: UserId,
    /// In what.
    pub time: AgentTime,
    /// From when.
    pub from_at: Timestamp,
    /// Until when.
    pub to_at: Timestamp,
}

impl Stay {
    /// How long.
    #[must_use]
    pub fn ms(&self) -> i64 {
        self.to_at.since_ms(self.from_at)
    }

    /// Its parts, one for each interval that it touches.
    pub fn cut(self) -> impl Iterator<Item = Self> {
        let mut rest = Some(self).filter(|stay| stay.ms() > 0);
        std::iter::from_fn(move || {
            let stay = rest?;
            let cut_at = Interval::of(stay.from_at).ends_at().min(stay.to_at);
            rest = Some(Self { from_at: cut_at, ..stay }).filter(|stay| stay.ms() > 0);
            Some(Self { to_at: cut_at, ..stay })
        })
    }
}

/// Milliseconds by state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StateTimes(pub BTreeMap<AgentTime, i64>);

impl StateTimes {
    /// Adds time in a state.
    pub fn add(&mut self, time: AgentTime, ms: i64) {
        *self.0.entry(time).or_default() += ms;
    }

    /// Time in a state.
    #[must_use]
    pub fn ms(&self, time: AgentTime) -> i64 {
        self.0.get(&time).copied().unwrap_or_default()
    }

    /// Time at work.
    #[must_use]
    pub fn signed_in_ms(&self) -> i64 {
        self.0.values().sum()
    }

    /// Time with interactions: talking and wrapping up.
    #[must_use]
    pub fn interacting_ms(&self) -> i64 {
        self.ms(AgentTime::Engaged) + self.ms(AgentTime::WrapUp)
    }

    /// Time on queue: with interactions, ringing or waiting for one.
    #[must_use]
    pub fn on_queue_ms(&self) -> i64 {
        self.interacting_ms() + self.ms(AgentTime::Offered) + self.ms(AgentTime::Ready)
    }

    /// The share of the time at work that a state took, in percent; none for who was not at work.
    #[must_use]
    pub fn utilisation(&self, time: AgentTime) -> Option<f64> {
        percent(self.ms(time), self.signed_in_ms())
    }
}
