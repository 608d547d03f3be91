//! The two engines, and how each is opened.

use crate::{Options, StoreError};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _, query};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Either engine's thing of a kind: pool, connection, way to connect.
#[derive(Debug, Clone)]
pub(crate) enum Engine<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// Where reads go.
pub(crate) type Db = Engine<SqlitePool, PgPool>;
/// Where writes go: one connection.
pub(crate) type Conn = Engine<SqliteConnection, PgConnection>;
/// How to connect.
pub(crate) type Link = Engine<SqliteConnectOptions, PgConnectOptions>;

/// Statements that PostgreSQL keeps prepared on each connection; above the number of texts that we have (the
/// writer's have one for each number of rows).
const STATEMENT_COUNT: usize = 512;
/// Texts that SQLite keeps prepared on each connection. The writer's are whole groups, of which no two large ones
/// are alike: those are forgotten again, or they would take some 50 kB each.
const SQLITE_TEXT_COUNT: usize = 128;
/// Pages of write-ahead log after which the commit that wrote the last one moves them to the file. Mostly it has been
/// done long before; see [`crate::writer::keep_short`].
const CHECKPOINT_PAGES: &str = "16000";

/// How long a statement on PostgreSQL waits for a lock, and that a commit means the disk.
const POSTGRES_SETTINGS: &str = "select set_config('lock_timeout', $1, false), \
    case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end";

/// Reads the address. Words of the error never repeat it, for it may hold a password.
pub(crate) fn link(url: &str, options: &Options) -> Result<Link, StoreError> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        return sqlite_link(path, options).map(Link::Sqlite);
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let link: PgConnectOptions = url
            .parse()
            .map_err(|_| StoreError::BadUrl("The PostgreSQL address is not understood.".to_owned()))?;
        let link = link.application_name("hookflash").statement_cache_capacity(STATEMENT_COUNT);
        return Ok(Link::Postgres(link.disable_statement_logging()));
    }
    Err(StoreError::BadUrl("The database address must begin with sqlite: or postgres://.".to_owned()))
}

fn sqlite_link(path: &str, options: &Options) -> Result<SqliteConnectOptions, StoreError> {
    if path.is_empty() || path.contains([':', '?']) {
        let words = "The address of a SQLite database is sqlite: and the path of a file.";
        return Err(StoreError::BadUrl(words.to_owned()));
    }
    let mut link = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_millis(options.lock_wait_ms))
        .statement_cache_capacity(SQLITE_TEXT_COUNT)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES);
    if let Some(pages) = options.sqlite_page_limit {
        link = link.pragma("max_page_count", pages.to_string());
    }
    Ok(link.disable_statement_logging())
}

/// Opens the pool that reads.
pub(crate) async fn open_readers(link: &Link, options: &Options) -> Result<Db, StoreError> {
    let patience = Duration::from_millis(options.lock_wait_ms);
    Ok(match link {
        Link::Sqlite(link) => Db::Sqlite(
            SqlitePoolOptions::new()
                .max_connections(options.reader_count)
                .acquire_timeout(patience)
                .test_before_acquire(false)
                .connect_with(link.clone().pragma("query_only", "on"))
                .await?,
        ),
        Link::Postgres(link) => Db::Postgres(
            PgPoolOptions::new()
                .max_connections(options.reader_count)
                .acquire_timeout(patience)
                .connect_with(link.clone())
                .await?,
        ),
    })
}

impl Link {
    /// Opens the connection that writes.
    pub(crate) async fn connect(&self, lock_wait_ms: u64) -> Result<Conn, StoreError> {
        Ok(match self {
            Self::Sqlite(link) => {
                make_private(link.get_filename());
                Conn::Sqlite(SqliteConnection::connect_with(link).await?)
            }
            Self::Postgres(link) => {
                let mut conn = PgConnection::connect_with(link).await?;
                query(POSTGRES_SETTINGS).bind(lock_wait_ms.to_string()).execute(&mut conn).await?;
                Conn::Postgres(conn)
            }
        })
    }

    /// The file of a SQLite database.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite(link) => Some(link.get_filename().to_path_buf()),
            Self::Postgres(_) => None,
        }
    }
}

/// Makes a file that does not exist yet readable by its owner alone; SQLite's files beside it take
/// its rights. Where that fails SQLite will say why it cannot open the file.
#[cfg(unix)]
fn make_private(path: &Path) {
    use std::os::unix::fs::OpenOptionsExt as _;
    let _ = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
}

#[cfg(not(unix))]
fn make_private(_path: &Path) {}

/// Brings the tables to this version.
pub(crate) async fn migrate(conn: &mut Conn) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(conn) => sqlx::migrate!("migrations/sqlite").run(conn).await,
        Conn::Postgres(conn) => sqlx::migrate!("migrations/postgres").run(conn).await,
    }
    .map_err(|error| StoreError::Migration(error.to_string()))
}

impl Conn {
    /// Closes in good order, so that SQLite can fold its log into the file.
    pub(crate) async fn close(self) {
        // What fails here fails on a connection that is given up.
        let _ = on!(self, conn => conn.close().await);
    }
}

/// How a transaction begins that reads everything as of one moment.
pub(crate) fn snapshot(db: &Db) -> &'static str {
    match db {
        Db::Sqlite(_) => "begin",
        Db::Postgres(_) => "begin isolation level repeatable read read only",
    }
}
