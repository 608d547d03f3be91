//! Which interactions are there already, for an import that is started again.

use crate::{Store, StoreError};
use hookflash_domain::InteractionId;
use sqlx::{AssertSqlSafe, query_scalar};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Most ids of one question.
pub const MAX_KNOWN: usize = 1_000;

impl Store {
    /// Those of the ids (up to [`MAX_KNOWN`]) that belong to interactions.
    ///
    /// # Errors
    /// `TooLong`, `Unavailable`.
    pub async fn known_interactions(
        &self,
        ids: &[InteractionId],
    ) -> Result<BTreeSet<InteractionId>, StoreError> {
        if ids.len() > MAX_KNOWN {
            return Err(StoreError::TooLong("the list of ids"));
        }
        if ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let places: Vec<_> = (1..=ids.len()).map(|place| format!("${place}")).collect();
        let sql = KNOWN.replace("$1", &places.join(", "));
        let known: Vec<Uuid> = on!(&self.db, pool => {
            let mut asked = query_scalar(AssertSqlSafe(sql));
            for id in ids {
                asked = asked.bind(id.0);
            }
            asked.fetch_all(pool).await
        })?;
        Ok(known.into_iter().map(InteractionId).collect())
    }
}

sql! {
    KNOWN = "select interaction_id from interaction where interaction_id in ($1)";
}
