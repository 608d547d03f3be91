//! A new skill or language.

use super::{AbilityRow, MAX_ABILITIES, about};
use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::tx::Tx;
use crate::users::name_key;
use crate::{By, Store, StoreError};
use sqlx::{query, query_scalar};

impl Store {
    /// Adds a skill or language. Gives the number of the event `ability_created`.
    ///
    /// # Errors
    /// `NameTaken` for a name or tag, `TooLong` beyond [`MAX_ABILITIES`], `NulCharacter`, `Unavailable`, `InDoubt`.
    pub async fn create_ability(&self, ability: &AbilityRow, by: &By) -> Result<i64, StoreError> {
        ability.check()?;
        let mut tx = self.writing.begin().await?;
        let result = create(&mut tx, ability, by).await;
        tx.settle(result).await
    }
}

async fn create(tx: &mut Tx<'_>, row: &AbilityRow, by: &By) -> Result<i64, StoreError> {
    let count: i64 = on!(tx.conn()?, conn => query_scalar(COUNT).fetch_one(conn).await)?;
    if count >= MAX_ABILITIES {
        return Err(StoreError::TooLong("the list of skills and languages"));
    }
    tag_is_free(tx, row).await?;
    on!(tx.conn()?, conn => row.bind_to(query(ADD)).bind(name_key(&row.name)).execute(conn).await.map(drop))
        .map_err(|error| or_taken(error, &row.name))?;
    tx.audit("ability_created", by, about(row.ability_id)).await
}

/// # Errors
/// `NameTaken` where another language has the tag.
pub(super) async fn tag_is_free(tx: &mut Tx<'_>, row: &AbilityRow) -> Result<(), StoreError> {
    let Some(tag) = &row.tag else { return Ok(()) };
    let taken: i64 =
        on!(tx.conn()?, conn => query_scalar(WITH_TAG).bind(tag).bind(row.ability_id).fetch_one(conn).await)?;
    if taken == 0 { Ok(()) } else { Err(StoreError::NameTaken(tag.clone())) }
}

pub(super) fn or_taken(error: sqlx::Error, name: &str) -> StoreError {
    if is_taken(&error) { StoreError::NameTaken(name.to_owned()) } else { error.into() }
}

sql! {
    COUNT = "select count(*) from ability";
    WITH_TAG = "select count(*) from ability where tag = $1 and ability_id <> $2";
    ADD = "insert into ability (ability_id, kind, name, tag, active, name_key) values ($1, $2, $3, $4, $5, $6)";
}
