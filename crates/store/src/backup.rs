//! A copy of the database while it is in use.

use crate::db::Conn;
use crate::{Store, StoreError};
use sqlx::query;
use std::path::Path;

impl Store {
    /// Writes a consistent copy of a SQLite database to a file that must not exist yet. Writes and
    /// reads go on meanwhile.
    ///
    /// # Errors
    /// `NotSupported` on PostgreSQL, which has its own tool; `Unavailable` or `Unexpected` with
    /// SQLite's words, such as when the file exists.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if self.file().is_none() {
            return Err(StoreError::NotSupported("On PostgreSQL, make backups with pg_dump."));
        }
        let to = to.to_str().ok_or(StoreError::NotSupported("The path of the backup must be UTF-8."))?;
        let mut conn = self.writing.link.connect(self.writing.lock_wait_ms()).await?;
        let copied = match &mut conn {
            Conn::Sqlite(conn) => query(COPY).bind(to).execute(conn).await.map(drop),
            Conn::Postgres(_) => Ok(()),
        };
        conn.close().await;
        Ok(copied?)
    }
}

/// SQLite only, so not in a list that both engines describe.
const COPY: &str = "vacuum into $1";
