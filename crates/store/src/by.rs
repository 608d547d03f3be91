//! Who changed something.

use hookflash_domain::{Timestamp, UserId};

/// Who changes something and when: what the audit event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// When.
    pub at: Timestamp,
    /// The user, or none for the command line.
    pub user_id: Option<UserId>,
    /// The name shown to people.
    pub name: String,
}
