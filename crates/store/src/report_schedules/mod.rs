//! Reports that are made again and again.
//!
//! A schedule is due at `next_fire_at`. Its fire, the runs that the fire asks for and the next time are one
//! transaction, so no time is lost and none fires twice, whatever is killed when and with however many nodes.

mod change;
mod create;
mod due;
mod fire;
mod forget;
mod read;

pub use create::ScheduleLimits;
pub use fire::Fired;

#[cfg(any(test, feature = "testing"))]
pub(crate) const STATEMENTS: [(&str, &[(&str, &str)]); 6] = [
    ("report_schedules::change", change::STATEMENTS),
    ("report_schedules::create", create::STATEMENTS),
    ("report_schedules::due", due::STATEMENTS),
    ("report_schedules::fire", fire::STATEMENTS),
    ("report_schedules::forget", forget::STATEMENTS),
    ("report_schedules::read", read::STATEMENTS),
];

use hookflash_domain::{Timestamp, UserId};
use uuid::Uuid;

row! {
    /// A schedule.
    pub struct ReportScheduleRow {
        /// Which schedule.
        pub schedule_id: Uuid,
        /// Whose: the runs are this user's.
        pub user_id: UserId,
        /// Its name; others may have the same.
        pub name: String,
        /// When it is due, and which reports it makes, as JSON.
        pub definition: String,
        /// Grows with each change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it is due; none while it is switched off.
        pub next_fire_at: Option<Timestamp>,
        /// The word of why the server has switched it off; none where it has not.
        pub off_reason: Option<String>,
    }
}

row! {
    /// That a schedule was due.
    pub struct ReportFireRow {
        /// Which fire.
        pub fire_id: Uuid,
        /// Of which schedule.
        pub schedule_id: Uuid,
        /// When it was due: at most one for each moment.
        pub due_at: Timestamp,
        /// When its runs were queued.
        pub fired_at: Timestamp,
        /// Whether a person fired it.
        pub by_hand: bool,
    }
}

row! {
    /// A run of a fire, in short.
    pub struct FiredRunRow {
        /// Which run.
        pub run_id: Uuid,
        /// Of which fire.
        pub fire_id: Uuid,
        /// The report's word.
        pub report: String,
        /// The state's word.
        pub state: String,
        /// Why it failed.
        pub error_code: Option<String>,
    }
}

/// What the audit events of a schedule are about.
fn about(schedule_id: Uuid) -> String {
    format!(r#"{{"schedule_id":"{schedule_id}"}}"#)
}
