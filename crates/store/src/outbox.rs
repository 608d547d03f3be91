//! Effects that are still to happen.

use crate::{OutboxRow, Store, StoreError};
use sqlx::query_as;

impl Store {
    /// What is still to be carried out, oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn outbox(&self) -> Result<Vec<OutboxRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }
}

sql! {
    ALL = "select outbox_id, consult_id, kind, payload, created_at from outbox order by created_at, outbox_id";
}
