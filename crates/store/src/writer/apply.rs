//! Each kind of write as a statement.

use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::tx::Tx;
use crate::{Duplicate, InteractionRow, StoreError, Write};
use sqlx::query;

/// Binds a row in field order and executes.
macro_rules! put {
    ($tx:expr, $sql:expr, $row:expr) => {
        on!($tx.conn()?, conn => $row.bind_to(query($sql)).execute(conn).await.map(drop))
    };
}

/// Carries out one write. Gives the number of an event.
pub(super) async fn apply(tx: &mut Tx<'_>, write: &Write) -> Result<Option<i64>, StoreError> {
    match write {
        Write::Event(row) => return tx.add_event(row).await.map(Some),
        Write::Agent(row) => put!(tx, PUT_AGENT, row)?,
        Write::Interaction(row) => put_interaction(tx, row).await?,
        Write::Consult(row) => put!(tx, PUT_CONSULT, row)?,
        Write::Message(row) => {
            put!(tx, PUT_MESSAGE, row).map_err(|error| or_duplicate(error, Duplicate::Message))?;
        }
        Write::MessageState { message_id, state, reason } => {
            let count = on!(tx.conn()?, conn => query(SET_MESSAGE_STATE)
                .bind(message_id.0).bind(state).bind(reason.as_deref())
                .execute(conn).await.map(|done| done.rows_affected()))?;
            if count == 0 {
                return Err(StoreError::NotFound("message"));
            }
        }
        Write::OutboxAdd(row) => put!(tx, ADD_OUTBOX, row)?,
        Write::OutboxDone(id) => {
            on!(tx.conn()?, conn => query(END_OUTBOX).bind(id).execute(conn).await.map(drop))?;
        }
        Write::CommandAnswer(row) => {
            put!(tx, ADD_COMMAND, row).map_err(|error| or_duplicate(error, Duplicate::Command))?;
        }
        Write::ResumePoint(row) => put!(tx, PUT_RESUME, row)?,
        Write::ResumePointGone { user_id, network } => {
            on!(tx.conn()?, conn => query(END_RESUME)
                .bind(user_id.0).bind(&network.0).execute(conn).await.map(drop))?;
        }
    }
    Ok(None)
}

/// The message's and the command's statements can only break the one unique rule that means
/// repetition: their primary keys are replaced or are that rule.
fn or_duplicate(error: sqlx::Error, what: Duplicate) -> StoreError {
    if is_taken(&error) { StoreError::Duplicate(what) } else { error.into() }
}

async fn put_interaction(tx: &mut Tx<'_>, row: &InteractionRow) -> Result<(), StoreError> {
    let searched = crate::interactions::searched_text(row);
    on!(tx.conn()?, conn => row.bind_to(query(PUT_INTERACTION)).bind(searched).execute(conn).await.map(drop))?;
    Ok(())
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
        shared, network_message_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        on conflict (message_id) do update set consult_id = excluded.consult_id, by_role = excluded.by_role, \
        author_name = excluded.author_name, text = excluded.text, at = excluded.at, state = excluded.state, \
        reason = excluded.reason, shared = excluded.shared, network_message_id = excluded.network_message_id";
    SET_MESSAGE_STATE = "update message set state = $2, reason = $3 where message_id = $1";
    ADD_OUTBOX = "insert into outbox (outbox_id, consult_id, kind, payload, created_at) values ($1, $2, $3, $4, $5)";
    END_OUTBOX = "delete from outbox where outbox_id = $1";
    ADD_COMMAND = "insert into command_answer (user_id, command_id, at, answer) values ($1, $2, $3, $4)";
    PUT_RESUME = "insert into network_resume (user_id, network, value) values ($1, $2, $3) \
        on conflict (user_id, network) do update set value = excluded.value";
    END_RESUME = "delete from network_resume where user_id = $1 and network = $2";
}
