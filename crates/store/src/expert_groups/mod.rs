//! Experts who are asked together, under a name.

mod read;
mod write;

#[cfg(any(test, feature = "testing"))]
pub(crate) const STATEMENTS: [(&str, &[(&str, &str)]); 2] =
    [("expert_groups::read", read::STATEMENTS), ("expert_groups::write", write::STATEMENTS)];

use hookflash_domain::NetworkId;
use uuid::Uuid;

/// Most groups.
pub const MAX_GROUPS: i64 = 200;
/// Most members of one: as many as a hunt takes.
pub const MAX_MEMBERS: usize = hookflash_domain::consult::MAX_HUNTED;

row! {
    /// A group.
    pub struct ExpertGroupRow {
        /// Which group.
        pub group_id: Uuid,
        /// Its name; unique, case does not count.
        pub name: String,
        /// In which way its members are asked: a word of `domain::consult::HuntMode`.
        pub mode: String,
        /// How long each may think.
        pub within_ms: i64,
    }
}

row! {
    /// Somebody who is in a group.
    pub struct ExpertGroupMemberRow {
        /// The network on which they are asked.
        pub network: NetworkId,
        /// Their key there.
        pub address: String,
        /// Their name on screen.
        pub name: String,
        /// How many consults they may have at once for a hunt to ask them; none: as the network has it.
        pub consult_limit: Option<i64>,
        /// When hunts do not ask them, as `domain::QuietHours`; none: as the network has it.
        pub quiet_hours: Option<String>,
    }
}

joined! {
    /// A member with its group.
    struct MemberOf {
        member: ExpertGroupMemberRow,
        group_id: Uuid,
    }
}

/// A group with its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpertGroup {
    /// The group.
    pub row: ExpertGroupRow,
    /// Its members, who is asked first in front.
    pub members: Vec<ExpertGroupMemberRow>,
}

/// What the audit events of a group are about.
fn about(group_id: Uuid) -> String {
    format!(r#"{{"group_id":"{group_id}"}}"#)
}
