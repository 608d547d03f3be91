//! The numbered events.

use crate::{NumberedEvent, Store, StoreError};
use sqlx::{query_as, query_scalar};

/// Most events of one read.
pub const MAX_EVENTS: u32 = 10_000;

impl Store {
    /// The number of the last event, 0 before the first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn last_seq(&self) -> Result<i64, StoreError> {
        Ok(on!(&self.db, pool => query_scalar(LAST).fetch_one(pool).await)?)
    }

    /// The events after a number, in order, at most `limit` (up to [`MAX_EVENTS`]).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn events_after(&self, seq: i64, limit: u32) -> Result<Vec<NumberedEvent>, StoreError> {
        let limit = i64::from(limit.min(MAX_EVENTS));
        Ok(on!(&self.db, pool => query_as(AFTER).bind(seq).bind(limit).fetch_all(pool).await)?)
    }
}

sql! {
    LAST = "select coalesce(max(seq), 0) from event";
    AFTER = "select seq, at, kind, interaction_id, consult_id, user_id, by_name, payload \
        from event where seq > $1 order by seq limit $2";
}
