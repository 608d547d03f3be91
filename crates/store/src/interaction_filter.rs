//! Which interactions a list holds, as conditions written as one text for both engines.
//!
//! Some conditions an index answers in the list's order; others need each row looked at. Of those no more than
//! [`SCANNED`] rows are looked at for a page, so that a page of any filter is quick however many rows there are;
//! where that finds too little, the next page goes on from there.

use crate::StoreError;
use crate::column::check_text;
use hookflash_domain::{DispositionId, InteractionId, QueueId, Timestamp, UserId};
use uuid::Uuid;

/// Most rows that are looked at for a page of a filter that no index answers.
pub const SCANNED: u32 = 2_000;
/// Conditions that an index answers in the list's order; one of them at a time.
const KEYED: [&str; 3] = ["i.agent_id = #", "i.disposition_id = #", "i.queue_id = #"];
/// The same written so that no index is taken for them: the list would leave the one that has its order.
const LOOKED_AT: [&str; 3] = [
    "coalesce(i.agent_id, i.agent_id) = #",
    "coalesce(i.disposition_id, i.disposition_id) = #",
    "coalesce(i.queue_id, i.queue_id) = #",
];
/// Most skills and languages of a filter.
pub const MAX_ASKED: usize = 10;
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
    /// That asked for all of these skills and languages; at most [`MAX_ASKED`].
    pub asked: Vec<Uuid>,
    /// With or without a consult.
    pub with_consult: Option<bool>,
    /// Answered by an agent or not.
    pub answered: Option<bool>,
    /// Put on hold or not.
    pub held: Option<bool>,
    /// With or without a note.
    pub with_note: Option<bool>,
    /// Time in the queue.
    pub wait_ms: Range,
    /// Time connected.
    pub talk_ms: Range,
    /// Time on hold.
    pub hold_ms: Range,
    /// Wrap-up time.
    pub wrap_up_ms: Range,
    /// Part of the caller's or the dialled number.
    pub number: Option<String>,
    /// Part of the note or of the caller's name; case does not count.
    pub text: Option<String>,
    /// The page that follows this row.
    pub after: Option<Cursor>,
}

/// A range of milliseconds; an absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range {
    /// At least.
    pub least: Option<i64>,
    /// At most.
    pub most: Option<i64>,
}

/// A place in the list: the last row of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When that interaction arrived.
    pub started_at: Timestamp,
    /// Which it is.
    pub interaction_id: InteractionId,
}

/// A value that a filter binds.
pub(crate) enum Bind {
    Number(i64),
    Id(Uuid),
    Text(String),
}

/// A statement and its values.
pub(crate) struct Conditions {
    pub(crate) sql: String,
    pub(crate) binds: Vec<Bind>,
    is_first: bool,
}

impl Conditions {
    fn of(select: &str) -> Self {
        Self { sql: select.to_owned(), binds: Vec::new(), is_first: true }
    }

    /// Adds a condition; each `#` stands for the next of the values.
    fn push<const N: usize>(&mut self, condition: &str, binds: [Bind; N]) {
        self.sql.push_str(if std::mem::take(&mut self.is_first) { " where " } else { " and " });
        let mut pieces = condition.split('#');
        self.sql.push_str(pieces.next().unwrap_or_default());
        for (piece, bind) in pieces.zip(binds) {
            self.binds.push(bind);
            self.sql.push_str(&format!("${}{piece}", self.binds.len()));
        }
    }

    /// What an index answers in the list's order.
    fn keyed(&mut self, filter: &Filter) {
        if let Some(at) = filter.from_at {
            self.push("i.started_at >= #", [Bind::Number(at.0)]);
        }
        if let Some(at) = filter.to_at {
            self.push("i.started_at < #", [Bind::Number(at.0)]);
        }
        if let Some((id, place)) = filter.ids().next() {
            self.push(KEYED[place], [Bind::Id(id)]);
        }
        if let Some(after) = filter.after {
            self.place(after, "i.started_at <= # and (i.started_at, i.interaction_id) < (#, #)");
        }
    }

    /// On which side of a row. The moment is said twice: from the pair alone PostgreSQL does not see how few rows lie
    /// between two of them, and reads the whole table.
    fn place(&mut self, Cursor { started_at, interaction_id }: Cursor, condition: &str) {
        let at = Bind::Number(started_at.0);
        self.push(condition, [at, Bind::Number(started_at.0), Bind::Id(interaction_id.0)]);
    }

    /// What each row is looked at for.
    fn searched(&mut self, filter: &Filter) -> Result<(), StoreError> {
        for (id, place) in filter.ids().skip(1) {
            self.push(LOOKED_AT[place], [Bind::Id(id)]);
        }
        if filter.asked.len() > MAX_ASKED {
            return Err(StoreError::TooLong("asked"));
        }
        for ability in &filter.asked {
            self.push(
                "exists (select 1 from interaction_ability a where a.interaction_id = i.interaction_id \
                and a.ability_id = #)",
                [Bind::Id(*ability)],
            );
        }
        for (flag, yes, no) in [
            (filter.with_consult, "i.consult_count > 0", "i.consult_count = 0"),
            (filter.answered, "i.answered_at is not null", "i.answered_at is null"),
            (filter.held, "i.hold_ms > 0", "i.hold_ms = 0"),
            (filter.with_note, "i.note <> ''", "i.note = ''"),
        ] {
            if let Some(is) = flag {
                self.push(if is { yes } else { no }, []);
            }
        }
        for (range, least, most) in [
            (filter.wait_ms, "i.wait_ms >= #", "i.wait_ms <= #"),
            (filter.talk_ms, "i.talk_ms >= #", "i.talk_ms <= #"),
            (filter.hold_ms, "i.hold_ms >= #", "i.hold_ms <= #"),
            (filter.wrap_up_ms, "i.wrap_up_ms >= #", "i.wrap_up_ms <= #"),
        ] {
            for (condition, ms) in [(least, range.least), (most, range.most)] {
                if let Some(ms) = ms {
                    self.push(condition, [Bind::Number(ms)]);
                }
            }
        }
        if let Some(number) = &filter.number {
            let pattern = contains("number", number)?;
            self.push(
                "(i.caller_number like # escape '\\' or i.dialled_number like # escape '\\')",
                [Bind::Text(pattern.clone()), Bind::Text(pattern)],
            );
        }
        if let Some(text) = &filter.text {
            let pattern = contains("text", &text.to_lowercase())?;
            self.push("i.searched_text like # escape '\\'", [Bind::Text(pattern)]);
        }
        Ok(())
    }

    fn ordered(mut self, limit: &str) -> Self {
        self.sql.push_str(" order by i.started_at desc, i.interaction_id desc limit ");
        self.sql.push_str(limit);
        self
    }
}

impl Filter {
    /// Whether rows must be looked at one by one.
    pub(crate) fn is_searched(&self) -> bool {
        let keyed = Self {
            from_at: self.from_at,
            to_at: self.to_at,
            agent_id: self.agent_id,
            queue_id: self.queue_id,
            disposition_id: self.disposition_id,
            after: self.after,
            ..Self::default()
        };
        keyed != *self || self.ids().count() > 1
    }

    /// The ids asked for, the one that fewest rows have first, each with its place in [`KEYED`].
    fn ids(&self) -> impl Iterator<Item = (Uuid, usize)> {
        let agent = self.agent_id.map(|id| id.0);
        let (disposition, queue) = (self.disposition_id.map(|id| id.0), self.queue_id.map(|id| id.0));
        let ids = [agent, disposition, queue].into_iter().enumerate();
        ids.filter_map(|(place, id)| Some((id?, place)))
    }

    /// The last of the rows that are looked at for a page, where there are so many.
    pub(crate) fn scan_end(&self) -> Conditions {
        let mut scan = Conditions::of("select i.started_at, i.interaction_id from interaction i");
        scan.keyed(self);
        scan.ordered(&format!("1 offset {}", SCANNED - 1))
    }

    /// The list's statement: fixed pieces and places for values, never a value itself. One row more than the
    /// page tells whether another page follows. `until` is the last row that is looked at.
    ///
    /// # Errors
    /// `NulCharacter` and `TooLong` for a filter's text.
    pub(crate) fn list(
        &self,
        select: &str,
        limit: usize,
        until: Option<Cursor>,
    ) -> Result<Conditions, StoreError> {
        let mut list = Conditions::of(select);
        list.keyed(self);
        if let Some(until) = until {
            list.place(until, "i.started_at >= # and (i.started_at, i.interaction_id) >= (#, #)");
        }
        list.searched(self)?;
        Ok(list.ordered(&(limit + 1).to_string()))
    }
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
        let Conditions { sql, binds, .. } = filter.list("select 1 from interaction i", 50, None).unwrap();
        assert_eq!(
            sql,
            "select 1 from interaction i where i.started_at <= $1 and (i.started_at, i.interaction_id) < ($2, $3) \
             and (i.caller_number like $4 escape '\\' or i.dialled_number like $5 escape '\\') \
             and i.searched_text like $6 escape '\\' order by i.started_at desc, i.interaction_id desc limit 51"
        );
        assert_eq!(binds.len(), 6);
        assert!(matches!(&binds[5], Bind::Text(text) if text == "%50\\%\\_\\\\ sort # $1%"));
    }

    #[test]
    fn what_an_index_answers_is_not_searched() {
        let keyed = Filter { queue_id: Some(QueueId(Uuid::nil())), ..Filter::default() };
        assert!(!keyed.is_searched());
        for searched in [
            Filter { held: Some(false), ..keyed.clone() },
            Filter { asked: vec![Uuid::nil()], ..keyed.clone() },
            Filter { agent_id: Some(UserId(Uuid::nil())), ..keyed.clone() },
            Filter { talk_ms: Range { least: Some(1), most: None }, ..keyed.clone() },
            Filter { text: Some("x".to_owned()), ..keyed },
        ] {
            assert!(searched.is_searched(), "{searched:?}");
        }
    }
}
