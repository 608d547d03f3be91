//! Who serves which queue, and whether a supervisor has set a member aside for now.

use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use hookflash_domain::{QueueId, UserId};
use sqlx::{query, query_as};
use std::collections::BTreeSet;

row! {
    /// A user who serves a queue.
    pub struct QueueMemberRow {
        /// The queue.
        pub queue_id: QueueId,
        /// The user.
        pub user_id: UserId,
        /// Whether the user is offered its interactions.
        pub active: bool,
    }
}

impl Store {
    /// Who serves which queue.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn queue_members(&self) -> Result<Vec<QueueMemberRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(MEMBERS).fetch_all(pool).await)?)
    }

    /// Sets a member of a queue aside, or back. Gives the number of the event `queue_member_changed`.
    ///
    /// # Errors
    /// `NotFound` for a user who is no member, `Unavailable`, `InDoubt`.
    pub async fn set_member_active(
        &self,
        queue: QueueId,
        user: UserId,
        active: bool,
        by: &By,
    ) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = set_active(&mut tx, queue, user, active, by).await;
        tx.settle(result).await
    }
}

async fn set_active(
    tx: &mut Tx<'_>,
    queue: QueueId,
    user: UserId,
    active: bool,
    by: &By,
) -> Result<i64, StoreError> {
    let changed = on!(tx.conn()?, conn => query(SET_ACTIVE).bind(queue.0).bind(user.0).bind(active)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if changed == 0 {
        return Err(StoreError::NotFound("queue member"));
    }
    let about = format!(r#"{{"queue_id":"{queue}","member_id":"{user}","active":{active}}}"#);
    tx.audit("queue_member_changed", by, about).await
}

/// Makes these the users who serve a queue; who did before stays as set aside as they were.
pub(crate) async fn set_members(
    tx: &mut Tx<'_>,
    queue: QueueId,
    members: &[UserId],
) -> Result<(), StoreError> {
    let known: Vec<QueueMemberRow> =
        on!(tx.conn()?, conn => query_as(OF_QUEUE).bind(queue.0).fetch_all(conn).await)?;
    let wanted: BTreeSet<_> = members.iter().copied().collect();
    for row in known.iter().filter(|row| !wanted.contains(&row.user_id)) {
        drop_member(tx, row).await?;
    }
    for user in wanted {
        on!(tx.conn()?, conn => query(ADD).bind(queue.0).bind(user.0).execute(conn).await.map(drop))
            .map_err(|error| or_unknown(error, "user"))?;
    }
    Ok(())
}

/// Makes these the queues that a user serves; what was set aside stays so.
pub(crate) async fn join_queues(tx: &mut Tx<'_>, user: UserId, queues: &[QueueId]) -> Result<(), StoreError> {
    let known: Vec<QueueMemberRow> =
        on!(tx.conn()?, conn => query_as(OF_USER).bind(user.0).fetch_all(conn).await)?;
    let wanted: BTreeSet<_> = queues.iter().copied().collect();
    for row in known.iter().filter(|row| !wanted.contains(&row.queue_id)) {
        drop_member(tx, row).await?;
    }
    for queue in wanted {
        on!(tx.conn()?, conn => query(ADD).bind(queue.0).bind(user.0).execute(conn).await.map(drop))
            .map_err(|error| or_unknown(error, "queue"))?;
    }
    Ok(())
}

async fn drop_member(tx: &mut Tx<'_>, row: &QueueMemberRow) -> Result<(), StoreError> {
    let (queue, user) = (row.queue_id.0, row.user_id.0);
    on!(tx.conn()?, conn => query(DROP).bind(queue).bind(user).execute(conn).await.map(drop))?;
    Ok(())
}

sql! {
    MEMBERS = "select queue_id, user_id, active from queue_member order by queue_id, user_id";
    OF_QUEUE = "select queue_id, user_id, active from queue_member where queue_id = $1";
    OF_USER = "select queue_id, user_id, active from queue_member where user_id = $1";
    ADD = "insert into queue_member (queue_id, user_id) values ($1, $2) on conflict do nothing";
    DROP = "delete from queue_member where queue_id = $1 and user_id = $2";
    SET_ACTIVE = "update queue_member set active = $3 where queue_id = $1 and user_id = $2";
}
