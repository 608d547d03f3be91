//! Rows for tests: valid, and told apart by their ids.

use hookflash_domain::{ConsultId, InteractionId, MessageId, NetworkId, QueueId, Timestamp, UserId};
use hookflash_store::queues::QueueRow;
use hookflash_store::users::{Role, Roles, UserRow};
use hookflash_store::{
    AgentRow, By, CommandRow, ConsultRow, EventRow, InteractionRow, MessageRow, OutboxRow, Secret, Write,
};
use uuid::Uuid;

#[expect(clippy::disallowed_methods, reason = "the one place of these tests that makes ids")]
pub(crate) fn id() -> Uuid {
    Uuid::now_v7()
}

/// The seed of a random test: printed, and taken from `HOOKFLASH_SEED` to play a failure again.
pub(crate) fn seed() -> u64 {
    let given = std::env::var("HOOKFLASH_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(rand::random);
    println!("HOOKFLASH_SEED={seed}");
    seed
}

pub(crate) fn interaction(started_at: i64) -> InteractionRow {
    InteractionRow {
        interaction_id: InteractionId(id()),
        queue_id: QueueId(Uuid::from_u128(1)),
        agent_id: Some(UserId(Uuid::from_u128(2))),
        state: "connected".to_owned(),
        caller_number: "+49301234567".to_owned(),
        caller_name: Some("Jörg Weiß".to_owned()),
        dialled_number: "0800100".to_owned(),
        started_at: Timestamp(started_at),
        answered_at: Some(Timestamp(started_at + 5_000)),
        call_ended_at: None,
        completed_at: None,
        end_reason: None,
        disposition_id: None,
        note: String::new(),
        wait_ms: 5_000,
        talk_ms: 60_000,
        hold_ms: 0,
        wrap_up_ms: 3_000,
        consult_count: 0,
        attached: "[]".to_owned(),
        body: "{}".to_owned(),
    }
}

pub(crate) fn consult(interaction_id: Option<InteractionId>, agent_id: UserId) -> ConsultRow {
    ConsultRow {
        consult_id: ConsultId(id()),
        interaction_id,
        agent_id,
        network: NetworkId("skype".to_owned()),
        state: "talking".to_owned(),
        outcome: None,
        started_at: Timestamp(1_000),
        ended_at: None,
        expert_name: "Oskar Lindqvist".to_owned(),
        last_text: "Hello".to_owned(),
        body: "{}".to_owned(),
    }
}

pub(crate) fn message(consult_id: ConsultId, at: i64) -> MessageRow {
    MessageRow {
        message_id: MessageId(id()),
        consult_id,
        by_role: "agent".to_owned(),
        author_name: "Ada".to_owned(),
        text: "Does the tariff include roaming?".to_owned(),
        at: Timestamp(at),
        state: "sending".to_owned(),
        reason: None,
        shared: "[]".to_owned(),
        network_message_id: None,
        html: None,
    }
}

pub(crate) fn event(kind: &str) -> Write {
    Write::Event(Box::new(EventRow {
        at: Timestamp(1_000),
        kind: kind.to_owned(),
        interaction_id: None,
        consult_id: None,
        user_id: None,
        by_name: None,
        payload: "{}".to_owned(),
    }))
}

pub(crate) fn agent(state: &str) -> AgentRow {
    AgentRow {
        user_id: UserId(id()),
        state: state.to_owned(),
        since_at: Timestamp(5),
        body: r#"{"é":"😀"}"#.to_owned(),
    }
}

pub(crate) fn outbox(consult_id: ConsultId, created_at: i64) -> OutboxRow {
    OutboxRow {
        outbox_id: id(),
        consult_id,
        kind: "send".to_owned(),
        payload: "{}".to_owned(),
        created_at: Timestamp(created_at),
    }
}

pub(crate) fn command(user_id: UserId, answer: &str) -> CommandRow {
    CommandRow { user_id, command_id: id(), at: Timestamp(9), answer: answer.to_owned() }
}

pub(crate) fn user(sign_in_name: &str, roles: impl Into<Roles>) -> UserRow {
    UserRow {
        user_id: UserId(id()),
        sign_in_name: sign_in_name.to_owned(),
        name: format!("{sign_in_name} by name"),
        password_hash: Secret("$argon2id$…".to_owned()),
        roles: roles.into(),
        language: None,
        active: true,
        created_at: Timestamp(1),
    }
}

pub(crate) fn administrator() -> UserRow {
    user("root", [Role::Administrator])
}

pub(crate) fn queue(name: &str) -> QueueRow {
    QueueRow {
        queue_id: QueueId(id()),
        name: name.to_owned(),
        offer_timeout_ms: 20_000,
        wrap_up_mode: "optional".to_owned(),
        wrap_up_timeout_ms: None,
        active: true,
        team_address: None,
    }
}

pub(crate) fn by() -> By {
    By { at: Timestamp(77), user_id: None, name: "command line".to_owned() }
}
