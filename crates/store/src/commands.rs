//! The answers that commands got.

use crate::{Store, StoreError};
use hookflash_domain::{Timestamp, UserId};
use sqlx::{query, query_scalar};
use uuid::Uuid;

impl Store {
    /// The answer that this command got, if it was carried out.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn command_answer(
        &self,
        user_id: UserId,
        command_id: Uuid,
    ) -> Result<Option<String>, StoreError> {
        Ok(on!(&self.db, pool => query_scalar(ANSWER)
            .bind(user_id.0).bind(command_id).fetch_optional(pool).await)?)
    }

    /// Forgets answers given before a moment, and says how many.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_command_answers(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let count = on!(tx.conn()?, conn => query(FORGET)
            .bind(before.0).execute(conn).await.map(|done| done.rows_affected()));
        tx.settle(count.map_err(StoreError::from)).await
    }
}

sql! {
    ANSWER = "select answer from command_answer where user_id = $1 and command_id = $2";
    FORGET = "delete from command_answer where at < $1";
}
