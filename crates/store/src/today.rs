//! An agent's own figures of the day.

use crate::{Store, StoreError};
use hookflash_domain::{Timestamp, UserId};
use sqlx::query_as;

row! {
    /// An agent's figures.
    pub struct TodayRow {
        /// Interactions that the agent answered since then and whose call has ended.
        pub handled_count: i64,
        /// Their talk time.
        pub talk_ms: i64,
        /// Their wrap-up time.
        pub wrap_up_ms: i64,
        /// Consults that the agent started since then.
        pub consult_count: i64,
    }
}

impl Store {
    /// An agent's figures since a moment, such as midnight where the agent is.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn today(&self, agent_id: UserId, since: Timestamp) -> Result<TodayRow, StoreError> {
        Ok(on!(&self.db, pool => query_as(TODAY).bind(agent_id.0).bind(since.0).fetch_one(pool).await)?)
    }
}

sql! {
    // An interaction answered since then may have arrived before, but not by more than a day.
    TODAY = "select count(*) as handled_count, \
        cast(coalesce(sum(talk_ms), 0) as bigint) as talk_ms, \
        cast(coalesce(sum(wrap_up_ms), 0) as bigint) as wrap_up_ms, \
        (select count(*) from consult where agent_id = $1 and started_at >= $2) as consult_count \
        from interaction where agent_id = $1 and started_at >= $2 - 86400000 \
        and answered_at >= $2 and call_ended_at is not null";
}
