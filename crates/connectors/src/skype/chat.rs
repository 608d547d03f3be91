//! Sending in an open chat (UCWA 5.5, 5.6).

use super::{
    application::Application,
    chats::{Chat, ChatLinks, Phase},
    codec::{from_plain, split},
    core::{Core, MISSING, NOT_OPEN_YET},
    fault::{Fault, later},
    http::Answer,
    news::note_messaging,
    renewing,
    resource::link,
    sent::{Outcome, Verdict},
    wire::{Ask, Body},
};
use crate::{ChatId, ConnectorError, Outgoing, SessionEvent, clock};
use hookflash_domain::MessageId;
use std::sync::Arc;

/// Most parts of a message.
pub(super) const MOST_PARTS: usize = 8;

/// Longest message that is taken; white space at cuts never makes it more parts than it should be.
pub(super) fn longest_message(part: usize) -> usize {
    part / 2 * MOST_PARTS
}

/// Sends a message, in parts where it is long; messages of a chat go one after the other.
pub(super) async fn send(core: &Core, id: &ChatId, message: &Outgoing) -> Result<(), ConnectorError> {
    let limit = longest_message(core.config.longest_part);
    if message.text.len() > limit {
        return Err(ConnectorError::TooLong { limit });
    }
    let application = core.application().await?;
    // After a restart the pool may still have to tell that it took the message before.
    core.settled().await;
    let order = open_chat(core, id, |chat| Arc::clone(&chat.order))?;
    let _turn = order.lock().await;
    let parts = split(&message.text, core.config.longest_part);
    open_chat(core, id, |chat| chat.sent.begin(message.key, parts.len()))?;
    while let Some((at, operation)) = open_chat(core, id, |chat| chat.sent.next(message.key))? {
        let part = parts.get(at).copied().unwrap_or_default();
        let place = open_chat(core, id, |chat| chat.kept.conversation.clone())?;
        match post(core, &application, id, operation, part).await {
            Ok(answer) => taken(core, id, operation, answer.location),
            Err(Fault::Refused(refusal)) if refusal.status == 413 => {
                return Err(ConnectorError::TooLong { limit: part.len().saturating_sub(1) });
            }
            Err(fault) => return Err(not_sent(core, id, place.as_deref(), fault)),
        }
    }
    Ok(())
}

/// Why a part was not taken that was to go to the conversation at `place`. That the application or the
/// conversation is not there does not end the chat: the event channel tells what became of it, and then
/// the message goes into what the chat is by then.
fn not_sent(core: &Core, id: &ChatId, place: Option<&str>, fault: Fault) -> ConnectorError {
    if matches!(fault, Fault::ApplicationGone) {
        return later(Some(NOT_OPEN_YET));
    }
    if !fault.is_gone() {
        return fault.into_error();
    }
    let mut chats = core.chats.lock();
    let (Some(place), Some(chat)) = (place, chats.by_id.get_mut(id)) else {
        return ConnectorError::ChatGone;
    };
    if chat.kept.conversation.as_deref() == Some(place) {
        let since = *chat.missing_since.get_or_insert_with(clock::instant);
        if since.elapsed() > MISSING {
            tracing::info!(account = %core.account.id, chat = id.0, "a chat's conversation is gone untold; it begins anew");
            chat.lose_conversation();
        }
    }
    later(Some(NOT_OPEN_YET))
}

/// Does something to an open chat.
fn open_chat<T>(core: &Core, id: &ChatId, work: impl FnOnce(&mut Chat) -> T) -> Result<T, ConnectorError> {
    let mut chats = core.chats.lock();
    let chat = chats.by_id.get_mut(id).ok_or_else(|| core.unknown(id))?;
    if let Some(words) = chat.refused.take() {
        return Err(ConnectorError::Unreachable { words });
    }
    match chat.kept.phase {
        Phase::Open => Ok(work(chat)),
        Phase::Inviting | Phase::Offered => Err(later(Some(NOT_OPEN_YET))),
    }
}

async fn post(
    core: &Core,
    application: &Application,
    id: &ChatId,
    operation: MessageId,
    text: &str,
) -> Result<Answer, Fault> {
    if renewing::is_under_way(core, id) {
        return Err(renewing::busy());
    }
    if core.of_chat(id, Chat::is_dormant)? {
        return renewing::begin_anew(core, application, id, operation, text).await;
    }
    let links = links(core, application, id, |links| links.send.is_some()).await?;
    let Some(href) = &links.send else {
        return renewing::ring_again(core, application, id, &links, operation, text).await;
    };
    let mut url = application.url(href)?;
    url.query_pairs_mut().append_pair("operationContext", &operation.to_string());
    let plain = Ask::post(url.clone(), Body::Text(text.to_owned())).urgent();
    let html = Ask::post(url, Body::Html(from_plain(text))).urgent();
    let outcome = match links.only_html {
        true => core.wire.ask(html).await,
        false => match core.wire.ask(plain).await {
            Err(Fault::Refused(refusal)) if refusal.status == 415 => core.wire.ask(html).await,
            answer => answer,
        },
    };
    if matches!(&outcome, Err(Fault::Refused(refusal)) if refusal.status == 409)
        && let Some(chat) = core.chats.lock().by_id.get_mut(id)
    {
        // It takes no messages at present, whatever we have heard last: the next try asks how it stands.
        chat.links.send = None;
    }
    outcome
}

fn taken(core: &Core, id: &ChatId, operation: MessageId, href: Option<String>) {
    let known = core.chats.lock().by_id.get_mut(id).and_then(|chat| {
        chat.missing_since = None;
        chat.sent.took(operation, href)
    });
    core.tell_soon(known.map(|verdict| told(id, verdict)));
}

/// What is told of a message's outcome.
pub(super) fn told(chat: &ChatId, verdict: Verdict) -> SessionEvent {
    let (chat, key) = (chat.clone(), verdict.key);
    match verdict.outcome {
        Outcome::Delivered => SessionEvent::Delivered { chat, key },
        Outcome::Failed(reason) => SessionEvent::Failed { chat, key, reason },
    }
}

/// Where the parts of a chat are; asked of the pool where the needed one is not known.
pub(super) async fn links(
    core: &Core,
    application: &Application,
    id: &ChatId,
    enough: impl Fn(&ChatLinks) -> bool,
) -> Result<ChatLinks, Fault> {
    let (links, conversation) =
        core.of_chat(id, |chat| (chat.links.clone(), chat.kept.conversation.clone()))?;
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
        let Some(href) = links.typing else { return Ok(()) };
        core.wire.ask(Ask::post(application.url(&href)?, Body::Empty)).await.map(|_| ())
    };
    if let Err(fault) = told.await {
        tracing::debug!(?fault, "typing could not be told");
    }
}
