//! Facts and their sums, kept in one transaction, and what is read of them.
//!
//! A fact is added once; its totals are added to the roll-ups of its interval in the same transaction.
//! Facts that turn out otherwise are replaced: what the old ones were is taken off first. So the roll-ups
//! are at every moment the sums of the facts, which a test counts again.

mod by_code;
mod invitations;
mod read;
mod rows;
mod statements;

pub use by_code::{AgentCodeSum, CodeSum};
pub use invitations::InvitationPart;
pub use read::{AgentSum, AgentTimeSum, MAX_SUMS, QueueSum, StayPart, Stretch};
pub(crate) use rows::{
    AlertRow, ConsultFactRow, HandlingRow, Id, InvitationFactRow, Moment, RollUpRow, StayRow, StaySumRow,
    VisitRow,
};
pub use statements::FactsOf;
#[cfg(any(test, feature = "testing"))]
pub(crate) use statements::all as made_statements;
pub(crate) use statements::{PUT_AGENT_INTERVAL, PUT_QUEUE_INTERVAL, Source, fact_kinds, part_of};

#[cfg(any(test, feature = "testing"))]
pub(crate) use by_code::STATEMENTS as CODE_STATEMENTS;
#[cfg(any(test, feature = "testing"))]
pub(crate) use invitations::STATEMENTS as INVITATION_STATEMENTS;
#[cfg(any(test, feature = "testing"))]
pub(crate) use read::STATEMENTS as READ_STATEMENTS;
#[cfg(any(test, feature = "testing"))]
pub(crate) use rows::STATEMENTS;
pub(crate) use rows::{
    DELETE_STAYS, PUT_ALERT, PUT_CONSULT_FACT, PUT_HANDLING, PUT_INVITATION_FACT, PUT_STAY, PUT_STAY_SUM,
    PUT_VISIT, TAKE_OFF_STAYS,
};
