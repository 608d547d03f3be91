//! A plan as statements, many rows to a statement.

use super::plan::Plan;
use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::interactions::searched_text;
use crate::tx::{ADD_EVENT, Tx};
use crate::{Duplicate, StoreError};
use sqlx::{AssertSqlSafe, query};

/// Most rows of one statement.
const MAX_ROWS: usize = 64;

/// Writes all rows by a statement for one: `put!(tx, SQL, rows, |row, query| bound query)`.
macro_rules! put {
    ($tx:expr, $sql:expr, $rows:expr, |$row:ident, $query:ident| $bind:expr) => {{
        let rows: &[_] = &$rows;
        let mut rest = rows;
        let mut result: sqlx::Result<()> = Ok(());
        while !rest.is_empty() && result.is_ok() {
            let (part, others) = rest.split_at(part_count(rest.len()));
            rest = others;
            let sql = AssertSqlSafe(for_rows($sql, part.len()));
            result = on!($tx.conn()?, conn => {
                let mut $query = query(sql);
                for $row in part {
                    $query = $bind;
                }
                $query.execute(conn).await.map(drop)
            });
        }
        result
    }};
}

/// How many of so many rows go into the next statement. Powers of two keep the number of different
/// statements small, each of which is prepared once.
fn part_count(rows: usize) -> usize {
    1 << rows.clamp(1, MAX_ROWS).ilog2()
}

/// The statement for one row, `… values ($1, $2) …`, made to take several.
fn for_rows(sql: &str, rows: usize) -> String {
    let Some((head, rest)) = sql.split_once("values (") else { return sql.to_owned() };
    let Some((places, tail)) = rest.split_once(')') else { return sql.to_owned() };
    let columns = places.split(',').count();
    let mut text = format!("{head}values ");
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns {
            text.push_str(if column == 1 { "$" } else { ", $" });
            text.push_str(&(row * columns + column).to_string());
        }
        text.push(')');
    }
    text + tail
}

/// Carries the plan out, what is pointed to before what points. Gives the number before the first
/// event's.
pub(super) async fn apply(tx: &mut Tx<'_>, plan: Plan<'_>) -> Result<i64, StoreError> {
    let agents: Vec<_> = plan.agents.into_values().collect();
    put!(tx, PUT_AGENT, agents, |row, query| row.bind_to(query))?;
    let interactions: Vec<_> = plan.interactions.into_values().collect();
    put!(tx, PUT_INTERACTION, interactions, |row, query| row.bind_to(query).bind(searched_text(row)))?;
    let consults: Vec<_> = plan.consults.into_values().collect();
    put!(tx, PUT_CONSULT, consults, |row, query| row.bind_to(query))?;
    let messages: Vec<_> = plan.messages.into_values().chain(plan.doubled).collect();
    put!(tx, PUT_MESSAGE, messages, |row, query| row.bind_to(query))
        .map_err(|error| or_duplicate(error, Duplicate::Message))?;
    for (message_id, (state, reason)) in plan.states {
        let count = on!(tx.conn()?, conn => query(SET_MESSAGE_STATE)
            .bind(message_id.0).bind(state).bind(reason)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if count == 0 {
            return Err(StoreError::NotFound("message"));
        }
    }
    for id in plan.outbox_done {
        on!(tx.conn()?, conn => query(END_OUTBOX).bind(id).execute(conn).await.map(drop))?;
    }
    put!(tx, ADD_OUTBOX, plan.outbox, |row, query| row.bind_to(query))?;
    put!(tx, ADD_COMMAND, plan.commands, |row, query| row.bind_to(query))
        .map_err(|error| or_duplicate(error, Duplicate::Command))?;
    for ((user_id, network), point) in plan.resume_points {
        match point {
            Some(row) => {
                on!(tx.conn()?, conn => row.bind_to(query(PUT_RESUME)).execute(conn).await.map(drop))
            }
            None => on!(tx.conn()?, conn => query(END_RESUME)
                .bind(user_id.0).bind(&network.0).execute(conn).await.map(drop)),
        }?;
    }
    if plan.events.is_empty() {
        return Ok(0);
    }
    // Last, so that other nodes wait for the right to number as short as can be.
    let before = tx.lock_events().await?;
    let numbered: Vec<_> = (before + 1..).zip(plan.events).collect();
    put!(tx, ADD_EVENT, numbered, |row, query| row.1.bind_to(query).bind(row.0))?;
    Ok(before)
}

/// The message's and the command's statements can only break the one unique rule that means
/// repetition: their primary keys are replaced or are that rule.
fn or_duplicate(error: sqlx::Error, what: Duplicate) -> StoreError {
    if is_taken(&error) { StoreError::Duplicate(what) } else { error.into() }
}

sql! {
    PUT_AGENT = "insert into agent (user_id, state, since_at, body) values ($1, $2, $3, $4) \
        on conflict (user_id) do update set \
        state = excluded.state, since_at = excluded.since_at, body = excluded.body";
    PUT_INTERACTION = "insert into interaction (interaction_id, queue_id, agent_id, state, caller_number, \
        caller_name, dialled_number, started_at, answered_at, call_ended_at, completed_at, end_reason, \
        disposition_id, note, wait_ms, talk_ms, hold_ms, wrap_up_ms, consult_count, attached, body, searched_text) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) \
        on conflict (interaction_id) do update set queue_id = excluded.queue_id, agent_id = excluded.agent_id, \
        state = excluded.state, caller_number = excluded.caller_number, caller_name = excluded.caller_name, \
        dialled_number = excluded.dialled_number, started_at = excluded.started_at, \
        answered_at = excluded.answered_at, call_ended_at = excluded.call_ended_at, \
        completed_at = excluded.completed_at, end_reason = excluded.end_reason, \
        disposition_id = excluded.disposition_id, note = excluded.note, wait_ms = excluded.wait_ms, \
        talk_ms = excluded.talk_ms, hold_ms = excluded.hold_ms, wrap_up_ms = excluded.wrap_up_ms, \
        consult_count = excluded.consult_count, attached = excluded.attached, body = excluded.body, \
        searched_text = excluded.searched_text";
    PUT_CONSULT = "insert into consult (consult_id, interaction_id, agent_id, network, state, outcome, \
        started_at, ended_at, expert_name, last_text, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
        on conflict (consult_id) do update set interaction_id = excluded.interaction_id, \
        agent_id = excluded.agent_id, network = excluded.network, state = excluded.state, \
        outcome = excluded.outcome, started_at = excluded.started_at, ended_at = excluded.ended_at, \
        expert_name = excluded.expert_name, last_text = excluded.last_text, body = excluded.body";
    PUT_MESSAGE = "insert into message (message_id, consult_id, by_role, author_name, text, at, state, reason, \
        shared, network_message_id, html) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    SET_MESSAGE_STATE = "update message set state = $2, reason = $3 where message_id = $1";
    ADD_OUTBOX = "insert into outbox (outbox_id, consult_id, kind, payload, created_at) values ($1, $2, $3, $4, $5)";
    END_OUTBOX = "delete from outbox where outbox_id = $1";
    ADD_COMMAND = "insert into command_answer (user_id, command_id, at, answer) values ($1, $2, $3, $4)";
    PUT_RESUME = "insert into network_resume (user_id, network, value) values ($1, $2, $3) \
        on conflict (user_id, network) do update set value = excluded.value";
    END_RESUME = "delete from network_resume where user_id = $1 and network = $2";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_takes_several_rows() {
        let one = "insert into t (a, b) values ($1, $2) on conflict (a) do nothing";
        assert_eq!(for_rows(one, 1), one);
        let three = "insert into t (a, b) values ($1, $2), ($3, $4), ($5, $6) on conflict (a) do nothing";
        assert_eq!(for_rows(one, 3), three);
        for (rows, part) in [(1, 1), (2, 2), (3, 2), (63, 32), (64, 64), (1_000, 64)] {
            assert_eq!(part_count(rows), part);
        }
    }
}
