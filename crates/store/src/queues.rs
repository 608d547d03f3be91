//! Where interactions wait, the numbers that lead there and the users who serve them.

use crate::column::{BindTo as _, check_text};
use crate::error::is_taken;
use crate::members::{QueueMemberRow, set_members};
use crate::tx::Tx;
use crate::users::name_key;
use crate::{By, Store, StoreError};
use hookflash_domain::{QueueId, UserId};
use sqlx::{query, query_as, query_scalar};

row! {
    /// A queue.
    pub struct QueueRow {
        /// Which queue.
        pub queue_id: QueueId,
        /// Its name; unique, case does not count.
        pub name: String,
        /// How long an agent is offered an interaction.
        pub offer_timeout_ms: i64,
        /// The wrap-up mode's word.
        pub wrap_up_mode: String,
        /// How long wrap-up may take, where the mode has a limit.
        pub wrap_up_timeout_ms: Option<i64>,
        /// Whether it takes interactions.
        pub active: bool,
        /// The local part of the address at which experts write to its agents; unique.
        pub team_address: Option<String>,
    }
}

/// A queue with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The queue.
    pub row: QueueRow,
    /// The dialled numbers or user parts that lead to it.
    pub numbers: Vec<String>,
    /// The users who serve it.
    pub member_ids: Vec<UserId>,
}

/// What to change of a queue; an absent field stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueChange {
    /// Its name.
    pub name: Option<String>,
    /// How long an agent is offered an interaction.
    pub offer_timeout_ms: Option<i64>,
    /// The wrap-up mode's word.
    pub wrap_up_mode: Option<String>,
    /// How long wrap-up may take.
    pub wrap_up_timeout_ms: Option<Option<i64>>,
    /// Whether it takes interactions.
    pub active: Option<bool>,
    /// The local part of its team address.
    pub team_address: Option<Option<String>>,
    /// All numbers that lead to it.
    pub numbers: Option<Vec<String>>,
    /// All users who serve it.
    pub member_ids: Option<Vec<UserId>>,
}

row! {
    /// A number that leads to a queue.
    pub struct QueueNumberRow {
        /// The dialled number or user part.
        pub number: String,
        /// The queue.
        pub queue_id: QueueId,
    }
}

impl Store {
    /// All queues, by name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn queues(&self) -> Result<Vec<Queue>, StoreError> {
        let rows: Vec<QueueRow> = on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?;
        let numbers: Vec<QueueNumberRow> = on!(&self.db, pool => query_as(NUMBERS).fetch_all(pool).await)?;
        let members = self.queue_members().await?;
        Ok(rows.into_iter().map(|row| with_parts(row, &numbers, &members)).collect())
    }

    /// Adds a queue. Gives the number of the event `queue_created`.
    ///
    /// # Errors
    /// `NameTaken`, `NumberTaken`, `TeamAddressTaken`, `NotFound` for a user, `NulCharacter`, `TooLong`,
    /// `Unavailable`, `InDoubt`.
    pub async fn create_queue(&self, queue: &Queue, by: &By) -> Result<i64, StoreError> {
        queue.row.check()?;
        let mut tx = self.writing.begin().await?;
        let result = create(&mut tx, queue, by).await;
        tx.settle(result).await
    }

    /// Changes a queue. Gives the number of the event `queue_changed`.
    ///
    /// # Errors
    /// As [`Store::create_queue`], and `NotFound` for the queue.
    pub async fn change_queue(&self, id: QueueId, change: QueueChange, by: &By) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = self::change(&mut tx, id, change, by).await;
        tx.settle(result).await
    }
}

fn with_parts(row: QueueRow, numbers: &[QueueNumberRow], members: &[QueueMemberRow]) -> Queue {
    let id = row.queue_id;
    Queue {
        row,
        numbers: numbers.iter().filter(|of| of.queue_id == id).map(|of| of.number.clone()).collect(),
        member_ids: members.iter().filter(|of| of.queue_id == id).map(|of| of.user_id).collect(),
    }
}

async fn create(tx: &mut Tx<'_>, queue: &Queue, by: &By) -> Result<i64, StoreError> {
    let row = &queue.row;
    refuse_team_address(tx, row).await?;
    on!(tx.conn()?, conn => row.bind_to(query(ADD)).bind(name_key(&row.name)).execute(conn).await.map(drop))
        .map_err(|error| or_name_taken(error, &row.name))?;
    set_numbers(tx, row.queue_id, &queue.numbers).await?;
    set_members(tx, row.queue_id, &queue.member_ids).await?;
    tx.audit("queue_created", by, about(row.queue_id)).await
}

async fn change(tx: &mut Tx<'_>, id: QueueId, change: QueueChange, by: &By) -> Result<i64, StoreError> {
    let found: Option<QueueRow> =
        on!(tx.conn()?, conn => query_as(BY_ID).bind(id.0).fetch_optional(conn).await)?;
    let row = found.ok_or(StoreError::NotFound("queue"))?;
    let row = QueueRow {
        queue_id: id,
        name: change.name.unwrap_or(row.name),
        offer_timeout_ms: change.offer_timeout_ms.unwrap_or(row.offer_timeout_ms),
        wrap_up_mode: change.wrap_up_mode.unwrap_or(row.wrap_up_mode),
        wrap_up_timeout_ms: change.wrap_up_timeout_ms.unwrap_or(row.wrap_up_timeout_ms),
        active: change.active.unwrap_or(row.active),
        team_address: change.team_address.unwrap_or(row.team_address),
    };
    row.check()?;
    refuse_team_address(tx, &row).await?;
    on!(tx.conn()?, conn => row.bind_to(query(REPLACE)).bind(name_key(&row.name)).execute(conn).await.map(drop))
        .map_err(|error| or_name_taken(error, &row.name))?;
    if let Some(numbers) = change.numbers {
        set_numbers(tx, id, &numbers).await?;
    }
    if let Some(member_ids) = change.member_ids {
        set_members(tx, id, &member_ids).await?;
    }
    tx.audit("queue_changed", by, about(id)).await
}

/// Refuses an address that another queue has.
async fn refuse_team_address(tx: &mut Tx<'_>, row: &QueueRow) -> Result<(), StoreError> {
    let Some(address) = &row.team_address else { return Ok(()) };
    let others: i64 = on!(tx.conn()?, conn =>
        query_scalar(TEAM_ADDRESS_TAKEN).bind(address).bind(row.queue_id.0).fetch_one(conn).await)?;
    if others == 0 { Ok(()) } else { Err(StoreError::TeamAddressTaken(address.clone())) }
}

async fn set_numbers(tx: &mut Tx<'_>, id: QueueId, numbers: &[String]) -> Result<(), StoreError> {
    on!(tx.conn()?, conn => query(DROP_NUMBERS).bind(id.0).execute(conn).await.map(drop))?;
    for number in numbers {
        check_text("number", number)?;
        on!(tx.conn()?, conn => query(ADD_NUMBER).bind(number).bind(id.0).execute(conn).await.map(drop))
            .map_err(
                |error| if is_taken(&error) { StoreError::NumberTaken(number.clone()) } else { error.into() },
            )?;
    }
    Ok(())
}

fn or_name_taken(error: sqlx::Error, name: &str) -> StoreError {
    if is_taken(&error) { StoreError::NameTaken(name.to_owned()) } else { error.into() }
}

/// A broken foreign key means that what was pointed to is not there.
pub(crate) fn or_unknown(error: sqlx::Error, what: &'static str) -> StoreError {
    let unknown = error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation);
    if unknown { StoreError::NotFound(what) } else { error.into() }
}

fn about(id: QueueId) -> String {
    format!(r#"{{"queue_id":"{id}"}}"#)
}

sql! {
    ALL = "select queue_id, name, offer_timeout_ms, wrap_up_mode, wrap_up_timeout_ms, active, team_address \
        from queue order by name, queue_id";
    BY_ID = "select queue_id, name, offer_timeout_ms, wrap_up_mode, wrap_up_timeout_ms, active, team_address \
        from queue where queue_id = $1";
    NUMBERS = "select number, queue_id from queue_number order by number";
    ADD = "insert into queue (queue_id, name, offer_timeout_ms, wrap_up_mode, wrap_up_timeout_ms, active, \
        team_address, name_key) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    TEAM_ADDRESS_TAKEN = "select count(*) from queue where team_address = $1 and queue_id <> $2";
    REPLACE = "update queue set name = $2, offer_timeout_ms = $3, wrap_up_mode = $4, wrap_up_timeout_ms = $5, \
        active = $6, team_address = $7, name_key = $8 where queue_id = $1";
    DROP_NUMBERS = "delete from queue_number where queue_id = $1";
    ADD_NUMBER = "insert into queue_number (number, queue_id) values ($1, $2)";
}
