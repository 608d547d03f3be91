//! Ending a chat, taking an invitation back, signing out (UCWA 5.3, 5.7, 2.5).

use super::{
    adopting,
    application::Application,
    chat,
    chats::Phase,
    core::Core,
    fault::Fault,
    renewing,
    resource::link,
    wire::{Ask, Body},
};
use crate::{ChatId, ConnectorError, Outgoing, SessionEvent};
use hookflash_domain::MessageId;
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

/// Longest that signing out may take.
const SIGN_OUT: Duration = Duration::from_secs(5);

/// Ends a chat or takes an invitation back; the pool's event tells when it is so.
pub(super) async fn leave(
    core: &Arc<Core>,
    id: &ChatId,
    farewell: Option<&str>,
) -> Result<(), ConnectorError> {
    let application = core.application().await?;
    core.settled().await;
    let Some(phase) = core.chats.lock().by_id.get(id).map(|chat| chat.kept.phase) else {
        return match core.unknown(id) {
            ConnectorError::ChatGone => Ok(()),
            not_yet => Err(not_yet),
        };
    };
    if let (Phase::Open, Some(text)) = (phase, farewell.filter(|text| !text.is_empty())) {
        say(core, id, text).await?;
    }
    let dormant = core.chats.lock().by_id.get_mut(id).is_some_and(|chat| {
        chat.leaving = true;
        chat.is_dormant()
    });
    if dormant && renewing::is_under_way(core, id) {
        // What begins has no place yet at which it could be ended.
        return Err(renewing::busy().into_error());
    }
    if dormant {
        // The pool has nothing that could be ended.
        gone(core, id);
        return Ok(());
    }
    match stop(core, &application, id).await {
        Ok(()) => Ok(()),
        Err(fault) if fault.is_gone() => {
            // What the pool has to tell of its end, and what was said before that, comes first.
            adopting::adopt(core, std::slice::from_ref(id));
            Ok(())
        }
        Err(fault) => Err(fault.into_error()),
    }
}

/// The last words. Trouble that passes is told, so that the whole is repeated; words that can no
/// longer be said do not keep anyone in a chat.
async fn say(core: &Core, id: &ChatId, text: &str) -> Result<(), ConnectorError> {
    // Always the same key for the same farewell: a repetition is not said twice.
    let key = MessageId(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("farewell:{id}").as_bytes()));
    match chat::send(core, id, &Outgoing { key, text: text.to_owned() }).await {
        Err(error) if error.is_transient() => Err(error),
        _ => Ok(()),
    }
}

async fn stop(core: &Core, application: &Application, id: &ChatId) -> Result<(), Fault> {
    let (phase, conversation) = core.of_chat(id, |chat| (chat.kept.phase, chat.kept.conversation.clone()))?;
    let ask = match conversation {
        // Also where its messaging was closed, or rings again: that alone would leave the conversation.
        Some(conversation) if phase == Phase::Open => Ask::delete(application.url(&conversation)?),
        _ => match stop_link(core, application, id).await? {
            Some(href) => Ask::post(application.url(&href)?, Body::Empty),
            // The invitation is still on its way: it is taken back when the pool tells of it.
            None => return Ok(()),
        },
    };
    core.wire.ask(ask.urgent()).await.map(|_| ())
}

/// Where a pending invitation is taken back; asked of the invitation itself where it is not known.
async fn stop_link(core: &Core, application: &Application, id: &ChatId) -> Result<Option<String>, Fault> {
    let links = chat::links(core, application, id, |links| links.stop.is_some()).await?;
    if links.stop.is_some() {
        return Ok(links.stop);
    }
    let Some(invitation) = core.of_chat(id, |chat| chat.kept.invitation.clone())? else { return Ok(None) };
    match core.wire.ask(Ask::get(application.url(&invitation)?)).await {
        Ok(resource) => Ok(link(&resource.body, "cancel").map(str::to_owned)),
        // It has been answered or has failed: an event on its way says which. Who hears that it was
        // accepted leaves again.
        Err(fault) if fault.is_gone() => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The pool has no such chat any more and will tell nothing of it.
fn gone(core: &Core, id: &ChatId) {
    let removed = core.chats.lock().end(id);
    core.tell_soon(removed.map(|chat| match chat.kept.phase {
        Phase::Open => SessionEvent::Left { chat: id.clone() },
        _ => SessionEvent::Withdrawn { chat: id.clone(), elsewhere: false, words: None },
    }));
}

/// Leaves all chats, ends the application, ends the session.
pub(super) async fn sign_out(core: &Core) {
    if let Some(application) = core.application_now() {
        let ended = async {
            let chats: Vec<ChatId> = core.chats.lock().by_id.keys().cloned().collect();
            let stops = chats.iter().map(|id| stop(core, &application, id));
            futures_util::future::join_all(stops).await;
            core.wire.ask(Ask::delete(application.url(&application.href)?)).await
        };
        match tokio::time::timeout(SIGN_OUT, ended).await {
            Ok(Ok(_)) => {}
            Ok(Err(fault)) => tracing::debug!(?fault, "the application could not be ended"),
            Err(_) => tracing::debug!("signing out took too long"),
        }
    }
    core.over.cancel();
}
