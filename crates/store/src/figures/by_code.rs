//! Agents' parts by the code that was chosen at the end.

use super::read::{MAX_SUMS, Stretch};
use crate::interactions::MAX_ASKED;
use crate::{Store, StoreError};
use hookflash_domain::figures::Totals;
use hookflash_domain::{DispositionId, QueueId, UserId};
use sqlx::query_as;
use std::collections::BTreeSet;
use std::iter::repeat;
use uuid::Uuid;

/// Sums of the parts with one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeSum {
    /// Which code; none where none was chosen.
    pub disposition_id: Option<DispositionId>,
    /// What was handled; the other sums are 0.
    pub totals: Totals,
}

/// Sums of an agent's parts for a queue with one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgentCodeSum {
    /// For which queue.
    pub queue_id: QueueId,
    /// Which agent.
    pub agent_id: UserId,
    /// The code and the sums.
    pub code: CodeSum,
}

row! {
    struct CodeRow {
        disposition_id: Option<DispositionId>,
        handled: i64,
        with_talk: i64,
        talk_ms: i64,
        with_hold: i64,
        hold_ms: i64,
        with_wrap_up: i64,
        wrap_up_ms: i64,
        blind_transfers: i64,
        consult_transfers: i64,
    }
}

joined! {
    struct AgentCodeRow {
        code: CodeRow,
        queue_id: QueueId,
        agent_id: UserId,
    }
}

impl From<CodeRow> for CodeSum {
    fn from(row: CodeRow) -> Self {
        Self {
            disposition_id: row.disposition_id,
            totals: Totals {
                handled: row.handled,
                with_talk: row.with_talk,
                talk_ms: row.talk_ms,
                with_hold: row.with_hold,
                hold_ms: row.hold_ms,
                with_wrap_up: row.with_wrap_up,
                wrap_up_ms: row.wrap_up_ms,
                blind_transfers: row.blind_transfers,
                consult_transfers: row.consult_transfers,
                ..Totals::default()
            },
        }
    }
}

impl Store {
    /// Sums of agents' parts by the code of the interaction, of intervals that begin in the stretch.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn code_sums(&self, stretch: Stretch) -> Result<Vec<CodeSum>, StoreError> {
        let Stretch { from_at, to_at } = stretch;
        let rows: Vec<CodeRow> = on!(&self.db, pool => query_as(BY_CODE).bind(from_at.0).bind(to_at.0)
            .bind(i64::from(MAX_SUMS)).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(CodeSum::from).collect())
    }

    /// The same by queue and agent, of interactions that asked for all of these skills and languages; at most
    /// [`MAX_ASKED`].
    ///
    /// # Errors
    /// `TooLong` where they, or the sums, are more than [`MAX_SUMS`]; `Unavailable`.
    pub async fn agent_code_sums(
        &self,
        stretch: Stretch,
        asked: &BTreeSet<Uuid>,
    ) -> Result<Vec<AgentCodeSum>, StoreError> {
        if asked.len() > MAX_ASKED {
            return Err(StoreError::TooLong("asked"));
        }
        let Stretch { from_at, to_at } = stretch;
        let limit = i64::from(MAX_SUMS) + 1;
        let sql = if asked.is_empty() { BY_AGENT_AND_CODE } else { BY_AGENT_AND_CODE_ASKED };
        let rows: Vec<AgentCodeRow> = on!(&self.db, pool => {
            let mut query = query_as(sql).bind(from_at.0).bind(to_at.0).bind(limit);
            if !asked.is_empty() {
                query = query.bind(i64::try_from(asked.len()).unwrap_or(i64::MAX));
                // Places that are over take what nothing is.
                for id in asked.iter().copied().chain(repeat(Uuid::nil())).take(MAX_ASKED) {
                    query = query.bind(id);
                }
            }
            query.fetch_all(pool).await
        })?;
        let fits = rows.len() <= MAX_SUMS as usize;
        let sum = |row: AgentCodeRow| AgentCodeSum {
            queue_id: row.queue_id,
            agent_id: row.agent_id,
            code: row.code.into(),
        };
        if fits {
            Ok(rows.into_iter().map(sum).collect())
        } else {
            Err(StoreError::TooLong("the stretch of time"))
        }
    }
}

/// The statement that sums by these columns.
macro_rules! by {
    ($columns:literal) => {
        by!($columns, "")
    };
    ($columns:literal, $more:literal) => {
        concat!(
            "select ",
            $columns,
            ", count(*) as handled, \
            cast(sum(case when h.talk_ms > 0 then 1 else 0 end) as bigint) as with_talk, \
            cast(sum(h.talk_ms) as bigint) as talk_ms, \
            cast(sum(case when h.hold_ms > 0 then 1 else 0 end) as bigint) as with_hold, \
            cast(sum(h.hold_ms) as bigint) as hold_ms, \
            cast(sum(case when h.wrap_up_ms > 0 then 1 else 0 end) as bigint) as with_wrap_up, \
            cast(sum(h.wrap_up_ms) as bigint) as wrap_up_ms, \
            cast(sum(case when h.transfer = 'blind' then 1 else 0 end) as bigint) as blind_transfers, \
            cast(sum(case when h.transfer = 'consult' then 1 else 0 end) as bigint) as consult_transfers \
            from handling h left join interaction i on i.interaction_id = h.interaction_id \
            where h.interval_at >= $1 and h.interval_at < $2",
            $more,
            " group by ",
            $columns,
            " order by ",
            $columns,
            " limit $3"
        )
    };
}

sql! {
    BY_CODE = by!("i.disposition_id");
    BY_AGENT_AND_CODE = by!("i.disposition_id, h.queue_id, h.agent_id");
    BY_AGENT_AND_CODE_ASKED = by!(
        "i.disposition_id, h.queue_id, h.agent_id",
        " and (select count(*) from interaction_ability a where a.interaction_id = h.interaction_id \
        and a.ability_id in ($5, $6, $7, $8, $9, $10, $11, $12, $13, $14)) = $4"
    );
}
