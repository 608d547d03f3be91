//! Reading groups of experts.

use super::{ExpertGroup, ExpertGroupRow, MemberOf};
use crate::{Store, StoreError};
use sqlx::query_as;
use std::collections::BTreeMap;
use uuid::Uuid;

impl Store {
    /// All groups, by name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn expert_groups(&self) -> Result<Vec<ExpertGroup>, StoreError> {
        let rows: Vec<ExpertGroupRow> = on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?;
        let members: Vec<MemberOf> = on!(&self.db, pool => query_as(MEMBERS).fetch_all(pool).await)?;
        let mut of_groups = BTreeMap::<Uuid, Vec<_>>::new();
        for one in members {
            of_groups.entry(one.group_id).or_default().push(one.member);
        }
        let with_members = |row: ExpertGroupRow| ExpertGroup {
            members: of_groups.remove(&row.group_id).unwrap_or_default(),
            row,
        };
        Ok(rows.into_iter().map(with_members).collect())
    }
}

sql! {
    ALL = "select group_id, name, mode, within_ms from expert_group order by name, group_id";
    MEMBERS = "select group_id, network, address, name, consult_limit, quiet_hours from expert_group_member \
        order by group_id, place";
}
