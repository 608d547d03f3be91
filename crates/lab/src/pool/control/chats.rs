//! What people without a client do in chats, and what they saw there.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Outcome, done, find, refuse};
use crate::pool::Pool;
use crate::pool::people::PersonIndex;
use crate::pool::persona::director;
use crate::pool::state::chat::{ChatKey, Messaging};
use crate::pool::state::{Core, Endpoint};
use crate::pool::wire::data_uri::Text;

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Wanted {
    to: String,
    text: String,
    html: bool,
    chat: Option<ChatKey>,
    reason: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Failing {
    #[serde(default = "once")]
    count: u64,
    #[serde(default = "undelivered")]
    reason: String,
}

fn once() -> u64 {
    1
}

fn undelivered() -> String {
    "undelivered".to_owned()
}

type Asked = (State<Arc<Pool>>, Path<String>, Json<Wanted>);

pub(super) async fn start((State(pool), Path(uri), Json(wanted)): Asked) -> Outcome {
    let person = find(&pool, &uri)?;
    match director::start(&pool, person, &wanted.to, &wanted.text) {
        Some(chat) => Ok(Json(json!({ "chat": chat }))),
        None => Err(refuse(StatusCode::CONFLICT, "the chat could not be started")),
    }
}

pub(super) async fn say((State(pool), Path(uri), Json(wanted)): Asked) -> Outcome {
    let (person, chat) = newest(&pool, &uri, wanted.chat)?;
    outcome(director::say(&pool, person, chat, Text { html: wanted.html, body: wanted.text }))
}

pub(super) async fn typing((State(pool), Path(uri), Json(wanted)): Asked) -> Outcome {
    let (person, chat) = newest(&pool, &uri, wanted.chat)?;
    outcome(director::typing(&pool, person, chat))
}

pub(super) async fn accept((State(pool), Path(uri), Json(wanted)): Asked) -> Outcome {
    let (_, chat) = newest(&pool, &uri, wanted.chat)?;
    outcome(pool.core.lock().accept(chat, Endpoint::Persona).is_ok())
}

pub(super) async fn decline((State(pool), Path(uri), Json(wanted)): Asked) -> Outcome {
    let (_, chat) = newest(&pool, &uri, wanted.chat)?;
    let reason = if wanted.reason.is_empty() { "declined" } else { wanted.reason.as_str() };
    outcome(pool.core.lock().decline(chat, Endpoint::Persona, true, reason).is_ok())
}

pub(super) async fn leave((State(pool), Path(uri), Json(wanted)): Asked) -> Outcome {
    let (person, chat) = newest(&pool, &uri, wanted.chat)?;
    let mut core = pool.core.lock();
    let side = core.chats.get(&chat).and_then(|chat| chat.side_of(person)).unwrap_or(0);
    outcome(core.end(chat, side, Endpoint::Persona))
}

pub(super) async fn idle((State(pool), Path(uri), Json(wanted)): Asked) -> Outcome {
    let (_, chat) = newest(&pool, &uri, wanted.chat)?;
    outcome(pool.core.lock().go_idle(chat))
}

/// The next messages to the person fail.
pub(super) async fn fail_deliveries(
    State(pool): State<Arc<Pool>>,
    Path(uri): Path<String>,
    Json(wanted): Json<Failing>,
) -> Outcome {
    let person = find(&pool, &uri)?;
    let failing = &mut pool.core.lock().failing;
    match wanted.count {
        0 => failing.remove(&person),
        count => failing.insert(person, (count, wanted.reason)),
    };
    done()
}

pub(super) async fn inbox(State(pool): State<Arc<Pool>>, Path(uri): Path<String>) -> Outcome {
    let person = find(&pool, &uri)?;
    let inbox = pool.core.lock().inboxes.get(&person).cloned().unwrap_or_default();
    Ok(Json(json!(inbox)))
}

pub(super) async fn forget_inbox(State(pool): State<Arc<Pool>>, Path(uri): Path<String>) -> Outcome {
    let person = find(&pool, &uri)?;
    pool.core.lock().inboxes.remove(&person);
    done()
}

pub(super) async fn list(State(pool): State<Arc<Pool>>) -> Outcome {
    let core = pool.core.lock();
    let all: Vec<Value> = core
        .chats
        .values()
        .map(|chat| {
            let state = match &chat.messaging {
                Messaging::Inviting(_) => "inviting",
                Messaging::Open => "open",
                Messaging::Idle => "idle",
            };
            let parties: Vec<&str> = chat.parties.iter().map(|party| party.uri.as_str()).collect();
            let toast = chat.invite().and_then(|invite| invite.first.as_ref()).map(|first| &first.body);
            json!({
                "toast": toast, "chat": chat.key, "state": state, "parties": parties, "subject": chat.subject,
                "importance": chat.importance,
            })
        })
        .collect();
    Ok(Json(Value::Array(all)))
}

fn newest(
    pool: &Pool,
    uri: &str,
    wanted: Option<ChatKey>,
) -> Result<(PersonIndex, ChatKey), (StatusCode, Json<Value>)> {
    let person = find(pool, uri)?;
    let core: &Core = &pool.core.lock();
    let sits = |key: &ChatKey| core.chats.get(key).is_some_and(|chat| chat.side_of(person).is_some());
    let key = match wanted {
        Some(key) => Some(key).filter(sits),
        None => core.chats.keys().copied().filter(sits).max(),
    };
    let key = key.ok_or_else(|| refuse(StatusCode::NOT_FOUND, "there is no such chat of this person"))?;
    Ok((person, key))
}

fn outcome(fine: bool) -> Outcome {
    if fine { done() } else { Err(refuse(StatusCode::CONFLICT, "that is not possible in this chat now")) }
}
