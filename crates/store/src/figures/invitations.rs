//! Invitations one by one, for what sums cannot say: how long an expert was busy, counting chats at the same
//! time once.

use super::read::{MAX_SUMS, Stretch};
use crate::{Store, StoreError};
use hookflash_domain::{QueueId, Timestamp, UserId};
use sqlx::query_as;

row! {
    /// An invitation that is over.
    pub struct InvitationPart {
        /// For which queue, or [`hookflash_domain::figures::NO_QUEUE`].
        pub queue_id: QueueId,
        /// Which agent asked.
        pub agent_id: UserId,
        /// On which network.
        pub network: String,
        /// The expert's address there.
        pub expert_address: String,
        /// The expert's name.
        pub expert_name: String,
        /// When they were asked.
        pub asked_at: Timestamp,
        /// When it was answered or given up.
        pub settled_at: Timestamp,
        /// The expert's first message.
        pub replied_at: Option<Timestamp>,
        /// When it was settled, or the chat over that came of it.
        pub ended_at: Timestamp,
        /// The outcome's word.
        pub outcome: String,
        /// Until when an answer is in time.
        pub target_ms: i64,
    }
}

impl Store {
    /// The invitations that are counted in a stretch, oldest first.
    ///
    /// # Errors
    /// `TooLong` where they are more than [`MAX_SUMS`]; `Unavailable`.
    pub async fn invitations(&self, stretch: Stretch) -> Result<Vec<InvitationPart>, StoreError> {
        let Stretch { from_at, to_at } = stretch;
        let limit = i64::from(MAX_SUMS) + 1;
        let rows: Vec<InvitationPart> = on!(&self.db, pool => query_as(INVITATIONS).bind(from_at.0).bind(to_at.0)
            .bind(limit).fetch_all(pool).await)?;
        let fits = rows.len() <= MAX_SUMS as usize;
        if fits { Ok(rows) } else { Err(StoreError::TooLong("the stretch of time")) }
    }
}

sql! {
    INVITATIONS = "select queue_id, agent_id, network, expert_address, expert_name, asked_at, settled_at, replied_at, ended_at, \
        outcome, target_ms from invitation_fact where interval_at >= $1 and interval_at < $2 \
        order by interval_at, consult_id, no limit $3";
}
