//! All skills and languages.

use super::AbilityRow;
use crate::{Store, StoreError};
use sqlx::query_as;

impl Store {
    /// All skills and languages, by kind and name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn abilities(&self) -> Result<Vec<AbilityRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }
}

sql! {
    ALL = "select ability_id, kind, name, tag, active from ability order by kind, name, ability_id";
}
