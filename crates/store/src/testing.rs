//! Temporary databases for tests (feature `testing`). They panic with words where they cannot be
//! made, since that fails the test.

#[cfg(unix)]
mod postgres;

#[cfg(unix)]
pub use postgres::Cluster;

use crate::{Options, Store};
use std::sync::Arc;
use tempfile::TempDir;

/// An empty database of its own for one test; gone when dropped.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    _keep: Keep,
}

/// What must live as long as the database.
#[derive(Debug)]
#[allow(dead_code, reason = "kept for its drop")]
enum Keep {
    Folder(TempDir),
    #[cfg(unix)]
    Cluster(Arc<Cluster>),
}

impl TestDatabase {
    /// A SQLite file in a temporary folder.
    ///
    /// # Panics
    /// When the folder cannot be made.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = TempDir::with_prefix("hookflash-").expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("hookflash.db").display());
        Self { url, _keep: Keep::Folder(folder) }
    }

    /// A database on the PostgreSQL server that this process's tests share.
    ///
    /// # Panics
    /// When PostgreSQL is not installed, or does not start; with words on what to do.
    #[cfg(unix)]
    pub async fn postgres() -> Self {
        let cluster = Cluster::shared().await;
        let url = cluster.create_database().await;
        Self { url, _keep: Keep::Cluster(cluster) }
    }

    /// The address for [`Store::open`].
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens a store on it.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn store(&self) -> Store {
        Store::open(&self.url, Options::default()).await.expect("a store on a fresh database")
    }
}

/// Every statement of the store, by name.
#[must_use]
pub fn statements() -> Vec<(String, &'static str)> {
    let rooms: [(&str, &[(&str, &'static str)]); 25] = [
        ("agent_choices", crate::agent_choices::STATEMENTS),
        ("attached_keys", crate::attached_keys::STATEMENTS),
        ("commands", crate::commands::STATEMENTS),
        ("consults", crate::consults::STATEMENTS),
        ("dispositions", crate::dispositions::STATEMENTS),
        ("events", crate::events::STATEMENTS),
        ("figures::by_code", crate::figures::CODE_STATEMENTS),
        ("figures::invitations", crate::figures::INVITATION_STATEMENTS),
        ("figures::read", crate::figures::READ_STATEMENTS),
        ("figures::rows", crate::figures::STATEMENTS),
        ("helped", crate::helped::STATEMENTS),
        ("interactions", crate::interactions::STATEMENTS),
        ("known", crate::known::STATEMENTS),
        ("licences", crate::licences::STATEMENTS),
        ("live", crate::live::STATEMENTS),
        ("members", crate::members::STATEMENTS),
        ("messages", crate::messages::STATEMENTS),
        ("network_accounts", crate::network_accounts::STATEMENTS),
        ("open", crate::open::STATEMENTS),
        ("outbox", crate::outbox::STATEMENTS),
        ("queues", crate::queues::STATEMENTS),
        ("sessions", crate::sessions::STATEMENTS),
        ("today", crate::today::STATEMENTS),
        ("tx", crate::tx::STATEMENTS),
        ("users", crate::users::STATEMENTS),
    ];
    let named = |(room, list): (&str, &[(&str, &'static str)])| {
        list.iter().map(|(name, sql)| (format!("{room}::{name}"), *sql)).collect::<Vec<_>>()
    };
    let reports = crate::report_runs::STATEMENTS.into_iter().chain(crate::report_schedules::STATEMENTS);
    let reports = reports.chain(crate::report_mails::STATEMENTS).chain(crate::abilities::STATEMENTS);
    let one = [("thresholds", crate::thresholds::STATEMENTS), ("writer", crate::writer::STATEMENTS)];
    let more = reports.chain(crate::saved_views::STATEMENTS).chain(crate::people::STATEMENTS);
    let more = more.chain(crate::expert_groups::STATEMENTS).chain(one);
    let written = rooms.into_iter().chain(more).flat_map(named);
    written.chain(crate::figures::made_statements()).collect()
}
