//! A skill or language is named anew or switched off.

use super::create::{or_taken, tag_is_free};
use super::{AbilityRow, about};
use crate::column::BindTo as _;
use crate::tx::Tx;
use crate::users::name_key;
use crate::{By, Store, StoreError};
use sqlx::{query, query_as};
use uuid::Uuid;

/// What to change of a skill or language; an absent field stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AbilityChange {
    /// Its name.
    pub name: Option<String>,
    /// A language's tag.
    pub tag: Option<String>,
    /// Whether it can be given to agents and asked for.
    pub active: Option<bool>,
}

impl Store {
    /// Changes a skill or language. Gives the number of the event `ability_changed`.
    ///
    /// # Errors
    /// `NotFound`, `NameTaken` for a name or tag, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn change_ability(&self, id: Uuid, change: AbilityChange, by: &By) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = self::change(&mut tx, id, change, by).await;
        tx.settle(result).await
    }
}

async fn change(tx: &mut Tx<'_>, id: Uuid, change: AbilityChange, by: &By) -> Result<i64, StoreError> {
    let found: Option<AbilityRow> =
        on!(tx.conn()?, conn => query_as(BY_ID).bind(id).fetch_optional(conn).await)?;
    let row = found.ok_or(StoreError::NotFound("ability"))?;
    let row = AbilityRow {
        name: change.name.unwrap_or(row.name),
        tag: change.tag.or(row.tag),
        active: change.active.unwrap_or(row.active),
        ..row
    };
    row.check()?;
    tag_is_free(tx, &row).await?;
    on!(tx.conn()?, conn => row.bind_to(query(REPLACE)).bind(name_key(&row.name)).execute(conn).await.map(drop))
        .map_err(|error| or_taken(error, &row.name))?;
    tx.audit("ability_changed", by, about(id)).await
}

sql! {
    BY_ID = "select ability_id, kind, name, tag, active from ability where ability_id = $1";
    REPLACE = "update ability set kind = $2, name = $3, tag = $4, active = $5, name_key = $6 where ability_id = $1";
}
