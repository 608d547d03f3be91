//! The one connection that writes, and transactions on it.

use crate::db::{Conn, Engine, Link};
use crate::writer::MOVE_LOG;
use crate::{By, EventRow, Options, StoreError};
use sqlx::{Row as _, query, query_scalar, raw_sql};
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};

/// The connection that writes. One at a time, first come first served.
#[derive(Debug)]
pub(crate) struct Writing {
    pub(crate) link: Link,
    conn: Mutex<Slot>,
    lock_wait_ms: u64,
    limit: Duration,
}

#[derive(Debug)]
enum Slot {
    Open(Conn),
    /// Broken or given up in the middle of a transaction: opened again by the next who writes.
    Broken,
    Closed,
}

/// A transaction. Dropped without [`Tx::commit`] it leaves no trace: the connection is closed, and
/// the database undoes it.
pub(crate) struct Tx<'a> {
    slot: MutexGuard<'a, Slot>,
    /// PostgreSQL's number of this transaction, to ask what became of it.
    postgres_id: Option<String>,
    /// Committed or undone.
    settled: bool,
    limit: Duration,
}

impl Writing {
    pub(crate) fn new(link: Link, conn: Conn, options: &Options) -> Self {
        Self {
            link,
            conn: Mutex::new(Slot::Open(conn)),
            lock_wait_ms: options.lock_wait_ms,
            limit: Duration::from_millis(options.group_limit_ms),
        }
    }

    /// Begins a transaction on the connection, opening it again if need be.
    pub(crate) async fn begin(&self) -> Result<Tx<'_>, StoreError> {
        let mut slot = self.conn.lock().await;
        if matches!(*slot, Slot::Closed) {
            return Err(StoreError::Closed);
        }
        let was_open = matches!(*slot, Slot::Open(_));
        match self.begin_in(&mut slot).await {
            Ok(postgres_id) => Ok(self.tx(slot, postgres_id)),
            // The connection may have died since it was used last; a new one tells.
            Err(StoreError::Unavailable(_))
                if was_open && matches!(*slot, Slot::Broken) && !self.is_file() =>
            {
                let postgres_id = self.begin_in(&mut slot).await?;
                Ok(self.tx(slot, postgres_id))
            }
            Err(error) => Err(error),
        }
    }

    /// The connection for a script, which on SQLite begins the transaction itself.
    pub(crate) async fn for_script(&self) -> Result<Tx<'_>, StoreError> {
        if !self.is_file() {
            return self.begin().await;
        }
        let mut slot = self.conn.lock().await;
        match *slot {
            Slot::Open(_) => {}
            Slot::Broken => {
                *slot = Slot::Open(within(self.limit, self.link.connect(self.lock_wait_ms)).await?);
            }
            Slot::Closed => return Err(StoreError::Closed),
        }
        Ok(self.tx(slot, None))
    }

    fn tx<'a>(&self, slot: MutexGuard<'a, Slot>, postgres_id: Option<String>) -> Tx<'a> {
        Tx { slot, postgres_id, settled: false, limit: self.limit }
    }

    fn is_file(&self) -> bool {
        matches!(self.link, Engine::Sqlite(_))
    }

    async fn begin_in(&self, slot: &mut Slot) -> Result<Option<String>, StoreError> {
        // Taken out meanwhile: whoever is dropped half-way leaves `Broken` behind.
        let mut conn = match std::mem::replace(slot, Slot::Broken) {
            Slot::Open(conn) => conn,
            Slot::Broken | Slot::Closed => within(self.limit, self.link.connect(self.lock_wait_ms)).await?,
        };
        let postgres_id = within(self.limit, begin_on(&mut conn)).await?;
        *slot = Slot::Open(conn);
        Ok(postgres_id)
    }

    /// What became of a PostgreSQL transaction whose commit was not answered.
    pub(crate) async fn outcome(&self, postgres_id: &str) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let Slot::Open(Conn::Postgres(conn)) = &mut *tx.slot else {
            return Ok(false);
        };
        let outcome: Option<String> =
            within(self.limit, async { Ok(query_scalar(OUTCOME).bind(postgres_id).fetch_one(conn).await?) })
                .await?;
        tx.roll_back().await;
        match outcome.as_deref() {
            Some("committed") => Ok(true),
            Some("aborted") => Ok(false),
            other => Err(StoreError::Unavailable(format!("the commit is {}", other.unwrap_or("forgotten")))),
        }
    }

    /// Moves the rest of SQLite's log into the file, after which the next transaction begins it anew.
    pub(crate) async fn empty_log(&self) -> Result<(), StoreError> {
        if let Slot::Open(Conn::Sqlite(conn)) = &mut *self.conn.lock().await {
            query(MOVE_LOG).execute(conn).await?;
        }
        Ok(())
    }

    pub(crate) fn lock_wait_ms(&self) -> u64 {
        self.lock_wait_ms
    }

    /// How long a group may take.
    pub(crate) fn limit(&self) -> Duration {
        self.limit
    }

    pub(crate) async fn close(&self) {
        let slot = std::mem::replace(&mut *self.conn.lock().await, Slot::Closed);
        if let Slot::Open(conn) = slot {
            conn.close().await;
        }
    }
}

/// Begins; on PostgreSQL gives the transaction's number.
async fn begin_on(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    Ok(match conn {
        Conn::Sqlite(conn) => {
            query(SQLITE_BEGIN).execute(conn).await?;
            None
        }
        Conn::Postgres(conn) => {
            let row = raw_sql(POSTGRES_BEGIN).fetch_one(conn).await?;
            Some(row.try_get::<String, _>(0)?)
        }
    })
}

/// Gives up on a database that does not answer.
pub(crate) async fn within<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result,
        Err(_) => Err(StoreError::Unavailable("it does not answer".to_owned())),
    }
}

impl Tx<'_> {
    /// The connection, for statements.
    pub(crate) fn conn(&mut self) -> Result<&mut Conn, StoreError> {
        match &mut *self.slot {
            Slot::Open(conn) => Ok(conn),
            Slot::Broken | Slot::Closed => Err(StoreError::Unavailable("the connection broke".to_owned())),
        }
    }

    /// Whether it is on a file, which it has locked as a whole.
    pub(crate) fn is_file(&self) -> bool {
        matches!(&*self.slot, Slot::Open(Conn::Sqlite(_)))
    }

    /// Adds an event and gives its number.
    pub(crate) async fn add_event(&mut self, event: &EventRow) -> Result<i64, StoreError> {
        let seq = self.lock_events().await? + 1;
        on!(self.conn()?, conn => {
            crate::column::BindTo::bind_to(event, query(ADD_EVENT)).bind(seq).execute(conn).await.map(drop)
        })?;
        Ok(seq)
    }

    /// Takes the right to number events until the transaction ends, and gives the last number.
    pub(crate) async fn lock_events(&mut self) -> Result<i64, StoreError> {
        Ok(match self.conn()? {
            // `begin immediate` has locked the whole file.
            Conn::Sqlite(conn) => query_scalar(LAST_SEQ).fetch_one(conn).await?,
            Conn::Postgres(conn) => {
                query(LOCK_EVENTS).execute(&mut *conn).await?;
                query_scalar(LAST_SEQ).fetch_one(conn).await?
            }
        })
    }

    /// Adds the audit event of an administrative change.
    pub(crate) async fn audit(&mut self, kind: &str, by: &By, payload: String) -> Result<i64, StoreError> {
        let event = EventRow {
            at: by.at,
            kind: kind.to_owned(),
            interaction_id: None,
            consult_id: None,
            user_id: by.user_id,
            by_name: Some(by.name.clone()),
            payload,
        };
        event.check()?;
        self.add_event(&event).await
    }

    /// PostgreSQL's number of this transaction.
    pub(crate) fn postgres_id(&self) -> Option<String> {
        self.postgres_id.clone()
    }

    /// Notes that a script has committed it: [`Tx::commit`] has nothing left to do.
    pub(crate) fn is_committed(&mut self) {
        self.settled = true;
    }

    /// Makes it durable. An error leaves it undone on SQLite; on PostgreSQL a broken connection
    /// leaves that open, and [`Writing::outcome`] tells.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        if self.settled {
            return Ok(());
        }
        let mut conn = self.take()?;
        let limit = self.limit;
        within(limit, async { Ok(on!(&mut conn, conn => query(COMMIT).execute(conn).await.map(drop))?) })
            .await?;
        *self.slot = Slot::Open(conn);
        self.settled = true;
        Ok(())
    }

    /// Undoes it, keeping the connection where that works.
    pub(crate) async fn roll_back(mut self) {
        let Ok(mut conn) = self.take() else { return };
        let limit = self.limit;
        let undone = within(limit, async {
            Ok(on!(&mut conn, conn => query(ROLLBACK).execute(conn).await.map(drop))?)
        })
        .await;
        if undone.is_ok() {
            *self.slot = Slot::Open(conn);
            self.settled = true;
        }
    }

    /// Commits what went well, undoes what did not.
    pub(crate) async fn settle<T>(self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        match result {
            Ok(value) => {
                let may_be_open = self.postgres_id.is_some();
                self.commit().await.map_err(|error| match error {
                    StoreError::Unavailable(words) if may_be_open => StoreError::InDoubt(words),
                    other => other,
                })?;
                Ok(value)
            }
            Err(error) => {
                self.roll_back().await;
                Err(error)
            }
        }
    }

    fn take(&mut self) -> Result<Conn, StoreError> {
        match std::mem::replace(&mut *self.slot, Slot::Broken) {
            Slot::Open(conn) => Ok(conn),
            Slot::Broken | Slot::Closed => Err(StoreError::Unavailable("the connection broke".to_owned())),
        }
    }
}

impl Drop for Tx<'_> {
    fn drop(&mut self) {
        if !self.settled {
            *self.slot = Slot::Broken;
        }
    }
}

pub(crate) const SQLITE_BEGIN: &str = "begin immediate";
const POSTGRES_BEGIN: &str = "begin; select pg_current_xact_id()::text";
pub(crate) const COMMIT: &str = "commit";
const ROLLBACK: &str = "rollback";
/// The number has no meaning beyond being ours; the lock ends with the transaction.
const LOCK_EVENTS: &str = "select pg_advisory_xact_lock(4853843700)";
const OUTCOME: &str = "select pg_xact_status($1::xid8)";

sql! {
    LAST_SEQ = "select coalesce(max(seq), 0) from event";
    ADD_EVENT = "insert into event (at, kind, interaction_id, consult_id, user_id, by_name, payload, seq) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
}
