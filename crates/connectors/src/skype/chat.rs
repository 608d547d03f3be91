//! Sending in an open chat (UCWA 5.5, 5.6).

use super::{
    application::Application,
    chats::{ChatLinks, Phase},
    codec::encode,
    core::Core,
    fault::{Fault, later},
    http::Answer,
    news::note_messaging,
    resource::link,
    wire::{Ask, Body},
};
use crate::{ChatId, ConnectorError, Outgoing, SessionEvent, clock};
use serde_json::json;
use std::time::Duration;

/// When to send again while the other side has not come in yet.
const NOT_OPEN_YET: Duration = Duration::from_millis(500);

/// Sends a message; messages of a chat go one after the other.
pub(super) async fn send(core: &Core, id: &ChatId, message: &Outgoing) -> Result<(), ConnectorError> {
    let limit = core.config.longest_message;
    if message.text.len() > limit {
        return Err(ConnectorError::TooLong { limit });
    }
    let application = core.application().await?;
    let order = {
        if !core.chats.lock().by_id.contains_key(id) {
            core.settled().await;
        }
        let chats = core.chats.lock();
        let chat = chats.by_id.get(id).ok_or(ConnectorError::ChatGone)?;
        if chat.kept.phase != Phase::Open {
            return Err(later(Some(NOT_OPEN_YET)));
        }
        std::sync::Arc::clone(&chat.order)
    };
    let _turn = order.lock().await;
    if core.chats.lock().by_id.get(id).is_some_and(|chat| chat.has_taken(message.key)) {
        return Ok(());
    }
    match post(core, &application, id, message).await {
        Ok(answer) => {
            taken(core, id, message, answer).await;
            Ok(())
        }
        Err(Fault::Refused(refusal)) if refusal.status == 413 => Err(ConnectorError::TooLong { limit }),
        Err(fault) if fault.is_gone() => Err(ConnectorError::ChatGone),
        Err(fault) => Err(fault.into_error()),
    }
}

async fn post(
    core: &Core,
    application: &Application,
    id: &ChatId,
    message: &Outgoing,
) -> Result<Answer, Fault> {
    let key = message.key.to_string();
    let links = links(core, application, id, |links| links.send.is_some()).await?;
    if let Some(href) = links.send {
        let mut url = application.url(&href)?;
        url.query_pairs_mut().append_pair("operationContext", &key);
        return core.wire.ask(Ask::post(url, Body::Text(message.text.clone()))).await;
    }
    // The far client has closed its window: the message rings it again (UCWA 5.4).
    let add = links.add.ok_or(Fault::Refused(super::fault::Refusal {
        status: 404,
        code: "NotFound".to_owned(),
        subcode: "ConversationNotFound".to_owned(),
        words: "the chat takes no messages".to_owned(),
        retry_after: None,
    }))?;
    let body = json!({ "operationId": key, "_links": { "message": { "href": encode(&message.text) } } });
    core.wire.ask(Ask::post(application.url(&add)?, Body::Json(body))).await
}

async fn taken(core: &Core, id: &ChatId, message: &Outgoing, answer: Answer) {
    let known = core.chats.lock().by_id.get_mut(id).and_then(|chat| chat.took(message.key, answer.location));
    let (chat, key) = (id.clone(), message.key);
    let event = known.map(|arrived| match arrived {
        true => SessionEvent::Delivered { chat, key },
        false => SessionEvent::Failed { chat, key, reason: None },
    });
    // Nobody listening: the session is over, and the message was taken nevertheless.
    let _ = core.tell(event.into_iter().collect()).await;
}

/// Where the parts of a chat are; asked of the pool where the needed one is not known.
pub(super) async fn links(
    core: &Core,
    application: &Application,
    id: &ChatId,
    enough: impl Fn(&ChatLinks) -> bool,
) -> Result<ChatLinks, Fault> {
    let (links, conversation) = {
        let chats = core.chats.lock();
        let chat = chats.by_id.get(id).ok_or(Fault::ApplicationGone)?;
        (chat.links.clone(), chat.kept.conversation.clone())
    };
    let Some(conversation) = conversation.filter(|_| !enough(&links)) else { return Ok(links) };
    let resource = core.wire.ask(Ask::get(application.url(&conversation)?)).await?;
    let Some(messaging) = link(&resource.body, "messaging") else { return Ok(links) };
    let messaging = core.wire.ask(Ask::get(application.url(messaging)?)).await?;
    let mut chats = core.chats.lock();
    let chat = chats.by_id.get_mut(id).ok_or(Fault::ApplicationGone)?;
    note_messaging(chat, &messaging.body);
    Ok(chat.links.clone())
}

/// Says that the agent types, at most every few seconds.
pub(super) async fn typing(core: &Core, id: &ChatId) {
    let Some(application) = core.application_now() else { return };
    {
        let mut chats = core.chats.lock();
        let Some(chat) = chats.by_id.get_mut(id).filter(|chat| chat.kept.phase == Phase::Open) else {
            return;
        };
        if chat.typed_at.is_some_and(|at| at.elapsed() < core.config.timing.typing) {
            return;
        }
        chat.typed_at = Some(clock::instant());
    }
    let told = async {
        let links = links(core, &application, id, |links| links.typing.is_some()).await?;
        let href = links.typing.ok_or(Fault::ApplicationGone)?;
        core.wire.ask(Ask::post(application.url(&href)?, Body::Empty)).await
    };
    if let Err(fault) = told.await {
        tracing::debug!(?fault, "typing could not be told");
    }
}
