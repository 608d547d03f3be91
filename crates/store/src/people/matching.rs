//! Who else might be the same person.

use super::{PersonRow, address_key, places};
use crate::{Store, StoreError};
use hookflash_domain::NetworkId;
use sqlx::{AssertSqlSafe, query_as, query_scalar};
use std::collections::HashSet;
use uuid::Uuid;

/// Most addresses of one question.
pub const MAX_SOUGHT: usize = 2_000;

row! {
    /// Whose an address on a network is.
    struct AddressRow {
        network: String,
        address_key: String,
        entry_id: Uuid,
        source_id: Uuid,
    }
}

/// An address on a network, in small letters, whose it is, and the source that says so.
pub type OwnedAddress = (NetworkId, String, Uuid, Uuid);

impl Store {
    /// Rows with one of these e-mail addresses, of up to [`MAX_SOUGHT`]; case does not count.
    ///
    /// # Errors
    /// `TooLong`, `Unavailable`.
    pub async fn people_with_emails(&self, emails: &[&str]) -> Result<Vec<PersonRow>, StoreError> {
        bounded(emails.len())?;
        if emails.is_empty() {
            return Ok(Vec::new());
        }
        let sql = places(BY_EMAIL, emails.len());
        Ok(on!(&self.db, pool => {
            let mut asked = query_as(AssertSqlSafe(sql));
            for email in emails {
                asked = asked.bind(address_key(email));
            }
            asked.fetch_all(pool).await
        })?)
    }

    /// Whose these addresses on networks are, of up to [`MAX_SOUGHT`]; case does not count.
    ///
    /// # Errors
    /// `TooLong`, `Unavailable`.
    pub async fn people_at_addresses(
        &self,
        addresses: &[(&NetworkId, &str)],
    ) -> Result<Vec<OwnedAddress>, StoreError> {
        bounded(addresses.len())?;
        if addresses.is_empty() {
            return Ok(Vec::new());
        }
        let sql = places(BY_ADDRESS, addresses.len());
        let found: Vec<AddressRow> = on!(&self.db, pool => {
            let mut asked = query_as(AssertSqlSafe(sql));
            for (_, address) in addresses {
                asked = asked.bind(address_key(address));
            }
            asked.fetch_all(pool).await
        })?;
        let asked: HashSet<_> =
            addresses.iter().map(|(network, address)| (network.0.as_str(), address_key(address))).collect();
        let is_asked = |row: &AddressRow| asked.contains(&(row.network.as_str(), row.address_key.clone()));
        let owned = found.into_iter().filter(is_asked);
        let owned = owned.map(|row| (NetworkId(row.network), row.address_key, row.entry_id, row.source_id));
        Ok(owned.collect())
    }

    /// How many rows an entry has.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn rows_of_entry(&self, entry_id: Uuid) -> Result<i64, StoreError> {
        Ok(on!(&self.db, pool => query_scalar(ROWS_OF).bind(entry_id).fetch_one(pool).await)?)
    }
}

fn bounded(count: usize) -> Result<(), StoreError> {
    if count > MAX_SOUGHT { Err(StoreError::TooLong("the list of addresses")) } else { Ok(()) }
}

sql! {
    BY_EMAIL = "select source_id, source_key, entry_id, given, family, display, company, department, title, \
        location, email, phones, skills, networks, fingerprint, denied_skills from person where email_key in ($1) \
        order by source_id, source_key";
    BY_ADDRESS = "select a.network, a.address_key, p.entry_id, p.source_id from person_address a \
        join person p on p.source_id = a.source_id and p.source_key = a.source_key where a.address_key in ($1) \
        order by p.source_id, p.source_key";
    ROWS_OF = "select count(*) from person where entry_id = $1";
}
