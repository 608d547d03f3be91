//! Sources, and their order.

use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::people::following::touch_all;
use crate::tx::Tx;
use crate::users::name_key;
use crate::{By, Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

/// The kind of the one source that is built in: what experts tell of themselves. It is believed least.
pub const EXPERTS: &str = "experts";
/// Its place, behind all others.
const LAST: i64 = 1_000_000;

row! {
    /// Where people are known from.
    pub struct PeopleSourceRow {
        /// Which source.
        pub source_id: Uuid,
        /// The kind's word, such as `csv`.
        pub kind: String,
        /// Its name; no two have the same.
        pub name: String,
        /// Whether its people are found.
        pub active: bool,
        /// Where two sources disagree, the one with the smaller place is believed.
        pub place: i64,
        /// What else is set, as JSON; no secrets.
        pub settings: String,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was changed last.
        pub changed_at: Timestamp,
    }
}

impl Store {
    /// All sources, the one that is believed most first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_sources(&self) -> Result<Vec<PeopleSourceRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// A source.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_source(&self, source_id: Uuid) -> Result<Option<PeopleSourceRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(BY_ID).bind(source_id).fetch_optional(pool).await)?)
    }

    /// The source of a name; case does not count.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_source_named(&self, name: &str) -> Result<Option<PeopleSourceRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(BY_NAME).bind(name_key(name)).fetch_optional(pool).await)?)
    }

    /// Adds a source behind the others, whatever its place says. Gives the number of the event
    /// `people_source_created`.
    ///
    /// # Errors
    /// `TooManySources`, `NameTaken`, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn create_people_source(
        &self,
        source: &PeopleSourceRow,
        limit: i64,
        by: &By,
    ) -> Result<i64, StoreError> {
        source.check()?;
        let mut tx = self.writing.begin().await?;
        let result = create(&mut tx, source, limit, by).await;
        tx.settle(result).await
    }

    /// Adds the source of what experts tell of themselves, where it is not there yet; its name stands for itself and
    /// is taken from nobody.
    ///
    /// # Errors
    /// `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn have_experts_source(&self, source: &PeopleSourceRow, by: &By) -> Result<(), StoreError> {
        source.check()?;
        let mut tx = self.writing.begin().await?;
        let result = have_experts(&mut tx, source, by).await;
        tx.settle(result).await
    }

    /// Replaces name, place, settings, and whether it is active. Gives the number of the event
    /// `people_source_changed`.
    ///
    /// # Errors
    /// `NotFound`, `NameTaken`, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn change_people_source(&self, source: &PeopleSourceRow, by: &By) -> Result<i64, StoreError> {
        source.check()?;
        let mut tx = self.writing.begin().await?;
        let result = change(&mut tx, source, by).await;
        tx.settle(result).await
    }

    /// Removes a source and those of its people who are left. One with many people is switched off and emptied
    /// before, with [`Store::empty_people_source`], so that nobody waits long for the connection that writes. Gives
    /// the number of the event `people_source_removed`.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`, `InDoubt`.
    pub async fn remove_people_source(&self, source_id: Uuid, by: &By) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = remove(&mut tx, source_id, by).await;
        tx.settle(result).await
    }

    /// Removes up to so many people of a source that is switched off; tells how many.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn empty_people_source(&self, source_id: Uuid, most: i64) -> Result<u64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let emptied = on!(tx.conn()?, conn => query(EMPTY).bind(source_id).bind(most).execute(conn).await
            .map(|done| done.rows_affected()));
        tx.settle(emptied.map_err(StoreError::from)).await
    }
}

async fn create(tx: &mut Tx<'_>, source: &PeopleSourceRow, limit: i64, by: &By) -> Result<i64, StoreError> {
    // Numbering events is one node's at a time, so no two count before either adds.
    tx.lock_events().await?;
    let count: i64 = on!(tx.conn()?, conn => query_scalar(COUNT).fetch_one(conn).await)?;
    if count >= limit {
        return Err(StoreError::TooManySources);
    }
    let last: i64 = on!(tx.conn()?, conn => query_scalar(LAST_PLACE).fetch_one(conn).await)?;
    let source = PeopleSourceRow { place: last + 1, ..source.clone() };
    on!(tx.conn()?, conn => source.bind_to(query(ADD)).bind(name_key(&source.name)).execute(conn).await.map(drop))
        .map_err(|error| or_taken(error, &source))?;
    tx.audit("people_source_created", by, about(&source)).await
}

async fn have_experts(tx: &mut Tx<'_>, source: &PeopleSourceRow, by: &By) -> Result<(), StoreError> {
    let source = PeopleSourceRow { kind: EXPERTS.to_owned(), place: LAST, ..source.clone() };
    let name_key = source.source_id.to_string();
    let added = on!(tx.conn()?, conn => source.bind_to(query(HAVE)).bind(name_key).execute(conn).await
        .map(|done| done.rows_affected()))?;
    if added > 0 {
        tx.audit("people_source_created", by, about(&source)).await?;
    }
    Ok(())
}

async fn change(tx: &mut Tx<'_>, source: &PeopleSourceRow, by: &By) -> Result<i64, StoreError> {
    let before: Option<PeopleSourceRow> =
        on!(tx.conn()?, conn => query_as(BY_ID).bind(source.source_id).fetch_optional(conn).await)?;
    let before = before.ok_or(StoreError::NotFound("people source"))?;
    on!(tx.conn()?, conn => query(REPLACE).bind(source.source_id).bind(&source.name).bind(key_of(source))
        .bind(source.active).bind(source.place).bind(&source.settings).bind(source.changed_at.0)
        .execute(conn).await.map(drop))
    .map_err(|error| or_taken(error, source))?;
    if (before.active, before.place) != (source.active, source.place) {
        touch_all(tx).await?;
    }
    tx.audit("people_source_changed", by, about(source)).await
}

async fn remove(tx: &mut Tx<'_>, source_id: Uuid, by: &By) -> Result<i64, StoreError> {
    let source: Option<PeopleSourceRow> =
        on!(tx.conn()?, conn => query_as(BY_ID).bind(source_id).fetch_optional(conn).await)?;
    let source = source.ok_or(StoreError::NotFound("people source"))?;
    on!(tx.conn()?, conn => query(DROP).bind(source_id).execute(conn).await.map(drop))?;
    touch_all(tx).await?;
    tx.audit("people_source_removed", by, about(&source)).await
}

/// By what names are compared.
fn key_of(source: &PeopleSourceRow) -> String {
    if source.kind == EXPERTS { source.source_id.to_string() } else { name_key(&source.name) }
}

fn or_taken(error: sqlx::Error, source: &PeopleSourceRow) -> StoreError {
    if is_taken(&error) { StoreError::NameTaken(source.name.clone()) } else { error.into() }
}

/// What the audit events of a source are about.
fn about(source: &PeopleSourceRow) -> String {
    format!(r#"{{"source_id":"{}","active":{}}}"#, source.source_id, source.active)
}

sql! {
    ALL = "select source_id, kind, name, active, place, settings, created_at, changed_at from people_source \
        order by place, name_key limit 1000";
    BY_ID = "select source_id, kind, name, active, place, settings, created_at, changed_at from people_source \
        where source_id = $1";
    BY_NAME = "select source_id, kind, name, active, place, settings, created_at, changed_at from people_source \
        where name_key = $1";
    COUNT = "select count(*) from people_source where kind <> 'experts'";
    LAST_PLACE = "select coalesce(max(place), 0) from people_source where kind <> 'experts'";
    ADD = "insert into people_source (source_id, kind, name, active, place, settings, created_at, changed_at, \
        name_key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    HAVE = "insert into people_source (source_id, kind, name, active, place, settings, created_at, changed_at, \
        name_key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing";
    REPLACE = "update people_source set name = $2, name_key = $3, active = $4, place = $5, settings = $6, \
        changed_at = $7 where source_id = $1";
    DROP = "delete from people_source where source_id = $1";
    EMPTY = "delete from person where source_id = $1 and source_key in (select p.source_key from person p \
        join people_source s on s.source_id = p.source_id and not s.active where p.source_id = $1 limit $2)";
}
