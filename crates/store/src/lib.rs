//! The only room that names sqlx: what Hookflash remembers, in SQLite or PostgreSQL.
//!
//! Engine state gets in by one door, [`Store::commit`]: the writes of a call are one transaction,
//! grouped with those of other calls into one durable commit. Administration has a function for
//! each verb ([`users`], [`queues`], …), each with its audit event in the same transaction.
//! Everything else reads.
//!
//! One SQL text serves both engines: `$1` placeholders, 64-bit integers, moments as UTC
//! milliseconds, UUIDs made by the caller, JSON as text.
//!
//! Invariants:
//! - `Ok` from a write means that it survives a crash of the process and of the machine.
//! - Event numbers are given in commit order, without gaps: who sees number n sees all smaller ones.
//! - Trouble with the database is [`StoreError::Unavailable`]; it heals without a restart.

#[macro_use]
mod macros;

pub mod abilities;
pub mod agent_choices;
pub mod attached_keys;
mod backup;
mod by;
mod column;
pub mod commands;
pub mod consults;
mod db;
pub mod dispositions;
mod error;
pub mod events;
pub mod expert_groups;
pub mod figures;
pub mod helped;
mod interaction_filter;
pub mod interactions;
pub mod known;
pub mod licences;
pub mod live;
pub mod members;
pub mod messages;
pub mod network_accounts;
mod open;
pub mod outbox;
pub mod people;
pub mod queues;
pub mod report_mails;
pub mod report_runs;
pub mod report_schedules;
mod rows;
pub mod saved_views;
mod secret;
pub mod sessions;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod thresholds;
pub mod today;
mod tx;
pub mod users;
mod write;
mod writer;

pub use by::By;
pub use error::{Duplicate, StoreError};
pub use open::{Options, Store};
pub use rows::{
    AgentRow, CommandRow, ConsultRow, EventRow, InteractionRow, MessageRow, NumberedEvent, OutboxRow,
    ResumePointRow,
};
pub use secret::Secret;
pub use write::{Committed, Write};
