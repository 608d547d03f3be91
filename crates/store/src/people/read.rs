//! Reading people.

use super::{PersonRow, places};
use crate::{Store, StoreError};
use sqlx::{AssertSqlSafe, query_as, query_scalar};
use uuid::Uuid;

joined! {
    /// What a source tells of a person, and the place of the source.
    pub struct PlacedPerson {
        /// What it tells.
        pub row: PersonRow,
        /// The smaller, the more it is believed.
        pub place: i64,
    }
}

row! {
    /// That a source has told of a person before.
    pub struct KnownPerson {
        /// What it calls the person.
        pub source_key: String,
        /// The person, whatever source tells of them.
        pub entry_id: Uuid,
        /// Of what it has told.
        pub fingerprint: Vec<u8>,
    }
}

impl Store {
    /// Of whom a source has told, by key, from behind `after` on.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn known_people(
        &self,
        source_id: Uuid,
        after: &str,
        limit: i64,
    ) -> Result<Vec<KnownPerson>, StoreError> {
        Ok(
            on!(&self.db, pool => query_as(KNOWN).bind(source_id).bind(after).bind(limit).fetch_all(pool).await)?,
        )
    }

    /// One person of whom a source has told.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn person_of_source(
        &self,
        source_id: Uuid,
        source_key: &str,
    ) -> Result<Option<PersonRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ONE).bind(source_id).bind(source_key).fetch_optional(pool).await)?)
    }

    /// How many people a source tells of.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_people_of_source(&self, source_id: Uuid) -> Result<i64, StoreError> {
        Ok(on!(&self.db, pool => query_scalar(COUNT).bind(source_id).fetch_one(pool).await)?)
    }

    /// What active sources tell of up to 1,000 entries, by entry; of an entry what is believed most first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_of_entries(&self, entries: &[Uuid]) -> Result<Vec<PlacedPerson>, StoreError> {
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let sql = places(OF_ENTRIES, entries.len());
        Ok(on!(&self.db, pool => {
            let mut asked = query_as(AssertSqlSafe(sql));
            for entry in entries {
                asked = asked.bind(entry);
            }
            asked.fetch_all(pool).await
        })?)
    }

    /// What active sources tell of everybody, in the same order, from behind an entry on. The last entry may be cut
    /// off at the limit.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_after(&self, entry: Uuid, limit: i64) -> Result<Vec<PlacedPerson>, StoreError> {
        Ok(on!(&self.db, pool => query_as(AFTER).bind(entry).bind(limit).fetch_all(pool).await)?)
    }
}

sql! {
    KNOWN = "select source_key, entry_id, fingerprint from person where source_id = $1 and source_key > $2 \
        order by source_key limit $3";
    ONE = "select source_id, source_key, entry_id, given, family, display, company, department, title, location, \
        email, phones, skills, networks, fingerprint, denied_skills from person \
        where source_id = $1 and source_key = $2";
    COUNT = "select count(*) from person where source_id = $1";
    OF_ENTRIES = "select p.source_id, p.source_key, p.entry_id, p.given, p.family, p.display, p.company, \
        p.department, p.title, p.location, p.email, p.phones, p.skills, p.networks, p.fingerprint, \
        p.denied_skills, s.place \
        from person p join people_source s on s.source_id = p.source_id and s.active where p.entry_id in ($1) \
        order by p.entry_id, s.place, s.source_id, p.source_key";
    AFTER = "select p.source_id, p.source_key, p.entry_id, p.given, p.family, p.display, p.company, \
        p.department, p.title, p.location, p.email, p.phones, p.skills, p.networks, p.fingerprint, \
        p.denied_skills, s.place \
        from person p join people_source s on s.source_id = p.source_id and s.active where p.entry_id > $1 \
        order by p.entry_id, s.place, s.source_id, p.source_key limit $2";
}
