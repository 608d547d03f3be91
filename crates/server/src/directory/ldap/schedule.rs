//! Imports that are due.

use super::{KIND, LdapImports, LdapSettings, NotStarted};
use hookflash_domain::Timestamp;
use hookflash_store::StoreError;
use hookflash_store::people::{PeopleImportRow, PeopleSourceRow};
use std::collections::HashMap;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often it is looked whether an import is due.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// Who is said to have asked for an import that was due.
const BY: &str = "schedule";

impl LdapImports {
    /// Starts what is due, until `stop`; ends what is running then.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            if let Err(error) = self.start_due(crate::clock::now()).await {
                tracing::warn!(%error, "sources of people cannot be looked at for the moment");
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = stop.cancelled() => break,
            }
        }
        self.stop().await;
    }

    /// Starts the import of each source whose last one began too long ago.
    pub(super) async fn start_due(&self, now: Timestamp) -> Result<(), StoreError> {
        let sources = self.store().people_sources().await?;
        let sources: Vec<_> =
            sources.into_iter().filter(|source| source.active && source.kind == KIND).collect();
        if sources.is_empty() {
            return Ok(());
        }
        let last = self.store().last_people_imports().await?;
        let last: HashMap<Uuid, PeopleImportRow> = last.into_iter().map(|row| (row.source_id, row)).collect();
        for source in sources.iter().filter(|source| is_due(source, last.get(&source.source_id), now)) {
            match self.start(source, BY).await {
                Ok(_) | Err(NotStarted::Running) => {}
                Err(error) => {
                    tracing::warn!(source_id = %source.source_id, %error, "an import from LDAP does not start");
                }
            }
        }
        Ok(())
    }
}

fn is_due(source: &PeopleSourceRow, last: Option<&PeopleImportRow>, now: Timestamp) -> bool {
    let settings = serde_json::from_str::<LdapSettings>(&source.settings).ok();
    let Some(minutes) = settings.and_then(|settings| settings.every_minutes) else { return false };
    last.is_none_or(|last| now.since_ms(last.began_at) >= i64::from(minutes) * 60_000)
}
