//! Agents' parts by the code that was chosen at the end.

use super::read::{MAX_SUMS, Stretch};
use crate::{Store, StoreError};
use hookflash_domain::DispositionId;
use hookflash_domain::figures::Totals;
use sqlx::query_as;

/// Sums of the parts with one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeSum {
    /// Which code; none where none was chosen.
    pub disposition_id: Option<DispositionId>,
    /// What was handled; the other sums are 0.
    pub totals: Totals,
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

impl Store {
    /// Sums of agents' parts by the code of the interaction, of intervals that begin in the stretch.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn code_sums(&self, stretch: Stretch) -> Result<Vec<CodeSum>, StoreError> {
        let Stretch { from_at, to_at } = stretch;
        let rows: Vec<CodeRow> = on!(&self.db, pool => query_as(BY_CODE).bind(from_at.0).bind(to_at.0)
            .bind(i64::from(MAX_SUMS)).fetch_all(pool).await)?;
        let sum = |row: CodeRow| CodeSum {
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
        };
        Ok(rows.into_iter().map(sum).collect())
    }
}

sql! {
    BY_CODE = "select i.disposition_id as disposition_id, count(*) as handled, \
        cast(sum(case when h.talk_ms > 0 then 1 else 0 end) as bigint) as with_talk, \
        cast(sum(h.talk_ms) as bigint) as talk_ms, \
        cast(sum(case when h.hold_ms > 0 then 1 else 0 end) as bigint) as with_hold, \
        cast(sum(h.hold_ms) as bigint) as hold_ms, \
        cast(sum(case when h.wrap_up_ms > 0 then 1 else 0 end) as bigint) as with_wrap_up, \
        cast(sum(h.wrap_up_ms) as bigint) as wrap_up_ms, \
        cast(sum(case when h.transfer = 'blind' then 1 else 0 end) as bigint) as blind_transfers, \
        cast(sum(case when h.transfer = 'consult' then 1 else 0 end) as bigint) as consult_transfers \
        from handling h left join interaction i on i.interaction_id = h.interaction_id \
        where h.interval_at >= $1 and h.interval_at < $2 group by i.disposition_id order by i.disposition_id limit $3";
}
