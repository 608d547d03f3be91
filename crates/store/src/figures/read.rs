//! Reading sums.

use super::statements::{AGENT_INTERVALS, AGENTS, COUNTED, QUEUE_INTERVALS, QUEUES};
use crate::{Store, StoreError};
use hookflash_domain::figures::{INTERVAL_MS, Totals};
use hookflash_domain::{QueueId, Timestamp, UserId};
use sqlx::{FromRow, Row, query_as};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most sums of one read.
pub const MAX_SUMS: u32 = 500_000;

/// A stretch of time: intervals that begin in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first moment.
    pub from_at: Timestamp,
    /// The first moment after it.
    pub to_at: Timestamp,
}

/// Sums of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueSum {
    /// Of which interval; none where the whole stretch is one.
    pub interval_at: Option<Timestamp>,
    /// Which queue.
    pub queue_id: QueueId,
    /// The sums.
    pub totals: Totals,
}

/// Sums of an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgentSum {
    /// Of which interval; none where the whole stretch is one.
    pub interval_at: Option<Timestamp>,
    /// Which agent.
    pub agent_id: UserId,
    /// For which queue; none where all are one.
    pub queue_id: Option<QueueId>,
    /// The sums.
    pub totals: Totals,
}

row! {
    /// An agent's time in a state.
    pub struct AgentTimeSum {
        /// Which agent.
        pub agent_id: UserId,
        /// The word of the state or of the reason for not being ready.
        pub state: String,
        /// How long, in milliseconds.
        pub ms: i64,
    }
}

row! {
    /// A part of an agent's stay in a state; stays are cut where intervals end.
    pub struct StayPart {
        /// The word of the state or of the reason for not being ready.
        pub state: String,
        /// From when.
        pub from_at: Timestamp,
        /// Until when.
        pub to_at: Timestamp,
    }
}

/// Sums with the keys that are kept apart.
#[derive(Clone, Copy)]
struct Sum {
    interval_at: Option<i64>,
    queue_id: Option<Uuid>,
    agent_id: Option<Uuid>,
    totals: Totals,
}

macro_rules! from_row {
    ($($row:ty),+) => {$(
        impl<'r> FromRow<'r, $row> for Sum {
            fn from_row(row: &'r $row) -> sqlx::Result<Self> {
                Ok(Self {
                    interval_at: row.try_get("interval_at")?,
                    queue_id: row.try_get("queue_id")?,
                    agent_id: row.try_get("agent_id")?,
                    totals: totals(row.try_get("totals")?)?,
                })
            }
        }
    )+};
}
from_row!(sqlx::sqlite::SqliteRow, sqlx::postgres::PgRow);

/// The totals of their text; see `statements::one_text`.
fn totals(text: &str) -> sqlx::Result<Totals> {
    let wrong = |error: Box<dyn std::error::Error + Send + Sync>| sqlx::Error::ColumnDecode {
        index: "totals".to_owned(),
        source: error,
    };
    let values: Result<Vec<i64>, _> = text.split(' ').map(str::parse).collect();
    let values = values.map_err(|error| wrong(error.into()))?;
    if values.len() != Totals::FIELDS.len() {
        return Err(wrong(format!("{} sums in place of {}", values.len(), Totals::FIELDS.len()).into()));
    }
    Ok(Totals::from_values(values))
}

impl Store {
    /// Sums of each interval and queue, by interval.
    ///
    /// # Errors
    /// `TooLong` where they are more than [`MAX_SUMS`]; `Unavailable`.
    pub async fn queue_intervals(&self, stretch: Stretch) -> Result<Vec<QueueSum>, StoreError> {
        Ok(self.sums(&QUEUE_INTERVALS, stretch).await?.into_iter().map(queue_sum).collect())
    }

    /// Sums of each queue over the whole stretch.
    ///
    /// # Errors
    /// As [`Store::queue_intervals`].
    pub async fn queue_sums(&self, stretch: Stretch) -> Result<Vec<QueueSum>, StoreError> {
        Ok(self.sums(&QUEUES, stretch).await?.into_iter().map(queue_sum).collect())
    }

    /// Sums of each interval, queue and agent. [`hookflash_domain::figures::NO_AGENT`] has what no agent
    /// took part in.
    ///
    /// # Errors
    /// As [`Store::queue_intervals`].
    pub async fn agent_intervals(&self, stretch: Stretch) -> Result<Vec<AgentSum>, StoreError> {
        Ok(self.sums(&AGENT_INTERVALS, stretch).await?.into_iter().map(agent_sum).collect())
    }

    /// Sums of each agent over the whole stretch and all queues.
    ///
    /// # Errors
    /// As [`Store::queue_intervals`].
    pub async fn agent_sums(&self, stretch: Stretch) -> Result<Vec<AgentSum>, StoreError> {
        Ok(self.sums(&AGENTS, stretch).await?.into_iter().map(agent_sum).collect())
    }

    /// The same as [`Store::agent_intervals`], counted again from the facts; slow, for checking.
    ///
    /// # Errors
    /// As [`Store::queue_intervals`].
    pub async fn counted_again(&self, stretch: Stretch) -> Result<Vec<AgentSum>, StoreError> {
        let mut all = BTreeMap::<_, AgentSum>::new();
        for sql in COUNTED.iter() {
            for sum in self.sums(sql, stretch).await?.into_iter().map(agent_sum) {
                all.entry((sum.interval_at, sum.queue_id, sum.agent_id))
                    .and_modify(|known| known.totals.add(&sum.totals))
                    .or_insert(sum);
            }
        }
        Ok(all.into_values().collect())
    }

    /// Agents' time by state over the whole stretch.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn agent_times(&self, stretch: Stretch) -> Result<Vec<AgentTimeSum>, StoreError> {
        let Stretch { from_at, to_at } = stretch;
        Ok(on!(&self.db, pool => query_as(TIMES).bind(from_at.0).bind(to_at.0).bind(i64::from(MAX_SUMS))
            .fetch_all(pool).await)?)
    }

    /// An agent's stays that touch a stretch, in order. The state that the agent is in is not among them.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn agent_stays(&self, agent: UserId, stretch: Stretch) -> Result<Vec<StayPart>, StoreError> {
        let Stretch { from_at, to_at } = stretch;
        // No part is longer than an interval, so one that touches the stretch begins at most so much before.
        let begins_at = from_at.0.saturating_sub(INTERVAL_MS);
        Ok(on!(&self.db, pool => query_as(STAYS).bind(agent.0).bind(begins_at).bind(to_at.0).bind(from_at.0)
            .bind(i64::from(MAX_SUMS)).fetch_all(pool).await)?)
    }

    async fn sums(&self, sql: &'static str, stretch: Stretch) -> Result<Vec<Sum>, StoreError> {
        let Stretch { from_at, to_at } = stretch;
        let limit = i64::from(MAX_SUMS) + 1;
        let sums: Vec<Sum> = on!(&self.db, pool => {
            query_as(sql).bind(from_at.0).bind(to_at.0).bind(limit).fetch_all(pool).await
        })?;
        let fits = sums.len() <= MAX_SUMS as usize;
        if fits { Ok(sums) } else { Err(StoreError::TooLong("the stretch of time")) }
    }
}

fn queue_sum(sum: Sum) -> QueueSum {
    QueueSum {
        interval_at: sum.interval_at.map(Timestamp),
        queue_id: QueueId(sum.queue_id.unwrap_or_default()),
        totals: sum.totals,
    }
}

fn agent_sum(sum: Sum) -> AgentSum {
    AgentSum {
        interval_at: sum.interval_at.map(Timestamp),
        agent_id: UserId(sum.agent_id.unwrap_or_default()),
        queue_id: sum.queue_id.map(QueueId),
        totals: sum.totals,
    }
}

sql! {
    TIMES = "select agent_id, state, cast(sum(ms) as bigint) as ms from agent_state_interval \
        where interval_at >= $1 and interval_at < $2 group by agent_id, state order by agent_id, state limit $3";
    STAYS = "select state, from_at, to_at from agent_stay where agent_id = $1 and from_at >= $2 and from_at < $3 \
        and to_at > $4 order by from_at limit $5";
}
