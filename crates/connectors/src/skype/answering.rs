//! Answering an incoming chat (UCWA 5.4).

use super::{
    application::Application,
    chats::Phase,
    core::Core,
    fault::Fault,
    resource::{link, text},
    wire::{Ask, Body},
};
use crate::{ChatId, ConnectorError};
use serde_json::json;

/// Takes an incoming chat. Taking one that is open is no error: the answer may be a repetition.
pub(super) async fn accept(core: &Core, id: &ChatId) -> Result<(), ConnectorError> {
    let application = core.application().await?;
    core.settled().await;
    let phase = core.chats.lock().by_id.get(id).map(|chat| (chat.kept.phase, chat.leaving));
    match phase {
        Some((Phase::Open, _)) => return Ok(()),
        Some((Phase::Offered, false)) => {}
        None => return Err(core.unknown(id)),
        _ => return Err(ConnectorError::ChatGone),
    }
    match answer(core, &application, id, "accept", Body::Empty).await {
        // A first answer may have arrived, and only its reply was lost.
        Err(ConnectorError::ChatGone) if is_connected(core, &application, id).await => Ok(()),
        answered => answered,
    }
}

/// Takes what the far side asks in a chat that is open already; whether there is an invitation, theirs
/// or ours.
pub(super) async fn take_again(core: &Core, application: &Application, id: &ChatId) -> Result<bool, Fault> {
    let outcome = async {
        // What cannot be accepted is an invitation of ours.
        let Some(href) = answer_link(core, application, id, "accept").await? else { return Ok(()) };
        core.wire.ask(Ask::post(application.url(&href)?, Body::Empty).urgent()).await.map(|_| ())
    };
    match outcome.await {
        Ok(()) => Ok(true),
        Err(fault) if fault.is_gone() => Ok(false),
        Err(fault) => Err(fault),
    }
}

async fn is_connected(core: &Core, application: &Application, id: &ChatId) -> bool {
    let Ok(Some(place)) = core.of_chat(id, |chat| chat.kept.conversation.clone()) else { return false };
    let Ok(url) = application.url(&place) else { return false };
    let answer = core.wire.ask(Ask::get(url).urgent()).await;
    answer.is_ok_and(|answer| text(&answer.body, "state") == Some("Connected"))
}

/// Refuses an incoming chat on all of the agent's devices, so that its sender is told at once.
pub(super) async fn decline(core: &Core, id: &ChatId) -> Result<(), ConnectorError> {
    let application = core.application().await?;
    core.settled().await;
    match core.chats.lock().by_id.get_mut(id) {
        Some(chat) if chat.kept.phase == Phase::Offered => chat.leaving = true,
        None => return Err(core.unknown(id)),
        _ => return Err(ConnectorError::ChatGone),
    }
    answer(core, &application, id, "decline", Body::Json(json!({ "reason": "Global" }))).await
}

async fn answer(
    core: &Core,
    application: &Application,
    id: &ChatId,
    rel: &str,
    body: Body,
) -> Result<(), ConnectorError> {
    let outcome = async {
        let href = answer_link(core, application, id, rel).await?.ok_or(Fault::ApplicationGone)?;
        core.wire.ask(Ask::post(application.url(&href)?, body).urgent()).await
    };
    match outcome.await {
        Ok(_) => Ok(()),
        Err(fault) if fault.is_gone() => Err(ConnectorError::ChatGone),
        Err(fault) => Err(fault.into_error()),
    }
}

/// Where to answer, asked of the invitation after a restart; none where it is there and cannot be
/// answered so.
async fn answer_link(
    core: &Core,
    application: &Application,
    id: &ChatId,
    rel: &str,
) -> Result<Option<String>, Fault> {
    let (accept, decline, invitation) = core.of_chat(id, |chat| {
        (chat.links.accept.clone(), chat.links.decline.clone(), chat.kept.invitation.clone())
    })?;
    let known = if rel == "accept" { accept } else { decline };
    if known.is_some() {
        return Ok(known);
    }
    let invitation = invitation.ok_or(Fault::ApplicationGone)?;
    let resource = core.wire.ask(Ask::get(application.url(&invitation)?)).await?;
    Ok(link(&resource.body, rel).map(str::to_owned))
}
