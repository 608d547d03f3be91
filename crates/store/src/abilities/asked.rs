//! What an interaction asked for.

use super::AbilityKind;
use crate::{Store, StoreError};
use hookflash_domain::InteractionId;
use sqlx::query_as;
use uuid::Uuid;

row! {
    /// Something that an interaction asked for.
    pub struct AskedRow {
        /// Which interaction.
        pub interaction_id: InteractionId,
        /// What.
        pub ability_id: Uuid,
    }
}

row! {
    /// A skill or language by name.
    pub struct NamedAbility {
        /// Which.
        pub ability_id: Uuid,
        /// Skill or language.
        pub kind: AbilityKind,
        /// Its name.
        pub name: String,
    }
}

impl Store {
    /// What an interaction asked for when it joined its queue, by kind and name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn asked_by(&self, id: InteractionId) -> Result<Vec<NamedAbility>, StoreError> {
        Ok(on!(&self.db, pool => query_as(OF_INTERACTION).bind(id.0).fetch_all(pool).await)?)
    }
}

sql! {
    OF_INTERACTION = "select a.ability_id, a.kind, a.name from interaction_ability i \
        join ability a on a.ability_id = i.ability_id where i.interaction_id = $1 order by a.kind, a.name";
    PUT_ASKED = "insert into interaction_ability (interaction_id, ability_id) values ($1, $2) \
        on conflict (interaction_id, ability_id) do nothing";
}
