//! A plan as statements, many rows to a statement.

use super::plan::Plan;
use super::script::script_for;
use crate::abilities::PUT_ASKED;
use crate::column::AddTo as _;
use crate::error::is_taken;
use crate::helped::PUT_TOPIC;
use crate::interactions::searched_text;
use crate::tx::{ADD_EVENT, Tx};
use crate::{Duplicate, EventRow, StoreError};
use hookflash_domain::{MessageId, UserId};
use sqlx::Arguments;
use sqlx::error::{BoxDynError, ErrorKind};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Carries the plan out, what is pointed to before what points. Gives the number before the first event's.
pub(super) async fn apply(tx: &mut Tx<'_>, mut plan: Plan<'_>) -> Result<i64, StoreError> {
    let events = std::mem::take(&mut plan.events);
    if tx.is_file() {
        // `begin immediate` has locked the whole file, so SQLite's own next numbers are the next.
        let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
        let unnumbered: Vec<_> = events.into_iter().map(|event| (None, event)).collect();
        return Ok(put_rows(tx, plan, &unnumbered).await? - count);
    }
    put_rows(tx, plan, &[]).await?;
    if events.is_empty() {
        return Ok(0);
    }
    // Last, so that other nodes wait for the right to number as short as can be.
    let before = tx.lock_events().await?;
    let numbered: Vec<_> = (before + 1..).map(Some).zip(events).collect();
    put_rows(tx, Plan::default(), &numbered).await?;
    Ok(before)
}

/// Gives the number of the last row where SQLite gave it one.
async fn put_rows(
    tx: &mut Tx<'_>,
    plan: Plan<'_>,
    events: &[(Option<i64>, &EventRow)],
) -> Result<i64, StoreError> {
    let agents: Vec<_> = plan.agents.into_values().collect();
    let interactions: Vec<_> = plan.interactions.into_values().collect();
    let consults: Vec<_> = plan.consults.into_values().collect();
    let talks: Vec<_> = plan.consult_talks.into_values().collect();
    let messages: Vec<_> = plan.messages.into_values().chain(plan.doubled).collect();
    let states = by_state(plan.states);
    let done: Vec<_> = plan.outbox_done.into_iter().collect();
    let (points, gone): (Vec<_>, Vec<_>) =
        plan.resume_points.into_iter().partition(|(_, point)| point.is_some());
    let points: Vec<_> = points.into_iter().filter_map(|(_, point)| point).collect();
    let ran = on!(tx.conn()?, conn => {
        let mut script = script_for(&*conn);
        script.put(PUT_AGENT, &agents, |row, arguments| row.add_to(arguments))?;
        script.put(PUT_INTERACTION, &interactions, |row, arguments| {
            row.add_to(arguments)?;
            arguments.add(searched_text(row))
        })?;
        script.put(PUT_ASKED, &plan.asked, |row, arguments| row.add_to(arguments))?;
        script.put(PUT_CONSULT, &consults, |row, arguments| row.add_to(arguments))?;
        script.put(PUT_CONSULT_TALK, &talks, |row, arguments| row.add_to(arguments))?;
        script.put(PUT_TOPIC, &plan.topics, |row, arguments| row.add_to(arguments))?;
        script.put(PUT_MESSAGE, &messages, |row, arguments| row.add_to(arguments))?;
        for ((state, reason), messages) in &states {
            let lead = |arguments: &mut _| add_state(arguments, state, *reason);
            script.each(SET_MESSAGE_STATE, messages, Some(ALL_MESSAGES), lead, |id, arguments| arguments.add(id.0))?;
        }
        script.each(END_OUTBOX, &done, None, |_| Ok(0), |id, arguments| arguments.add(*id))?;
        script.put(ADD_OUTBOX, &plan.outbox, |row, arguments| row.add_to(arguments))?;
        script.put(ADD_COMMAND, &plan.commands, |row, arguments| row.add_to(arguments))?;
        for ((user_id, network), _) in &gone {
            let lead = |arguments: &mut _| add_user(arguments, *user_id);
            script.each(END_RESUME, &[&network.0], None, lead, |network, arguments| arguments.add(*network))?;
        }
        script.put(PUT_RESUME, &points, |row, arguments| row.add_to(arguments))?;
        plan.facts.write(&mut script)?;
        script.put(ADD_EVENT, events, |(seq, event), arguments| {
            event.add_to(arguments)?;
            arguments.add(*seq)
        })?;
        script.run(conn).await.map_err(or_refused)
    })?;
    if ran.is_committed {
        tx.is_committed();
    }
    if ran.as_expected { Ok(ran.last_row) } else { Err(StoreError::NotFound("message")) }
}

/// Messages that come to the same state share a statement.
fn by_state<'a>(
    states: BTreeMap<MessageId, (&'a str, Option<&'a str>)>,
) -> BTreeMap<(&'a str, Option<&'a str>), Vec<MessageId>> {
    let mut same: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (message, state) in states {
        same.entry(state).or_default().push(message);
    }
    same
}

fn add_state<A: Arguments>(arguments: &mut A, state: &str, reason: Option<&str>) -> Result<usize, BoxDynError>
where
    for<'t> &'t str: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    for<'t> Option<&'t str>: sqlx::Encode<'t, A::Database>,
{
    arguments.add(state)?;
    arguments.add(reason)?;
    Ok(2)
}

fn add_user<A: Arguments>(arguments: &mut A, user: UserId) -> Result<usize, BoxDynError>
where
    for<'t> Uuid: sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
{
    arguments.add(user.0)?;
    Ok(1)
}

/// The statements of messages, commands and facts can only break the one unique rule that means repetition:
/// their primary keys are replaced or are that rule. A row without a value is a guard's.
fn or_refused(error: sqlx::Error) -> StoreError {
    if error.as_database_error().is_some_and(|broken| broken.kind() == ErrorKind::NotNullViolation) {
        return StoreError::NotFound("message");
    }
    let broken = error.as_database_error().filter(|_| is_taken(&error));
    // PostgreSQL names the table; SQLite says "UNIQUE constraint failed: message.message_id".
    let table = broken.and_then(|broken| {
        let column = broken.message().rsplit_once(": ").map(|(_, column)| column);
        broken.table().or_else(|| column?.split('.').next())
    });
    match table {
        Some("message") => StoreError::Duplicate(Duplicate::Message),
        Some("command_answer") => StoreError::Duplicate(Duplicate::Command),
        Some("queue_visit" | "handling" | "alert" | "consult_fact" | "invitation_fact") => {
            StoreError::Duplicate(Duplicate::Fact)
        }
        _ => error.into(),
    }
}

/// A consult's row, up to what becomes of the one that is there already.
macro_rules! put_consult {
    () => {
        "insert into consult (consult_id, interaction_id, agent_id, network, state, outcome, started_at, ended_at, \
        expert_name, last_text, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
        on conflict (consult_id) do update set "
    };
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
    PUT_CONSULT = concat!(put_consult!(), "interaction_id = excluded.interaction_id, \
        agent_id = excluded.agent_id, network = excluded.network, state = excluded.state, \
        outcome = excluded.outcome, started_at = excluded.started_at, ended_at = excluded.ended_at, \
        expert_name = excluded.expert_name, last_text = excluded.last_text, body = excluded.body");
    PUT_CONSULT_TALK = concat!(put_consult!(), "last_text = excluded.last_text, body = excluded.body");
    PUT_MESSAGE = "insert into message (message_id, consult_id, by_role, author_name, text, at, state, reason, \
        shared, network_message_id, html) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    SET_MESSAGE_STATE = "update message set state = $1, reason = $2 where message_id in ($3)";
    ALL_MESSAGES = "insert into message (message_id) select null \
        where $1 <> (select count(*) from message where message_id in ($2))";
    ADD_OUTBOX = "insert into outbox (outbox_id, consult_id, kind, payload, created_at) values ($1, $2, $3, $4, $5)";
    END_OUTBOX = "delete from outbox where outbox_id in ($1)";
    ADD_COMMAND = "insert into command_answer (user_id, command_id, at, answer) values ($1, $2, $3, $4)";
    PUT_RESUME = "insert into network_resume (user_id, network, value) values ($1, $2, $3) \
        on conflict (user_id, network) do update set value = excluded.value";
    END_RESUME = "delete from network_resume where user_id = $1 and network in ($2)";
}
