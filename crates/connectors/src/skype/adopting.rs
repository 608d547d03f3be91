//! Finding out which chats still exist: after a restart, and after the pool has lost events.

use super::{
    application::Application,
    chats::{Chat, Phase, same_place},
    core::{Closed, Core, Place},
    fault::Fault,
    resource::{links, text},
    wire::Ask,
};
use crate::{ChatId, SessionEvent};
use std::sync::Arc;

/// Tells of each adopted chat whether it exists, when the session is up and settled.
pub(super) async fn adopt(core: Arc<Core>, chats: Vec<ChatId>) {
    core.adopted.lock().extend(chats);
    loop {
        let mut place = core.place.subscribe();
        let Ok(there) =
            place.wait_for(|place| !matches!(place, Place::Away)).await.map(|place| place.clone())
        else {
            return;
        };
        let Place::Up(application) = there else { return };
        core.settled().await;
        let adopted = std::mem::take(&mut *core.adopted.lock());
        if adopted.is_empty() {
            return;
        }
        match active(&core, &application).await {
            Ok(active) => {
                let events = verdicts(&core, &application, &active, Some(&adopted)).await;
                // Nobody listening: the session is over.
                let _ = core.tell(events).await;
                return;
            }
            Err(fault) => {
                tracing::debug!(?fault, "chats could not be checked");
                core.adopted.lock().extend(adopted);
                tokio::time::sleep(core.config.timing.shortest_retry).await;
            }
        }
    }
}

/// Tells of all chats that have ended or begun unheard.
pub(super) async fn check_all(core: &Core, application: &Application) -> Result<(), Closed> {
    match active(core, application).await {
        Ok(active) => core.tell(verdicts(core, application, &active, None).await).await,
        Err(fault) => {
            tracing::debug!(?fault, "chats could not be checked");
            Ok(())
        }
    }
}

/// All chats are gone with their application.
pub(super) async fn all_gone(core: &Core) -> Result<(), Closed> {
    let gone = std::mem::take(&mut core.chats.lock().by_id);
    core.tell(gone.into_keys().map(|chat| SessionEvent::Left { chat }).collect()).await
}

/// The conversations that the pool has.
async fn active(core: &Core, application: &Application) -> Result<Vec<String>, Fault> {
    let url = application.offered(application.conversations.as_ref(), "list of conversations")?;
    let answer = core.wire.ask(Ask::get(url)).await?;
    Ok(links(&answer.body, "conversation").into_iter().map(str::to_owned).collect())
}

/// What is to be told of the chats, all or only the adopted.
async fn verdicts(
    core: &Core,
    application: &Application,
    active: &[String],
    adopted: Option<&std::collections::BTreeSet<ChatId>>,
) -> Vec<SessionEvent> {
    let known: Vec<_> = {
        let chats = core.chats.lock();
        chats.by_id.iter().map(|(id, chat)| (id.clone(), chat.kept.clone())).collect()
    };
    let mut events = Vec::new();
    let unknown: Vec<_> =
        adopted.into_iter().flatten().filter(|id| !known.iter().any(|(known, _)| known == *id)).collect();
    events.extend(running(core, application, active, &unknown).await);
    for (id, kept) in known {
        if adopted.is_some_and(|adopted| !adopted.contains(&id)) {
            continue;
        }
        let Some(conversation) = kept.conversation else { continue };
        if !active.iter().any(|href| same_place(href, &conversation)) {
            if core.chats.lock().end(&id).is_some() {
                events.push(SessionEvent::Left { chat: id });
            }
        } else if kept.phase == Phase::Open || is_connected(core, application, &conversation).await {
            if let Some(chat) = core.chats.lock().by_id.get_mut(&id) {
                chat.kept.phase = Phase::Open;
            }
            events.push(SessionEvent::Accepted { chat: id });
        }
    }
    events
}

/// Looks for chats that the stored session did not know yet: each invitation's thread is its key, and so the
/// chat's id. Their events are still to come; what is not found is over.
async fn running(
    core: &Core,
    application: &Application,
    active: &[String],
    unknown: &[&ChatId],
) -> Vec<SessionEvent> {
    let mut left: std::collections::BTreeSet<_> = unknown.iter().map(|id| (*id).clone()).collect();
    let mut events = Vec::new();
    for href in active {
        if left.is_empty() {
            break;
        }
        let Ok(url) = application.url(href) else { continue };
        let Ok(answer) = core.wire.ask(Ask::get(url)).await else { continue };
        let thread = text(&answer.body, "threadId").map(|thread| ChatId(thread.to_owned()));
        let Some(id) = thread.filter(|thread| left.remove(thread)) else { continue };
        let is_open = text(&answer.body, "state") == Some("Connected");
        let mut chats = core.chats.lock();
        let chat = chats.by_id.entry(id.clone()).or_insert_with(|| Chat::new(Phase::Inviting, None));
        chat.kept.conversation.get_or_insert_with(|| href.clone());
        chat.kept.thread.get_or_insert_with(|| id.0.clone());
        if is_open {
            chat.kept.phase = Phase::Open;
            events.push(SessionEvent::Accepted { chat: id });
        }
    }
    // An invitation that is over by now tells its own end, if its event is still to come.
    events.extend(left.into_iter().map(|chat| SessionEvent::Left { chat }));
    events
}

async fn is_connected(core: &Core, application: &Application, conversation: &str) -> bool {
    let Ok(url) = application.url(conversation) else { return false };
    let answer = core.wire.ask(Ask::get(url)).await;
    answer.is_ok_and(|answer| text(&answer.body, "state") == Some("Connected"))
}
