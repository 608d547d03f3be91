//! What agents can do, and how well.

use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use hookflash_domain::UserId;
use hookflash_domain::routing::Proficiency;
use sqlx::{query, query_as};
use uuid::Uuid;

row! {
    /// A skill or language that a user has.
    pub struct UserAbilityRow {
        /// Who.
        pub user_id: UserId,
        /// What.
        pub ability_id: Uuid,
        /// How well: 1 to 5.
        pub proficiency: i64,
    }
}

/// A skill or language that a user is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbilityGrant {
    /// What.
    pub ability_id: Uuid,
    /// How well.
    pub proficiency: Proficiency,
}

impl Store {
    /// What all users can do, by user.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn user_abilities(&self) -> Result<Vec<UserAbilityRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// Makes these what a user can do. Gives the number of the event `user_abilities_changed`.
    ///
    /// # Errors
    /// `NotFound` for the user or an ability, `Unavailable`, `InDoubt`.
    pub async fn replace_user_abilities(
        &self,
        user: UserId,
        grants: &[AbilityGrant],
        by: &By,
    ) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = replace(&mut tx, user, grants, by).await;
        tx.settle(result).await
    }
}

async fn replace(tx: &mut Tx<'_>, user: UserId, grants: &[AbilityGrant], by: &By) -> Result<i64, StoreError> {
    let known: Option<(Uuid,)> =
        on!(tx.conn()?, conn => query_as(USER).bind(user.0).fetch_optional(conn).await)?;
    known.ok_or(StoreError::NotFound("user"))?;
    on!(tx.conn()?, conn => query(CLEAR).bind(user.0).execute(conn).await.map(drop))?;
    for AbilityGrant { ability_id, proficiency } in grants {
        let level = i64::from(proficiency.level());
        on!(tx.conn()?, conn => query(ADD).bind(user.0).bind(*ability_id).bind(level).execute(conn).await.map(drop))
            .map_err(|error| or_unknown(error, "ability"))?;
    }
    tx.audit("user_abilities_changed", by, format!(r#"{{"user_id":"{user}"}}"#)).await
}

sql! {
    ALL = "select user_id, ability_id, proficiency from user_ability order by user_id, ability_id";
    USER = "select user_id from user_account where user_id = $1";
    CLEAR = "delete from user_ability where user_id = $1";
    ADD = "insert into user_ability (user_id, ability_id, proficiency) values ($1, $2, $3) \
        on conflict (user_id, ability_id) do update set proficiency = excluded.proficiency";
}
