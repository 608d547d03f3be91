//! The list of interactions with its filters, and one in full.

use crate::column::check_text;
use crate::consults::NamedConsult;
use crate::{InteractionRow, MessageRow, NumberedEvent, Store, StoreError};
use hookflash_domain::{DispositionId, InteractionId, QueueId, Timestamp, UserId};
use sqlx::{AssertSqlSafe, query_as};
use uuid::Uuid;

/// Most rows of one page.
pub const MAX_ROWS: u32 = 1_000;
/// Longest text of a filter, in bytes.
const MAX_FILTER_BYTES: usize = 1_000;

/// Which interactions; an absent field lets all pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Arrived at this moment or later.
    pub from_at: Option<Timestamp>,
    /// Arrived before this moment.
    pub to_at: Option<Timestamp>,
    /// Taken by this agent.
    pub agent_id: Option<UserId>,
    /// Of this queue.
    pub queue_id: Option<QueueId>,
    /// With this disposition.
    pub disposition_id: Option<DispositionId>,
    /// With or without a consult.
    pub with_consult: Option<bool>,
    /// Part of the caller's or the dialled number.
    pub number: Option<String>,
    /// Part of the note or of the caller's name; case does not count.
    pub text: Option<String>,
    /// The page that follows this row.
    pub after: Option<Cursor>,
}

/// A place in the list: the last row of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When that interaction arrived.
    pub started_at: Timestamp,
    /// Which it is.
    pub interaction_id: InteractionId,
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

/// A value that a filter binds.
enum Bind {
    Number(i64),
    Id(Uuid),
    Text(String),
}

/// Conditions with their values, written as one text for both engines.
struct Conditions {
    sql: String,
    binds: Vec<Bind>,
}

impl Conditions {
    /// Adds a condition; each `#` stands for the next of the values.
    fn push<const N: usize>(&mut self, condition: &'static str, binds: [Bind; N]) {
        self.sql.push_str(if self.binds.is_empty() { " where " } else { " and " });
        let mut pieces = condition.split('#');
        self.sql.push_str(pieces.next().unwrap_or_default());
        for (piece, bind) in pieces.zip(binds) {
            self.binds.push(bind);
            self.sql.push_str(&format!("${}{piece}", self.binds.len()));
        }
    }
}

impl Store {
    /// A page of interactions, newest first, at most `limit` rows (up to [`MAX_ROWS`]).
    ///
    /// # Errors
    /// `NulCharacter` and `TooLong` for a filter's text; `Unavailable`.
    pub async fn interactions(&self, filter: &Filter, limit: u32) -> Result<Page, StoreError> {
        let limit = limit.clamp(1, MAX_ROWS) as usize;
        let (sql, binds) = list_statement(filter, limit)?;
        let mut rows: Vec<InteractionListRow> = on!(&self.db, pool => {
            let mut list = query_as(AssertSqlSafe(sql));
            for bind in binds {
                list = match bind {
                    Bind::Number(number) => list.bind(number),
                    Bind::Id(id) => list.bind(id),
                    Bind::Text(text) => list.bind(text),
                };
            }
            list.fetch_all(pool).await
        })?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let last =
            rows.last().map(|row| Cursor { started_at: row.started_at, interaction_id: row.interaction_id });
        Ok(Page { next: last.filter(|_| more), rows })
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

/// The list's statement: fixed pieces and places for values, never a value itself. One row more
/// than the page tells whether another page follows.
fn list_statement(filter: &Filter, limit: usize) -> Result<(String, Vec<Bind>), StoreError> {
    let mut list = Conditions { sql: LIST.to_owned(), binds: Vec::new() };
    if let Some(at) = filter.from_at {
        list.push("i.started_at >= #", [Bind::Number(at.0)]);
    }
    if let Some(at) = filter.to_at {
        list.push("i.started_at < #", [Bind::Number(at.0)]);
    }
    if let Some(id) = filter.agent_id {
        list.push("i.agent_id = #", [Bind::Id(id.0)]);
    }
    if let Some(id) = filter.queue_id {
        list.push("i.queue_id = #", [Bind::Id(id.0)]);
    }
    if let Some(id) = filter.disposition_id {
        list.push("i.disposition_id = #", [Bind::Id(id.0)]);
    }
    if let Some(with) = filter.with_consult {
        list.push(if with { "i.consult_count > #" } else { "i.consult_count = #" }, [Bind::Number(0)]);
    }
    if let Some(number) = &filter.number {
        let pattern = contains("number", number)?;
        list.push(
            "(i.caller_number like # escape '\\' or i.dialled_number like # escape '\\')",
            [Bind::Text(pattern.clone()), Bind::Text(pattern)],
        );
    }
    if let Some(text) = &filter.text {
        let pattern = contains("text", &text.to_lowercase())?;
        list.push("i.searched_text like # escape '\\'", [Bind::Text(pattern)]);
    }
    if let Some(Cursor { started_at, interaction_id }) = filter.after {
        list.push(
            "(i.started_at, i.interaction_id) < (#, #)",
            [Bind::Number(started_at.0), Bind::Id(interaction_id.0)],
        );
    }
    list.sql.push_str(" order by i.started_at desc, i.interaction_id desc limit ");
    list.sql.push_str(&(limit + 1).to_string());
    Ok((list.sql, list.binds))
}

/// The pattern that finds a text anywhere; its own wildcards mean themselves.
fn contains(name: &'static str, text: &str) -> Result<String, StoreError> {
    check_text(name, text)?;
    if text.len() > MAX_FILTER_BYTES {
        return Err(StoreError::TooLong(name));
    }
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Ok(format!("%{escaped}%"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_out_of_the_statement() {
        let filter = Filter {
            number: Some("1' or '1'='1".to_owned()),
            text: Some("50%_\\ SORT # $1".to_owned()),
            after: Some(Cursor { started_at: Timestamp(7), interaction_id: InteractionId(Uuid::nil()) }),
            ..Filter::default()
        };
        let (sql, binds) = list_statement(&filter, 50).unwrap();
        assert!(sql.contains(
            "where (i.caller_number like $1 escape '\\' or i.dialled_number like $2 escape '\\') \
             and i.searched_text like $3 escape '\\' and (i.started_at, i.interaction_id) < ($4, $5) order by"
        ));
        assert_eq!(binds.len(), 5);
        assert!(matches!(&binds[2], Bind::Text(text) if text == "%50\\%\\_\\\\ sort # $1%"));
    }
}
