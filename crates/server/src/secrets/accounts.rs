//! Opens the agents' network accounts for the engine.

use super::{Credential, Secret, Vault};
use crate::engine::AccountSource;
use hookflash_connectors::Account;
use hookflash_domain::{NetworkId, UserId};
use hookflash_store::Store;
use hookflash_store::users::UserRow;
use std::collections::BTreeMap;

/// The accounts that agents have connected, as stored.
#[derive(Debug, Clone)]
pub struct StoredAccounts {
    /// Where they are kept.
    pub store: Store,
    /// What opens their passwords.
    pub vault: Vault,
    /// Networks that are asked for no account, and the domain of everybody's address there.
    pub components: BTreeMap<NetworkId, String>,
}

#[async_trait::async_trait]
impl AccountSource for StoredAccounts {
    async fn account(&self, user: UserId, network: &NetworkId) -> anyhow::Result<Option<Account>> {
        let Some(owner) = self.store.user(user).await? else { return Ok(None) };
        if let Some(domain) = self.components.get(network) {
            return Ok(owner.active.then(|| of_component(owner, domain)));
        }
        let rows = self.store.network_accounts_of(user).await?;
        let Some(row) = rows.into_iter().find(|row| row.network == *network) else { return Ok(None) };
        let credential = self.vault.open_sealed(&row.secret.0, user, network)?;
        Ok(Some(Account {
            id: user.to_string(),
            address: row.sign_in_name,
            sign_in_name: row.user_name,
            display_name: owner.name,
            credential,
            culture: culture(owner.language.as_deref()).to_owned(),
        }))
    }

    async fn renewed(&self, user: UserId, network: &NetworkId, authorisation: Secret) -> anyhow::Result<()> {
        let rows = self.store.network_accounts_of(user).await?;
        let Some(row) = rows.into_iter().find(|row| row.network == *network) else { return Ok(()) };
        let Ok(Credential::Authorisation(_)) = self.vault.open_sealed(&row.secret.0, user, network) else {
            // The agent has connected anew meanwhile, by password.
            return Ok(());
        };
        let fresh = self.vault.seal(&Credential::Authorisation(authorisation), user, network)?;
        let fresh = hookflash_store::Secret(fresh);
        self.store.replace_network_secret(user, network, &row.secret, &fresh).await?;
        Ok(())
    }
}

/// The account of an agent for whom the component speaks: their sign-in name, which nobody else has.
fn of_component(owner: UserRow, domain: &str) -> Account {
    Account {
        id: owner.user_id.to_string(),
        address: format!("{}@{domain}", component_node(&owner.sign_in_name)),
        sign_in_name: None,
        culture: culture(owner.language.as_deref()).to_owned(),
        display_name: owner.name,
        credential: Credential::None,
    }
}

/// The local part of the address that a user has where the component speaks for all.
pub fn component_node(sign_in_name: &str) -> String {
    sign_in_name.to_lowercase().replace('@', ".")
}

fn culture(language: Option<&str>) -> &'static str {
    if language == Some("de") { "de-DE" } else { "en-US" }
}
