//! Making, changing and removing groups of experts.

use super::{ExpertGroup, ExpertGroupMemberRow, MAX_GROUPS, MAX_MEMBERS, about};
use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::tx::Tx;
use crate::users::name_key;
use crate::{By, Store, StoreError};
use sqlx::{query, query_scalar};
use uuid::Uuid;

impl Store {
    /// Adds a group. Gives the number of the event `expert_group_created`.
    ///
    /// # Errors
    /// `TooManyGroups`, `NameTaken` for the group or for a member who is there twice, `NulCharacter`, `TooLong`,
    /// `Unavailable`, `InDoubt`.
    pub async fn create_expert_group(&self, group: &ExpertGroup, by: &By) -> Result<i64, StoreError> {
        check(group)?;
        let mut tx = self.writing.begin().await?;
        let result = create(&mut tx, group, by).await;
        tx.settle(result).await
    }

    /// Puts this in the place of the group of the same id. Gives the number of the event `expert_group_changed`.
    ///
    /// # Errors
    /// As [`Store::create_expert_group`], and `NotFound`.
    pub async fn change_expert_group(&self, group: &ExpertGroup, by: &By) -> Result<i64, StoreError> {
        check(group)?;
        let mut tx = self.writing.begin().await?;
        let result = change(&mut tx, group, by).await;
        tx.settle(result).await
    }

    /// Removes a group. Gives the number of the event `expert_group_removed`.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`, `InDoubt`.
    pub async fn remove_expert_group(&self, group_id: Uuid, by: &By) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = remove(&mut tx, group_id, by).await;
        tx.settle(result).await
    }
}

fn check(group: &ExpertGroup) -> Result<(), StoreError> {
    if group.members.len() > MAX_MEMBERS {
        return Err(StoreError::TooLong("the list of members"));
    }
    group.row.check()?;
    group.members.iter().try_for_each(ExpertGroupMemberRow::check)
}

async fn create(tx: &mut Tx<'_>, group: &ExpertGroup, by: &By) -> Result<i64, StoreError> {
    // Numbering events is one node's at a time, so no two count before either adds.
    tx.lock_events().await?;
    let count: i64 = on!(tx.conn()?, conn => query_scalar(COUNT).fetch_one(conn).await)?;
    if count >= MAX_GROUPS {
        return Err(StoreError::TooManyGroups);
    }
    let row = &group.row;
    on!(tx.conn()?, conn => row.bind_to(query(ADD)).bind(name_key(&row.name)).execute(conn).await.map(drop))
        .map_err(|error| or_taken(error, &row.name))?;
    add_members(tx, group).await?;
    tx.audit("expert_group_created", by, about(row.group_id)).await
}

async fn change(tx: &mut Tx<'_>, group: &ExpertGroup, by: &By) -> Result<i64, StoreError> {
    let row = &group.row;
    let changed =
        on!(tx.conn()?, conn => row.bind_to(query(REPLACE)).bind(name_key(&row.name)).execute(conn).await
        .map(|done| done.rows_affected()))
        .map_err(|error| or_taken(error, &row.name))?;
    if changed == 0 {
        return Err(StoreError::NotFound("expert group"));
    }
    on!(tx.conn()?, conn => query(CLEAR).bind(row.group_id).execute(conn).await.map(drop))?;
    add_members(tx, group).await?;
    tx.audit("expert_group_changed", by, about(row.group_id)).await
}

async fn remove(tx: &mut Tx<'_>, group_id: Uuid, by: &By) -> Result<i64, StoreError> {
    let removed = on!(tx.conn()?, conn => query(DROP).bind(group_id).execute(conn).await
        .map(|done| done.rows_affected()))?;
    if removed == 0 {
        return Err(StoreError::NotFound("expert group"));
    }
    tx.audit("expert_group_removed", by, about(group_id)).await
}

async fn add_members(tx: &mut Tx<'_>, group: &ExpertGroup) -> Result<(), StoreError> {
    for (place, member) in (0_i64..).zip(&group.members) {
        on!(tx.conn()?, conn => member.bind_to(query(ADD_MEMBER)).bind(group.row.group_id).bind(place)
            .execute(conn).await.map(drop))
        .map_err(|error| or_taken(error, &member.name))?;
    }
    Ok(())
}

fn or_taken(error: sqlx::Error, name: &str) -> StoreError {
    if is_taken(&error) { StoreError::NameTaken(name.to_owned()) } else { error.into() }
}

sql! {
    COUNT = "select count(*) from expert_group";
    ADD = "insert into expert_group (group_id, name, mode, within_ms, name_key) values ($1, $2, $3, $4, $5)";
    REPLACE = "update expert_group set name = $2, mode = $3, within_ms = $4, name_key = $5 where group_id = $1";
    CLEAR = "delete from expert_group_member where group_id = $1";
    DROP = "delete from expert_group where group_id = $1";
    ADD_MEMBER = "insert into expert_group_member (network, address, name, consult_limit, quiet_hours, group_id, place) \
        values ($1, $2, $3, $4, $5, $6, $7)";
}
