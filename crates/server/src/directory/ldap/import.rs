//! Imports of LDAP directories, each in a task of its own.

use super::mapping::told_of;
use super::settings::LdapSettings;
use crate::directory::{Addresses, Import, NotBegun, People, Refusal, RefusalReason, SourceRecord, Told};
use crate::secrets::Vault;
use hookflash_ldap::{Config, Page, ReadError, Reading};
use hookflash_store::people::{PeopleImportRow, PeopleSourceRow};
use hookflash_store::{Store, StoreError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Begins imports, and waits for them when the server stops; clones are the same.
#[derive(Clone)]
pub struct LdapImports {
    store: Store,
    vault: Vault,
    people: People,
    addresses: Addresses,
    tasks: TaskTracker,
    stop: CancellationToken,
}

/// Why an import does not start.
#[derive(Debug, thiserror::Error)]
pub enum NotStarted {
    /// Another import of the source is running.
    #[error("an import of this source is running")]
    Running,
    /// The password cannot be opened, or the settings cannot be read.
    #[error("{0}")]
    Settings(String),
    /// The store is not available.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<NotBegun> for NotStarted {
    fn from(error: NotBegun) -> Self {
        match error {
            NotBegun::Running => Self::Running,
            NotBegun::Store(error) => Self::Store(error),
        }
    }
}

impl LdapImports {
    /// Imports into this store.
    #[must_use]
    pub fn new(store: Store, vault: Vault, people: People, addresses: Addresses) -> Self {
        Self { store, vault, people, addresses, tasks: TaskTracker::new(), stop: CancellationToken::new() }
    }

    /// Starts an import and tells that it has begun; it goes on by itself.
    ///
    /// # Errors
    /// `Running`; `Settings`; `Store`.
    pub async fn start(
        &self,
        source: &PeopleSourceRow,
        by_name: &str,
    ) -> Result<PeopleImportRow, NotStarted> {
        let (settings, config) = self.config_of(source).await?;
        let import = Import::begin(&self.store, source.source_id, true, by_name).await?;
        let row = import.row().clone();
        let source_id = row.source_id;
        let (stop, people, addresses) = (self.stop.clone(), self.people.clone(), self.addresses.clone());
        self.tasks.spawn(async move {
            if let Err(error) = run(import, (&settings, &addresses), config, stop).await {
                tracing::warn!(%source_id, %error, "an import from LDAP could not be written");
            }
            people.changed();
        });
        Ok(row)
    }

    /// What is set for a source, with its password.
    ///
    /// # Errors
    /// `Settings`; `Store`.
    async fn config_of(&self, source: &PeopleSourceRow) -> Result<(LdapSettings, Config), NotStarted> {
        let settings: LdapSettings = serde_json::from_str(&source.settings)
            .map_err(|error| NotStarted::Settings(error.to_string()))?;
        let password = self.password_of(source.source_id).await?;
        let config = settings.config(password);
        Ok((settings, config))
    }

    /// The kept password of a source, opened.
    ///
    /// # Errors
    /// `Settings`; `Store`.
    pub async fn password_of(&self, source_id: Uuid) -> Result<Option<String>, NotStarted> {
        let Some(row) = self.store.people_source_secret(source_id).await? else { return Ok(None) };
        let opened = self.vault.open_of_source(&row.secret.0, source_id);
        let opened = opened.map_err(|error| NotStarted::Settings(error.to_string()))?;
        Ok(Some(opened.expose().to_owned()))
    }

    /// Ends what is running, without removing anybody, and waits for it.
    pub async fn stop(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }
}

async fn run(
    mut import: Import,
    how: (&LdapSettings, &Addresses),
    config: Config,
    stop: CancellationToken,
) -> Result<(), StoreError> {
    let id = import.row().import_id;
    let told = tokio::select! {
        told = tell(&mut import, how, config) => told,
        () = stop.cancelled() => Err(Trouble::Stopped),
    };
    let row = match told {
        Ok(()) => import.finish().await?,
        Err(Trouble::Read(error)) => {
            tracing::warn!(import_id = %id, %error, "an import from LDAP has failed");
            import.fail(&trouble_code(&error), &error.to_string()).await?
        }
        Err(Trouble::Stopped) => {
            import.fail("server_stopped", "The server was stopped. Nobody was removed.").await?
        }
        Err(Trouble::Store(error)) => {
            // The store may be back for this one.
            let _ = import.fail("not_available", "The database did not take it. Nobody was removed.").await;
            return Err(error);
        }
    };
    let (added, changed, removed) = (row.added_count, row.changed_count, row.removed_count);
    tracing::info!(import_id = %id, state = row.state, added, changed, removed, "an import from LDAP has ended");
    Ok(())
}

/// The stable word for what ended a reading.
#[must_use]
pub fn trouble_code(error: &ReadError) -> String {
    format!("ldap_{}", error.code())
}

enum Trouble {
    Read(ReadError),
    Store(StoreError),
    Stopped,
}

async fn tell(
    import: &mut Import,
    (settings, addresses): (&LdapSettings, &Addresses),
    config: Config,
) -> Result<(), Trouble> {
    let (mut reading, mut referral_count) = (Reading::begin(config), 0);
    while let Some(page) = reading.next().await.map_err(Trouble::Read)? {
        referral_count += page.referral_count;
        let told =
            page.entries.iter().filter_map(|entry| told_of(entry, &settings.attributes, addresses)).collect();
        import.add(told).await.map_err(Trouble::Store)?;
    }
    if referral_count > 0 {
        import.add(vec![elsewhere(referral_count)]).await.map_err(Trouble::Store)?;
    }
    Ok(())
}

/// Parts of the directory that other servers hold.
fn elsewhere(count: usize) -> Told {
    let words =
        format!("{count} referrals to other servers were not followed; enter those servers as sources");
    Told::Refused(Refusal {
        place: "referrals".to_owned(),
        key: None,
        reason: RefusalReason::Unreadable(words),
    })
}

/// What the first page of a directory gives, without writing anything.
///
/// # Errors
/// What is wrong with the settings.
pub async fn try_out(
    settings: &LdapSettings,
    addresses: &Addresses,
    config: Config,
) -> Result<(Vec<SourceRecord>, usize), ReadError> {
    let Page { entries, .. } = hookflash_ldap::check(config).await?;
    let told = entries.iter().filter_map(|entry| told_of(entry, &settings.attributes, addresses));
    let people = told.filter_map(|told| match told {
        Told::Person { record, .. } => Some(*record),
        _ => None,
    });
    Ok((people.collect(), entries.len()))
}
