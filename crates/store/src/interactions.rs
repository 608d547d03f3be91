//! The list of interactions with its filters, and one in full.

use crate::consults::NamedConsult;
use crate::interaction_filter::{Bind, Conditions};
use crate::{InteractionRow, MessageRow, NumberedEvent, Store, StoreError};
use hookflash_domain::{DispositionId, InteractionId, QueueId, Timestamp, UserId};
use sqlx::{AssertSqlSafe, query_as};

pub use crate::interaction_filter::{Cursor, Filter, MAX_ASKED, Range, SCANNED};

/// Most rows of one page.
pub const MAX_ROWS: u32 = 1_000;
/// Binds a filter's values to a query of either engine.
macro_rules! bound {
    ($query:expr, $binds:expr) => {{
        let mut query = $query;
        for bind in $binds {
            query = match bind {
                Bind::Number(number) => query.bind(number),
                Bind::Id(id) => query.bind(id),
                Bind::Text(text) => query.bind(text),
            };
        }
        query
    }};
}

row! {
    struct PlaceRow {
        started_at: Timestamp,
        interaction_id: InteractionId,
    }
}

row! {
    /// A row of the list.
    pub struct InteractionListRow {
        /// Which interaction.
        pub interaction_id: InteractionId,
        /// When it arrived.
        pub started_at: Timestamp,
        /// When the agent answered.
        pub answered_at: Option<Timestamp>,
        /// When the call ended.
        pub call_ended_at: Option<Timestamp>,
        /// Its queue.
        pub queue_id: QueueId,
        /// The queue's name; none when it is gone.
        pub queue_name: Option<String>,
        /// The caller's number.
        pub caller_number: String,
        /// The caller's name.
        pub caller_name: Option<String>,
        /// The agent.
        pub agent_id: Option<UserId>,
        /// The agent's name.
        pub agent_name: Option<String>,
        /// The disposition.
        pub disposition_id: Option<DispositionId>,
        /// The disposition's name.
        pub disposition_name: Option<String>,
        /// Time connected, hold excluded.
        pub talk_ms: i64,
        /// Time on hold.
        pub hold_ms: i64,
        /// Time in the queue.
        pub wait_ms: i64,
        /// Wrap-up time.
        pub wrap_up_ms: i64,
        /// How many consults belong to it.
        pub consult_count: i64,
        /// The state's word.
        pub state: String,
        /// Why the call ended.
        pub end_reason: Option<String>,
        /// Whether the agent left a note.
        pub has_note: bool,
    }
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Newest first.
    pub rows: Vec<InteractionListRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// Rows from this moment on were looked at and did not fill the page; there may be older ones.
    pub searched_to_at: Option<Timestamp>,
}

joined! {
    /// An interaction with the names of what it points to.
    pub struct NamedInteraction {
        /// The interaction.
        pub interaction: InteractionRow,
        /// The queue's name.
        pub queue_name: Option<String>,
        /// The agent's name.
        pub agent_name: Option<String>,
        /// The disposition's name.
        pub disposition_name: Option<String>,
    }
}

/// An interaction in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InteractionDetail {
    /// The interaction and names.
    pub interaction: NamedInteraction,
    /// Its consults, oldest first.
    pub consults: Vec<NamedConsult>,
    /// Their messages, by consult and time.
    pub messages: Vec<MessageRow>,
    /// Its events, in order.
    pub events: Vec<NumberedEvent>,
}

impl Store {
    /// A page of interactions, newest first, at most `limit` rows (up to [`MAX_ROWS`]).
    ///
    /// # Errors
    /// `NulCharacter` and `TooLong` for a filter's text; `Unavailable`.
    pub async fn interactions(&self, filter: &Filter, limit: u32) -> Result<Page, StoreError> {
        let limit = limit.clamp(1, MAX_ROWS) as usize;
        let until = if filter.is_searched() { self.scan_end(filter).await? } else { None };
        let Conditions { sql, binds, .. } = filter.list(LIST, limit, until)?;
        let mut rows: Vec<InteractionListRow> = on!(&self.db, pool => {
            bound!(query_as(AssertSqlSafe(sql)), binds).fetch_all(pool).await
        })?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        if more {
            let last = rows.last();
            let next =
                last.map(|row| Cursor { started_at: row.started_at, interaction_id: row.interaction_id });
            return Ok(Page { rows, next, searched_to_at: None });
        }
        Ok(Page { rows, next: until, searched_to_at: until.map(|until| until.started_at) })
    }

    async fn scan_end(&self, filter: &Filter) -> Result<Option<Cursor>, StoreError> {
        let Conditions { sql, binds, .. } = filter.scan_end();
        let end: Option<PlaceRow> = on!(&self.db, pool => {
            bound!(query_as(AssertSqlSafe(sql)), binds).fetch_optional(pool).await
        })?;
        Ok(end.map(|row| Cursor { started_at: row.started_at, interaction_id: row.interaction_id }))
    }

    /// One interaction's row.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn interaction(&self, id: InteractionId) -> Result<Option<NamedInteraction>, StoreError> {
        Ok(on!(&self.db, pool => query_as(BY_ID).bind(id.0).fetch_optional(pool).await)?)
    }

    /// One interaction with its consults, messages and events.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn interaction_detail(
        &self,
        id: InteractionId,
    ) -> Result<Option<InteractionDetail>, StoreError> {
        let Some(interaction) = self.interaction(id).await? else {
            return Ok(None);
        };
        let limit = i64::from(crate::events::MAX_EVENTS);
        Ok(Some(InteractionDetail {
            interaction,
            consults: self.consults_of_interaction(id).await?,
            messages: self.messages_of_interaction(id).await?,
            events: on!(&self.db, pool => query_as(EVENTS).bind(id.0).bind(limit).fetch_all(pool).await)?,
        }))
    }
}

/// What the filter's text is looked for in. Lower case is made here, since the engines do not agree
/// on it beyond ASCII.
pub(crate) fn searched_text(row: &InteractionRow) -> String {
    format!("{}\n{}", row.caller_name.as_deref().unwrap_or_default(), row.note).to_lowercase()
}

sql! {
    LIST = "select i.interaction_id, i.started_at, i.answered_at, i.call_ended_at, i.queue_id, \
        q.name as queue_name, i.caller_number, i.caller_name, i.agent_id, u.name as agent_name, \
        i.disposition_id, d.name as disposition_name, i.talk_ms, i.hold_ms, i.wait_ms, i.wrap_up_ms, \
        i.consult_count, i.state, i.end_reason, i.note <> '' as has_note from interaction i \
        left join queue q on q.queue_id = i.queue_id left join user_account u on u.user_id = i.agent_id \
        left join disposition d on d.disposition_id = i.disposition_id";
    BY_ID = "select i.interaction_id, i.queue_id, i.agent_id, i.state, i.caller_number, i.caller_name, \
        i.dialled_number, i.started_at, i.answered_at, i.call_ended_at, i.completed_at, i.end_reason, \
        i.disposition_id, i.note, i.wait_ms, i.talk_ms, i.hold_ms, i.wrap_up_ms, i.consult_count, i.attached, \
        i.body, q.name as queue_name, u.name as agent_name, d.name as disposition_name from interaction i \
        left join queue q on q.queue_id = i.queue_id left join user_account u on u.user_id = i.agent_id \
        left join disposition d on d.disposition_id = i.disposition_id where i.interaction_id = $1";
    EVENTS = "select seq, at, kind, interaction_id, consult_id, user_id, by_name, payload \
        from event where interaction_id = $1 order by seq limit $2";
}
