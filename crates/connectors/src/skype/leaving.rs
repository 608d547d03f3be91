//! Ending a chat, taking an invitation back, signing out (UCWA 5.3, 5.7, 2.5).

use super::{
    application::Application,
    chat,
    chats::Phase,
    core::Core,
    fault::Fault,
    resource::link,
    wire::{Ask, Body},
};
use crate::{ChatId, ConnectorError, Outgoing, SessionEvent};
use hookflash_domain::MessageId;
use std::time::Duration;
use uuid::Uuid;

/// Longest that signing out may take.
const SIGN_OUT: Duration = Duration::from_secs(5);

/// Ends a chat or takes an invitation back; the pool's event tells when it is so.
pub(super) async fn leave(core: &Core, id: &ChatId, farewell: Option<&str>) -> Result<(), ConnectorError> {
    let application = core.application().await?;
    core.settled().await;
    let phase = core.chats.lock().by_id.get(id).map(|chat| chat.kept.phase);
    match (phase, farewell) {
        (None, _) => return Ok(()),
        (Some(Phase::Open), Some(text)) if !text.is_empty() => say(core, id, text).await?,
        _ => {}
    }
    if let Some(chat) = core.chats.lock().by_id.get_mut(id) {
        chat.leaving = true;
    }
    match stop(core, &application, id).await {
        Ok(()) => Ok(()),
        Err(fault) if fault.is_gone() => {
            gone(core, id).await;
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
    let links = chat::links(core, application, id, |links| links.stop.is_some()).await?;
    let href = match links.stop {
        Some(href) => Some(href),
        None => cancel_link(core, application, id).await?,
    };
    // Without a link the invitation is still on its way: it is taken back when the pool tells of it.
    let Some(href) = href else { return Ok(()) };
    core.wire.ask(Ask::post(application.url(&href)?, Body::Empty)).await.map(|_| ())
}

/// Where a pending invitation is taken back, asked of the invitation itself.
async fn cancel_link(core: &Core, application: &Application, id: &ChatId) -> Result<Option<String>, Fault> {
    let invitation = core.chats.lock().by_id.get(id).and_then(|chat| chat.kept.invitation.clone());
    let Some(invitation) = invitation else { return Ok(None) };
    let resource = core.wire.ask(Ask::get(application.url(&invitation)?)).await?;
    Ok(link(&resource.body, "cancel").map(str::to_owned))
}

/// The pool has no such chat any more and will tell nothing of it.
async fn gone(core: &Core, id: &ChatId) {
    let removed = core.chats.lock().end(id);
    let event = removed.map(|chat| match chat.kept.phase {
        Phase::Open => SessionEvent::Left { chat: id.clone() },
        _ => SessionEvent::Withdrawn { chat: id.clone(), elsewhere: false, words: None },
    });
    // Nobody listening: the session is over.
    let _ = core.tell(event.into_iter().collect()).await;
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
