//! Finding out which chats still exist: after a restart, and after the pool has lost events.

use super::{
    application::Application,
    batch,
    channel::Stop,
    chats::Phase,
    core::{Closed, Core, MISSING, Place},
    fault::Fault,
    resource::{links, text},
    verdict::{Conversation, is_found, known_places, verdicts},
    wire::Ask,
};
use crate::{ChatId, SessionEvent, Unreachable, clock};
use std::{collections::BTreeSet, sync::Arc};

/// Tells of each of these chats whether it exists, when the session is up and settled. Until then a
/// call about one that is not known yet is to be tried later.
pub(super) fn adopt(core: &Arc<Core>, chats: &[ChatId]) {
    core.adopted.lock().extend(chats.iter().cloned());
    tokio::spawn(judge_adopted(Arc::clone(core)));
}

async fn judge_adopted(core: Arc<Core>) {
    let mut first_check = None;
    loop {
        let mut place = core.place.subscribe();
        let there = place.wait_for(|place| !matches!(place, Place::Away)).await;
        let Ok(Place::Up(application)) = there.map(|place| place.clone()) else { return };
        let quiet = core.quiet().await;
        let adopted = core.adopted.lock().clone();
        if adopted.is_empty() {
            return;
        }
        // Of an end that is younger than the application its events tell, and first what was said before it.
        let since = *first_check.get_or_insert_with(clock::instant);
        let wanted = if application.fresh || since.elapsed() > MISSING {
            Wanted::Adopted(&adopted)
        } else {
            Wanted::Found(&adopted)
        };
        match check(&core, &application, wanted, quiet).await {
            Ok(Checked::Told(judged)) => core.adopted.lock().retain(|id| !judged.contains(id)),
            // Nobody listens: the session is over.
            Ok(Checked::Closed) => return,
            Ok(Checked::Overtaken) => {}
            Err(fault) => {
                tracing::debug!(?fault, "chats could not be checked");
                tokio::time::sleep(core.config.timing.shortest_retry).await;
            }
        }
    }
}

/// Tells of all chats that have ended or begun unheard. What a pool does not offer at all is done
/// without; other trouble is a reason to try again.
pub(super) async fn check_all(core: &Core, application: &Application) -> Result<(), Stop> {
    match check(core, application, Wanted::All, None).await {
        Ok(Checked::Closed) => Err(Stop::Closed),
        Ok(Checked::Told(_) | Checked::Overtaken) => Ok(()),
        Err(fault) if !matches!(fault, Fault::Protocol(_)) && fault.clone().into_error().is_transient() => {
            Err(fault.into())
        }
        Err(fault) => {
            tracing::debug!(?fault, "chats could not be checked");
            Ok(())
        }
    }
}

/// Which chats are judged.
enum Wanted<'a> {
    All,
    Adopted(&'a BTreeSet<ChatId>),
    /// Those of the adopted that the pool has or whose end has been told.
    Found(&'a BTreeSet<ChatId>),
}

/// What came of a check.
enum Checked {
    /// These were judged.
    Told(BTreeSet<ChatId>),
    /// Nobody listens.
    Closed,
    /// The pool had news meanwhile: what it says is read first.
    Overtaken,
}

/// Tells how chats stand. What the pool says is asked first; it is judged and told in one go, so that
/// it cannot overtake newer events.
async fn check(
    core: &Core,
    application: &Application,
    wanted: Wanted<'_>,
    quiet: Option<usize>,
) -> Result<Checked, Fault> {
    let before = known_places(&core.chats.lock());
    let conversations = conversations(core, application).await?;
    let _turn = core.telling.lock().await;
    if !core.is_still_quiet(quiet) {
        return Ok(Checked::Overtaken);
    }
    let (judged, events) = {
        let mut chats = core.chats.lock();
        let judged = match wanted {
            Wanted::All => None,
            Wanted::Adopted(ids) => Some(ids.clone()),
            Wanted::Found(ids) => {
                Some(ids.iter().filter(|id| is_found(&chats, &conversations, id)).cloned().collect())
            }
        };
        let events = verdicts(&mut chats, &before, &conversations, judged.as_ref());
        (judged.unwrap_or_default(), events)
    };
    Ok(tell(core, events).await.map_or(Checked::Closed, |()| Checked::Told(judged)))
}

/// The conversations that the pool has.
async fn conversations(core: &Core, application: &Application) -> Result<Vec<Conversation>, Fault> {
    let url = application.offered(application.conversations.as_ref(), "list of conversations")?;
    let listed = core.wire.ask(Ask::get(url)).await?;
    let hrefs = links(&listed.body, "conversation");
    let mut found = Vec::with_capacity(hrefs.len());
    for (href, resource) in hrefs.iter().zip(batch::fetch(core, application, &hrefs).await) {
        match resource {
            Ok(resource) => found.push(Conversation {
                href: (*href).to_owned(),
                thread: text(&resource, "threadId").map(str::to_owned),
                is_open: text(&resource, "state") == Some("Connected"),
            }),
            // It has ended meanwhile.
            Err(Fault::Refused(refusal)) if matches!(refusal.status, 404 | 410) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(found)
}

/// The pool has lost its memory of our conversations, with the application or after a long silence.
/// Open chats go on with the next message; what was pending is over.
pub(super) async fn conversations_lost(core: &Core) -> Result<(), Closed> {
    let _turn = core.telling.lock().await;
    let mut events = Vec::new();
    {
        let mut chats = core.chats.lock();
        let pending = chats.by_id.iter_mut().filter_map(|(id, chat)| match chat.kept.phase {
            Phase::Open if !chat.leaving && chat.kept.person.is_some() => {
                chat.lose_conversation();
                None
            }
            phase => Some((id.clone(), phase)),
        });
        for (id, phase) in pending.collect::<Vec<_>>() {
            let leaving = chats.end(&id).is_some_and(|chat| chat.leaving);
            events.push(lost(id, phase, leaving));
        }
    }
    tell(core, events).await
}

/// Tells what the pool itself will not tell again. What is dropped is told later, so that it does
/// not keep events back.
async fn tell(core: &Core, events: Vec<SessionEvent>) -> Result<(), Closed> {
    if !events.is_empty() && !core.offer(events.clone(), None).await? {
        core.tell_soon(events);
    }
    Ok(())
}

fn lost(chat: ChatId, phase: Phase, leaving: bool) -> SessionEvent {
    let words = Some("The server has lost the invitation.".to_owned());
    match phase {
        Phase::Inviting if leaving => SessionEvent::Withdrawn { chat, elsewhere: false, words },
        Phase::Inviting => SessionEvent::Unreachable { chat, why: Unreachable::Network, words },
        Phase::Offered => SessionEvent::Missed { chat, words },
        Phase::Open => SessionEvent::Left { chat },
    }
}

/// Finds the running conversation of a chat again by its thread.
pub(super) async fn find_again(core: &Core, application: &Application, id: &ChatId) -> Result<(), Fault> {
    let found = conversations(core, application).await?;
    let mut chats = core.chats.lock();
    let Some(chat) = chats.by_id.get_mut(id) else { return Ok(()) };
    let thread = chat.kept.thread.as_deref().unwrap_or(&id.0);
    let same = found.into_iter().find(|conversation| conversation.thread.as_deref() == Some(thread));
    chat.kept.conversation = same.map(|conversation| conversation.href);
    Ok(())
}
