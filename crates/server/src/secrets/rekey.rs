//! Encrypting all secrets anew after the key was changed.
//!
//! Each record is replaced by itself, in one statement that changes nothing if somebody else was
//! faster, and records of both keys open until the former one is taken out of the settings. So it may
//! be stopped at any moment, and the next start does what is left.

use super::Vault;
use hookflash_store::network_accounts::NetworkAccountRow;
use hookflash_store::{Store, StoreError};

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rekeyed {
    /// Records that have the key of today in place of the former one.
    pub done_count: usize,
    /// Records that open with neither key; they are left as they are.
    pub lost_count: usize,
}

/// Encrypts every secret of the former key with the key of today.
///
/// # Errors
/// The store is not available. What was done until then is done.
pub async fn rekey(store: &Store, vault: &Vault) -> Result<Rekeyed, StoreError> {
    let mut rekeyed = Rekeyed::default();
    if vault.has_former() {
        rekey_accounts(store, vault, &mut rekeyed).await?;
        rekey_sources(store, vault, &mut rekeyed).await?;
    }
    Ok(rekeyed)
}

async fn rekey_accounts(store: &Store, vault: &Vault, rekeyed: &mut Rekeyed) -> Result<(), StoreError> {
    for row in store.network_accounts().await? {
        if vault.is_current(&row.secret.0, row.user_id, &row.network) {
            continue;
        }
        match sealed_anew(vault, &row) {
            Some(fresh) => {
                let fresh = hookflash_store::Secret(fresh);
                if store.replace_network_secret(row.user_id, &row.network, &row.secret, &fresh).await? {
                    rekeyed.done_count += 1;
                }
            }
            None => {
                rekeyed.lost_count += 1;
                tracing::warn!(user_id = %row.user_id, network = row.network.0, "a stored secret opens with neither key; the agent has to connect again");
            }
        }
    }
    Ok(())
}

async fn rekey_sources(store: &Store, vault: &Vault, rekeyed: &mut Rekeyed) -> Result<(), StoreError> {
    for row in store.people_source_secrets().await? {
        if vault.is_current_of_source(&row.secret.0, row.source_id) {
            continue;
        }
        let opened = vault.open_of_source(&row.secret.0, row.source_id);
        match opened.and_then(|password| vault.seal_of_source(password, row.source_id)) {
            Ok(fresh) => {
                let fresh = hookflash_store::Secret(fresh);
                let done = store.replace_people_source_secret(row.source_id, &row.secret, &fresh).await?;
                rekeyed.done_count += usize::from(done);
            }
            Err(_) => {
                rekeyed.lost_count += 1;
                tracing::warn!(source_id = %row.source_id, "a source's password opens with neither key; it has to be entered again");
            }
        }
    }
    Ok(())
}

fn sealed_anew(vault: &Vault, row: &NetworkAccountRow) -> Option<Vec<u8>> {
    let credential = vault.open_sealed(&row.secret.0, row.user_id, &row.network).ok()?;
    vault.seal(&credential, row.user_id, &row.network).ok()
}
