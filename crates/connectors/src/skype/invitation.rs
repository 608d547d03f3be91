//! Asking an expert (UCWA 5.1).

use super::{
    chats::{Chat, Phase},
    codec::{cut_to_chars, encode},
    core::Core,
    fault::{Fault, Refusal},
    http::Answer,
    wire::{Ask, Body},
};
use crate::{ChatId, ConnectorError, Opening};
use hookflash_domain::{Importance, PersonId};
use serde_json::{Value, json};

/// Longest subject that a pool takes, in characters.
const LONGEST_SUBJECT: usize = 250;
/// Longest operation id.
const LONGEST_KEY: usize = 50;

/// Asks someone to a chat. The opening's key is the operation id, by which the pool's event finds
/// the chat, and the thread id, of which the pool allows one running conversation: so a repeated
/// invitation does not ring twice, even after a restart.
pub(super) async fn invite(
    core: &Core,
    person: &PersonId,
    opening: &Opening,
) -> Result<ChatId, ConnectorError> {
    let limit = core.config.longest_opening;
    if opening.text.len() > limit {
        return Err(ConnectorError::TooLong { limit });
    }
    if opening.key.is_empty() || opening.key.len() > LONGEST_KEY || person.network != core.config.network {
        let words = "the key or the person is not of this network".to_owned();
        return Err(ConnectorError::Refused { code: "BadRequest".to_owned(), words });
    }
    let application = core.application().await?;
    core.settled().await;
    let id = ChatId(opening.key.clone());
    if !begin(core, &id, person) {
        return Ok(id);
    }
    let url = application.offered(application.start_messaging.as_ref(), "chat");
    let outcome = match url {
        Ok(url) => core.wire.ask_any(Ask::post(url, Body::Json(request(person, opening))).urgent()).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(answer) if answer.is_success() => {
            if let Some(chat) = core.chats.lock().by_id.get_mut(&id) {
                chat.kept.invitation = chat.kept.invitation.take().or(answer.location);
            }
            Ok(id)
        }
        Ok(answer) if is_running(&answer) => Ok(id),
        Ok(answer) => Err(given_up(core, &id, answer.fault())),
        Err(fault) => Err(given_up(core, &id, fault)),
    }
}

/// Notes the chat; false when it is there already, or was, and its end has been told.
fn begin(core: &Core, id: &ChatId, person: &PersonId) -> bool {
    let mut chats = core.chats.lock();
    if chats.by_id.contains_key(id) || chats.has_ended(id) {
        return false;
    }
    chats.by_id.insert(id.clone(), Chat::new(Phase::Inviting, Some(person.clone())));
    true
}

fn request(person: &PersonId, opening: &Opening) -> Value {
    let mut body = json!({
        "importance": importance(opening.importance),
        "subject": cut_to_chars(&opening.subject, LONGEST_SUBJECT),
        "to": person.address,
        "operationId": opening.key,
        "threadId": opening.key,
    });
    if !opening.text.is_empty()
        && let Some(body) = body.as_object_mut()
    {
        body.insert("_links".to_owned(), json!({ "message": { "href": encode(&opening.text) } }));
    }
    body
}

fn importance(importance: Importance) -> &'static str {
    match importance {
        Importance::Normal => "Normal",
        Importance::Urgent => "Urgent",
        Importance::Emergency => "Emergency",
    }
}

fn is_running(refused: &Answer) -> bool {
    matches!(refused.fault(), Fault::Refused(refusal) if refusal.is("ThreadIdAlreadyExists"))
}

/// Forgets an invitation that was not taken, unless the pool has told that it runs after all.
fn given_up(core: &Core, id: &ChatId, fault: Fault) -> ConnectorError {
    let mut chats = core.chats.lock();
    if chats.by_id.get(id).is_some_and(|chat| chat.kept.conversation.is_none()) {
        chats.by_id.remove(id);
    }
    match fault {
        Fault::Refused(Refusal { status: 404, words, .. }) => ConnectorError::Unreachable { words },
        fault => fault.into_error(),
    }
}
