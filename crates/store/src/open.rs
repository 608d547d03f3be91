//! Opening and closing the store, and asking how it is.

use crate::StoreError;
use crate::db::{self, Db, Link};
use crate::tx::Writing;
use crate::write::{Committed, Write};
use crate::writer::{self, Job};
use sqlx::query;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};

/// Most writes in one batch.
const MAX_WRITES: usize = 1_000;

/// Limits of the store.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long one waits for a lock that another program holds, and for a free reader.
    pub lock_wait_ms: u64,
    /// Connections that read.
    pub reader_count: u32,
    /// Batches that may wait for the writer before `commit` answers `Busy`.
    pub queue_count: usize,
    /// Batches that share one commit at most.
    pub group_count: usize,
    /// How long one group may take on a database that does not answer.
    pub group_limit_ms: u64,
    /// Most pages (4 kB each) that SQLite may use; none for no limit.
    pub sqlite_page_limit: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lock_wait_ms: 5_000,
            reader_count: 8,
            queue_count: 4_096,
            group_count: 256,
            group_limit_ms: 20_000,
            sqlite_page_limit: None,
        }
    }
}

/// What Hookflash remembers. Clones share one database.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) db: Db,
    pub(crate) writing: Arc<Writing>,
    jobs: mpsc::Sender<Job>,
    trouble: watch::Receiver<Option<String>>,
}

impl Store {
    /// Opens `sqlite:<path>` or `postgres://…`, brings the tables to this version and starts the
    /// writer. A SQLite file that does not exist is made, readable by its owner alone.
    ///
    /// # Errors
    /// `BadUrl`, `Unavailable`, `Migration`.
    pub async fn open(url: &str, options: Options) -> Result<Self, StoreError> {
        let link = db::link(url, &options)?;
        let mut conn = link.connect(options.lock_wait_ms).await?;
        db::migrate(&mut conn).await?;
        let db = db::open_readers(&link, &options).await?;
        let writing = Arc::new(Writing::new(link, conn, &options));
        let (jobs, queue) = mpsc::channel(options.queue_count);
        let (tell, trouble) = watch::channel(None);
        tokio::spawn(writer::run(writing.clone(), queue, tell, options.group_count));
        if let Db::Sqlite(readers) = &db {
            tokio::spawn(writer::keep_short(readers.clone(), jobs.downgrade()));
        }
        Ok(Self { db, writing, jobs, trouble })
    }

    /// Writes a batch in one transaction; `Ok` means that it is on the disk. Event numbers are
    /// given in commit order.
    ///
    /// # Errors
    /// `Busy`, `Unavailable`, `InDoubt`, `Closed`, `Duplicate`, `NotFound`, `Refused`,
    /// `NulCharacter`, `TooLong`: the batch left no trace (but see `InDoubt`), and those of others
    /// are not harmed.
    pub async fn commit(&self, writes: Vec<Write>) -> Result<Committed, StoreError> {
        if writes.len() > MAX_WRITES {
            return Err(StoreError::TooLong("the batch"));
        }
        for write in &writes {
            write.check()?;
        }
        let (answer, answered) = oneshot::channel();
        self.jobs.try_send(Job::Batch { writes, answer }).map_err(|full| match full {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })?;
        answered.await.unwrap_or_else(|_| Err(StoreError::InDoubt("the writer ended".to_owned())))
    }

    /// Whether reads and writes work.
    ///
    /// # Errors
    /// `Unavailable` with words on what is wrong.
    pub async fn ping(&self) -> Result<(), StoreError> {
        if let Some(words) = self.trouble.borrow().clone() {
            return Err(StoreError::Unavailable(words));
        }
        on!(&self.db, pool => query(PING).execute(pool).await.map(drop))?;
        Ok(())
    }

    /// Tells of the writer's trouble as it comes (words) and goes (none).
    #[must_use]
    pub fn trouble(&self) -> watch::Receiver<Option<String>> {
        self.trouble.clone()
    }

    /// The file of a SQLite database; none on PostgreSQL.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        Link::file(&self.writing.link)
    }

    /// Writes what waits, refuses what comes later, and closes the database.
    pub async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.jobs.send(Job::Close { answer }).await.is_ok() {
            // The writer may have ended by itself; then there is nothing to wait for.
            let _ = answered.await;
        }
        on!(&self.db, pool => pool.close().await);
        self.writing.close().await;
    }
}

sql! {
    PING = "select 1";
}
