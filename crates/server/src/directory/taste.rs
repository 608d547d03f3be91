//! What of an agent counts for the order in which people are found.

use super::addresses::Addresses;
use hookflash_directory::index::{EntryId, Search};
use hookflash_domain::consult::{Consult, Side};
use hookflash_domain::{NetworkId, PersonId, UserId};
use hookflash_store::{Store, StoreError};
use std::collections::HashMap;

/// Consults that are looked at for whom the agent asked.
const CONSULTS: u32 = 50;

/// What counts for an agent's searches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taste {
    /// Whom the agent asked, the latest first.
    pub recent: Vec<EntryId>,
    /// The agent's own company, where the agent is in the directory.
    pub company: Option<String>,
}

impl Taste {
    /// What counts for an agent now.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn of(store: &Store, user: UserId, addresses: &Addresses) -> Result<Self, StoreError> {
        let asked = asked(store, user).await?;
        let entries = entries_of(store, &asked).await?;
        let mut recent: Vec<EntryId> = Vec::new();
        for entry in asked.iter().filter_map(|person| entries.get(&key(person))) {
            if !recent.contains(entry) && recent.len() < Search::MAX_RECENT {
                recent.push(*entry);
            }
        }
        Ok(Self { recent, company: company(store, user, addresses).await? })
    }
}

/// Whom the agent asked, the latest first.
async fn asked(store: &Store, user: UserId) -> Result<Vec<PersonId>, StoreError> {
    let consults = store.consults_of_agent(user, None, CONSULTS).await?;
    let consults = consults.into_iter().filter_map(|row| serde_json::from_str::<Consult>(&row.body).ok());
    let people = consults.flat_map(|consult| {
        let own = consult.invitations.into_iter().rev().filter(|one| one.by == Side::Agent);
        own.map(|one| one.expert.id).collect::<Vec<_>>()
    });
    Ok(people.take(4 * Search::MAX_RECENT).collect())
}

async fn company(store: &Store, user: UserId, addresses: &Addresses) -> Result<Option<String>, StoreError> {
    let accounts = store.network_accounts_of(user).await?.into_iter();
    let own: Vec<_> = accounts
        .map(|account| PersonId {
            address: addresses.normal(&account.network, &account.sign_in_name),
            network: account.network,
        })
        .collect();
    let Some(entry) = entries_of(store, &own).await?.into_values().next() else { return Ok(None) };
    let rows = store.people_of_entries(&[entry.0]).await?;
    Ok(rows.into_iter().find_map(|placed| placed.row.company))
}

async fn entries_of(
    store: &Store,
    people: &[PersonId],
) -> Result<HashMap<(NetworkId, String), EntryId>, StoreError> {
    let asked: Vec<_> = people.iter().map(|one| (&one.network, one.address.as_str())).collect();
    let owned = store.people_at_addresses(&asked).await?;
    Ok(owned.into_iter().map(|(network, address, entry, _)| ((network, address), EntryId(entry))).collect())
}

fn key(person: &PersonId) -> (NetworkId, String) {
    (person.network.clone(), person.address.to_lowercase())
}
