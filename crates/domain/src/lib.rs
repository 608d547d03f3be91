//! What a contact centre is: its states, rules and events.
//!
//! Invariant: pure. No tokio, no sqlx, no clock, no randomness, no I/O: `now` and ids come in, and
//! what is to be done comes out as effects. A command is what a person asks and may be refused; news
//! is what a network, a phone or a timer reports, is never refused, and is harmless when stale.

pub mod acd;
pub mod agent;
pub mod attached;
pub mod consult;
#[cfg(test)]
mod dice;
pub mod figures;
mod ids;
pub mod interaction;
mod person;
mod quiet;
pub mod routing;
pub mod schedule;
mod time;
mod words;
pub mod wrap_up;

pub use ids::{
    ConsultId, DispositionId, InteractionId, LanguageId, MessageId, OfferId, QueueId, SkillId, UserId,
};
pub use person::{Importance, NetworkId, Note, Person, PersonId, PersonKind, Presence, PresenceReport};
pub use quiet::{NotQuietHours, QuietHours};
pub use time::{Span, Timestamp};
