//! Reports that were asked for, and the files that were made.
//!
//! A run is `queued`, then `running` for the node that has claimed it, then over. Invariants:
//! - Only the newest try of a run may finish it: who was given up on writes for nothing.
//! - A file is read only of a run that has finished; by then all of its parts have been committed.

mod ask;
mod end;
mod forget;
mod parts;
mod read;
mod work;

pub use ask::RunLimits;
pub(crate) use ask::{WAITING, add};
pub use end::Finished;
pub use parts::PART_BYTES;
pub use read::Runs;

#[cfg(any(test, feature = "testing"))]
pub(crate) const STATEMENTS: [(&str, &[(&str, &str)]); 6] = [
    ("report_runs::ask", ask::STATEMENTS),
    ("report_runs::end", end::STATEMENTS),
    ("report_runs::forget", forget::STATEMENTS),
    ("report_runs::parts", parts::STATEMENTS),
    ("report_runs::read", read::STATEMENTS),
    ("report_runs::work", work::STATEMENTS),
];

use hookflash_domain::{Timestamp, UserId};
use uuid::Uuid;

row! {
    /// A report that was asked for.
    pub struct ReportRunRow {
        /// Which run; ids sort by the moment they were made.
        pub run_id: Uuid,
        /// Who asked.
        pub user_id: UserId,
        /// The report's word.
        pub report: String,
        /// Of what, and how it is written, as JSON.
        pub parameters: String,
        /// Whether single experts can be told apart in it.
        pub shows_people: bool,
        /// The state's word: `queued`, `running`, `completed`, `completed_with_errors`, `failed`, `cancelled`.
        pub state: String,
        /// How often it was begun.
        pub attempt: i64,
        /// How far it is, 0 to 100.
        pub progress: i64,
        /// Why it failed.
        pub error_code: Option<String>,
        /// When it was asked for.
        pub requested_at: Timestamp,
        /// When it was begun last.
        pub started_at: Option<Timestamp>,
        /// When it was over.
        pub ended_at: Option<Timestamp>,
        /// When it is removed, once it is over.
        pub expires_at: Option<Timestamp>,
        /// Until when the node that makes it has it for itself.
        pub lease_until: Option<Timestamp>,
        /// The fire of a schedule that asked for it; none where a person did.
        pub fire_id: Option<Uuid>,
    }
}

row! {
    /// A file of a run that has finished.
    pub struct ReportFileRow {
        /// Of which run.
        pub run_id: Uuid,
        /// The format's word.
        pub format: String,
        /// Its size.
        pub byte_count: i64,
        /// In how many parts it is kept.
        pub part_count: i64,
        /// Why it was not made; none where it was.
        pub error_code: Option<String>,
    }
}
