//! Going on in a chat whose messaging the far client has closed, or whose conversation was lost
//! with the pool's memory: the next message rings it again, and the agent notices nothing
//! (UCWA 5.4).

use super::{
    adopting,
    application::Application,
    chats::{ChatLinks, Renewal},
    codec::encode,
    core::{Core, NOT_OPEN_YET},
    fault::{Fault, Refusal},
    http::Answer,
    ringing,
    wire::{Ask, Body},
};
use crate::{ChatId, clock};
use hookflash_domain::MessageId;
use serde_json::{Value, json};
use std::time::Duration;

/// An invitation of whose end nothing was heard for so long is over; pools ring for some 30 s.
const LONGEST: Duration = Duration::from_secs(90);
/// As above for one that may not have reached the pool.
const LONGEST_UNSURE: Duration = Duration::from_secs(10);

/// Whether the chat is being rung at this moment; messages wait for its end.
pub(super) fn is_under_way(core: &Core, id: &ChatId) -> bool {
    let mut chats = core.chats.lock();
    let Some(chat) = chats.by_id.get_mut(id) else { return false };
    let limit = |renewal: &Renewal| if renewal.is_sure { LONGEST } else { LONGEST_UNSURE };
    if chat.renewal.as_ref().is_some_and(|renewal| renewal.began_at.elapsed() > limit(renewal)) {
        chat.renewal = None;
    }
    chat.renewal.is_some()
}

/// Rings in a conversation that is still there, with the message.
pub(super) async fn ring_again(
    core: &Core,
    application: &Application,
    id: &ChatId,
    links: &ChatLinks,
    operation: MessageId,
    text: &str,
) -> Result<Answer, Fault> {
    let Some(add) = &links.add else {
        // Without the link it is ringing already.
        ringing::clear(core, application, id, links.stop.as_deref()).await?;
        return Err(busy());
    };
    match ring(core, application.url(add)?, id, operation, text, json!({})).await {
        // The far side was quicker.
        Err(Fault::Refused(refusal)) if refusal.is("AlreadyExists") => Err(busy()),
        answer => answer,
    }
}

/// Begins a new conversation in the thread of the old one, with the message.
pub(super) async fn begin_anew(
    core: &Core,
    application: &Application,
    id: &ChatId,
    operation: MessageId,
    text: &str,
) -> Result<Answer, Fault> {
    let (person, thread) = core.of_chat(id, |chat| (chat.kept.person.clone(), chat.kept.thread.clone()))?;
    let person = person.ok_or_else(takes_no_messages)?;
    let thread = thread.unwrap_or_else(|| id.0.clone());
    let url = application.offered(application.start_messaging.as_ref(), "chat")?;
    let more = json!({ "importance": "Normal", "to": person.address, "threadId": thread });
    match ring(core, url, id, operation, text, more).await {
        Err(Fault::Refused(refusal)) if refusal.is("ThreadIdAlreadyExists") => {
            // It was there after all; the message goes into it at the next try.
            adopting::find_again(core, application, id).await?;
            Err(busy())
        }
        answer => answer,
    }
}

/// A message that is too long for an invitation goes after it.
async fn ring(
    core: &Core,
    url: url::Url,
    id: &ChatId,
    operation: MessageId,
    text: &str,
    mut body: Value,
) -> Result<Answer, Fault> {
    let goes_along = text.len() <= core.config.longest_opening;
    let operation = if goes_along { operation } else { empty(operation) };
    if let Some(body) = body.as_object_mut() {
        body.insert("operationId".to_owned(), json!(operation.to_string()));
        if goes_along {
            body.insert("_links".to_owned(), json!({ "message": { "href": encode(text) } }));
        }
    }
    if let Some(chat) = core.chats.lock().by_id.get_mut(id) {
        chat.renewal = Some(Renewal { operation, began_at: clock::instant(), is_sure: false });
    }
    let outcome = core.wire.ask(Ask::post(url, Body::Json(body)).urgent()).await;
    if let Some(chat) = core.chats.lock().by_id.get_mut(id) {
        match &outcome {
            Ok(_) => chat.renewal.iter_mut().for_each(|renewal| renewal.is_sure = true),
            // Refused for good. After any other trouble it may ring, and must not ring twice.
            Err(Fault::Refused(refusal)) if refusal.status < 500 => chat.renewal = None,
            Err(_) => {}
        }
    }
    match outcome {
        // The invitation's address is not the message's: its end is told under its operation.
        Ok(answer) if goes_along => Ok(Answer { location: None, ..answer }),
        Ok(_) => Err(busy()),
        Err(fault) => Err(fault),
    }
}

/// To be tried again soon: the chat is about to take messages.
pub(super) fn busy() -> Fault {
    Fault::Refused(Refusal {
        status: 409,
        code: "Conflict".to_owned(),
        subcode: String::new(),
        words: "the chat is being rung again".to_owned(),
        retry_after: Some(NOT_OPEN_YET),
    })
}

/// The operation of an invitation without a message.
fn empty(operation: MessageId) -> MessageId {
    MessageId(uuid::Uuid::new_v5(&operation.0, b"ring"))
}

fn takes_no_messages() -> Fault {
    Fault::Refused(Refusal {
        status: 404,
        code: "NotFound".to_owned(),
        subcode: "ConversationNotFound".to_owned(),
        words: "the chat takes no messages".to_owned(),
        retry_after: None,
    })
}
