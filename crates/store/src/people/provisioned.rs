//! Users of sources that provision, as they told of them. A user and the person that is made of them are written
//! in one transaction.

use super::PersonChange;
use super::changes::{check, write};
use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::users::name_key;
use crate::{Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

row! {
    /// What a source that provisions has told of a user.
    pub struct ProvisionedRow {
        /// Our id for them.
        pub provisioned_id: Uuid,
        /// Which source.
        pub source_id: Uuid,
        /// Their name there; no two of a source have the same.
        pub user_name: String,
        /// What the source calls them.
        pub external_id: Option<String>,
        /// Whether they are there.
        pub active: bool,
        /// All that is kept, as JSON.
        pub resource: String,
        /// Counts the changes, from 1.
        pub revision: i64,
        /// When they were first told of.
        pub created_at: Timestamp,
        /// When they were changed last.
        pub changed_at: Timestamp,
    }
}

/// Whom of a source to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provisioned<'a> {
    /// Everybody.
    All,
    /// The one of our id.
    Id(Uuid),
    /// The one of this name; case does not count.
    UserName(&'a str),
    /// Those whom the source calls so.
    ExternalId(&'a str),
}

impl Store {
    /// Users of a source from the `skip`th on, up to so many, and how many there are in all.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn provisioned(
        &self,
        source_id: Uuid,
        whom: Provisioned<'_>,
        skip: i64,
        most: i64,
    ) -> Result<(Vec<ProvisionedRow>, i64), StoreError> {
        match whom {
            Provisioned::All => {
                let found = on!(&self.db, pool => query_as(ALL).bind(source_id).bind(most).bind(skip)
                    .fetch_all(pool).await)?;
                let count = on!(&self.db, pool => query_scalar(COUNT).bind(source_id).fetch_one(pool).await)?;
                Ok((found, count))
            }
            Provisioned::ExternalId(id) => {
                let found = on!(&self.db, pool => query_as(BY_EXTERNAL_ID).bind(source_id).bind(most)
                    .bind(skip).bind(id).fetch_all(pool).await)?;
                let count = on!(&self.db, pool => query_scalar(COUNT_EXTERNAL_ID).bind(source_id)
                    .bind(id).fetch_one(pool).await)?;
                Ok((found, count))
            }
            Provisioned::Id(id) => {
                let one = on!(&self.db, pool => query_as(BY_ID).bind(source_id).bind(id)
                    .fetch_all(pool).await)?;
                Ok(page_of(one, skip, most))
            }
            Provisioned::UserName(name) => {
                let one = on!(&self.db, pool => query_as(BY_NAME).bind(source_id).bind(name_key(name))
                    .fetch_all(pool).await)?;
                Ok(page_of(one, skip, most))
            }
        }
    }

    /// Adds a user with the person that is made of them.
    ///
    /// # Errors
    /// `NameTaken`, `NotFound` for the source, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn add_provisioned(
        &self,
        user: &ProvisionedRow,
        person: Option<PersonChange>,
    ) -> Result<(), StoreError> {
        user.check()?;
        check(person.as_slice())?;
        let mut tx = self.writing.begin().await?;
        let result = add(&mut tx, user, person).await;
        tx.settle(result).await
    }

    /// Replaces a user with the person that is made of them, where nobody has changed them since: the row's
    /// revision is one more than the stored one. False where somebody has, or they are gone.
    ///
    /// # Errors
    /// `NameTaken`, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn replace_provisioned(
        &self,
        user: &ProvisionedRow,
        person: Option<PersonChange>,
    ) -> Result<bool, StoreError> {
        user.check()?;
        check(person.as_slice())?;
        let mut tx = self.writing.begin().await?;
        let result = replace(&mut tx, user, person).await;
        tx.settle(result).await
    }

    /// Removes a user and the person that was made of them. False where they are gone.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn remove_provisioned(
        &self,
        source_id: Uuid,
        provisioned_id: Uuid,
        person: Option<PersonChange>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = remove(&mut tx, source_id, provisioned_id, person).await;
        tx.settle(result).await
    }
}

/// Of one or none, who is on the page that was asked for; and how many there are.
fn page_of(one: Vec<ProvisionedRow>, skip: i64, most: i64) -> (Vec<ProvisionedRow>, i64) {
    let count = i64::try_from(one.len()).unwrap_or(i64::MAX);
    let is_shown = skip == 0 && most > 0;
    (if is_shown { one } else { Vec::new() }, count)
}

async fn add(tx: &mut Tx<'_>, user: &ProvisionedRow, person: Option<PersonChange>) -> Result<(), StoreError> {
    on!(tx.conn()?, conn => user.bind_to(query(ADD)).bind(name_key(&user.user_name)).execute(conn).await.map(drop))
        .map_err(|error| or_taken(error, user))?;
    write_person(tx, person).await
}

async fn replace(
    tx: &mut Tx<'_>,
    user: &ProvisionedRow,
    person: Option<PersonChange>,
) -> Result<bool, StoreError> {
    let done = on!(tx.conn()?, conn => user.bind_to(query(REPLACE)).bind(name_key(&user.user_name))
        .execute(conn).await.map(|done| done.rows_affected() > 0));
    let done = done.map_err(|error| or_taken(error, user))?;
    if done {
        write_person(tx, person).await?;
    }
    Ok(done)
}

async fn remove(
    tx: &mut Tx<'_>,
    source_id: Uuid,
    provisioned_id: Uuid,
    person: Option<PersonChange>,
) -> Result<bool, StoreError> {
    let done = on!(tx.conn()?, conn => query(DROP).bind(source_id).bind(provisioned_id)
        .execute(conn).await.map(|done| done.rows_affected() > 0))?;
    write_person(tx, person).await?;
    Ok(done)
}

async fn write_person(tx: &mut Tx<'_>, person: Option<PersonChange>) -> Result<(), StoreError> {
    match person {
        Some(change) => write(tx, &[change]).await.map(drop),
        None => Ok(()),
    }
}

fn or_taken(error: sqlx::Error, user: &ProvisionedRow) -> StoreError {
    if is_taken(&error) {
        StoreError::NameTaken(user.user_name.clone())
    } else {
        or_unknown(error, "people source")
    }
}

sql! {
    ALL = "select provisioned_id, source_id, user_name, external_id, active, resource, revision, created_at, \
        changed_at from provisioned_user where source_id = $1 order by provisioned_id limit $2 offset $3";
    BY_ID = "select provisioned_id, source_id, user_name, external_id, active, resource, revision, created_at, \
        changed_at from provisioned_user where source_id = $1 and provisioned_id = $2";
    BY_NAME = "select provisioned_id, source_id, user_name, external_id, active, resource, revision, created_at, \
        changed_at from provisioned_user where source_id = $1 and user_name_key = $2";
    BY_EXTERNAL_ID = "select provisioned_id, source_id, user_name, external_id, active, resource, revision, \
        created_at, changed_at from provisioned_user where source_id = $1 and external_id = $4 \
        order by provisioned_id limit $2 offset $3";
    COUNT = "select count(*) from provisioned_user where source_id = $1";
    COUNT_EXTERNAL_ID = "select count(*) from provisioned_user where source_id = $1 and external_id = $2";
    ADD = "insert into provisioned_user (provisioned_id, source_id, user_name, external_id, active, resource, \
        revision, created_at, changed_at, user_name_key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    REPLACE = "update provisioned_user set user_name = $3, external_id = $4, active = $5, resource = $6, \
        revision = $7, created_at = $8, changed_at = $9, user_name_key = $10 \
        where provisioned_id = $1 and source_id = $2 and revision = $7 - 1";
    DROP = "delete from provisioned_user where source_id = $1 and provisioned_id = $2";
}
