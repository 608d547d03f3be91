//! Mails that bring the reports of a fire, one for each address. They are queued with the fire and wait until its
//! runs are over; only the newest try of one may settle it.

mod add;
mod read;
mod work;

pub(crate) use add::add;
pub use work::Settled;

#[cfg(any(test, feature = "testing"))]
pub(crate) const STATEMENTS: [(&str, &[(&str, &str)]); 3] = [
    ("report_mails::add", add::STATEMENTS),
    ("report_mails::read", read::STATEMENTS),
    ("report_mails::work", work::STATEMENTS),
];

use hookflash_domain::Timestamp;
use uuid::Uuid;

row! {
    /// A mail.
    pub struct ReportMailRow {
        /// Which mail.
        pub mail_id: Uuid,
        /// Whose reports it brings.
        pub fire_id: Uuid,
        /// To whom.
        pub address: String,
        /// What it is about.
        pub subject: String,
        /// `attachment` or `link`.
        pub form: String,
        /// The state's word: `waiting`, `sending`, `sent`, `failed`.
        pub state: String,
        /// How often it was tried.
        pub attempt: i64,
        /// When it is tried next; of one that is being sent, when the node that sends it counts as dead.
        pub next_try_at: Timestamp,
        /// Why the last try failed.
        pub error_code: Option<String>,
        /// What the mail server said.
        pub error_words: Option<String>,
        /// When the mail server took it.
        pub sent_at: Option<Timestamp>,
    }
}
