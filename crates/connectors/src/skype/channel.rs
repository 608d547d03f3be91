//! The event channel (UCWA 3): asks for events, and for the next ones only after those were
//! committed, because asking confirms.

use super::{
    adopting,
    application::Application,
    core::Core,
    fault::Fault,
    news::{self, Reading, Todo},
    people::Due,
    presence::fetch_soon,
    resource::link,
    resume::{self, Cursor},
    subscriptions,
    wire::{Ask, Body},
};
use crate::clock;
use serde_json::Value;
use std::{sync::atomic::Ordering, time::Duration};
use url::Url;

/// How often an answer to an invitation is tried.
const MOST_TRIES: usize = 5;

/// Longest pause that a pool asks for and in which what rings is still waited for.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Most resources that are fetched for one document because they were not in it.
const MOST_FETCHES: usize = 50;

/// An empty answer that comes sooner was not held.
const HOLDS_AT_LEAST: Duration = Duration::from_millis(200);

/// What of the channel is left when it stops.
pub(super) enum Stop {
    /// Nobody receives events any more.
    Closed,
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<super::core::Closed> for Stop {
    fn from(_: super::core::Closed) -> Self {
        Self::Closed
    }
}

/// Brings events until something goes wrong.
pub(super) async fn run(core: &Core, application: &Application, cursor: &mut Option<Cursor>) -> Stop {
    loop {
        match round(core, application, cursor).await {
            Ok(()) => {}
            Err(stop) => return stop,
        }
    }
}

async fn round(core: &Core, application: &Application, cursor: &mut Option<Cursor>) -> Result<(), Stop> {
    let here = cursor.as_ref().filter(|cursor| cursor.application == application.href);
    let href = here.map_or(&application.events, |cursor| &cursor.next);
    let url = with_times(core, application.url(href)?);
    let asked_at = clock::instant();
    let mut document = core.wire.ask(Ask::events(url)).await?.body;
    if asked_at.elapsed() < HOLDS_AT_LEAST && news::events(&document).next().is_none() {
        // A pool that does not hold an empty answer must not be asked in a tight loop.
        tokio::time::sleep(HOLDS_AT_LEAST).await;
    }
    let (next, lost) = onwards(&document)?;
    let at = Cursor { application: application.href.clone(), next };
    let reading = ReadingNow::begin(core);
    complete(core, application, &mut document).await;
    tracing::trace!(account = %core.account.id, %document, "events");
    let todo = read(core, application, &document, &at).await?;
    drop(reading);
    // Before the place is left: when this fails, the pool says again what was lost.
    make_good(core, application, lost).await?;
    *cursor = Some(at);
    perform(core, application, todo).await;
    core.settled.send_replace(true);
    Ok(())
}

/// A document is being read while this lives.
struct ReadingNow<'a>(&'a Core);

impl<'a> ReadingNow<'a> {
    fn begin(core: &'a Core) -> Self {
        core.reads.fetch_add(1, Ordering::Relaxed);
        Self(core)
    }
}

impl Drop for ReadingNow<'_> {
    fn drop(&mut self) {
        self.0.reads.fetch_add(1, Ordering::Relaxed);
    }
}

/// Reads a document, answers what is ours to answer, and tells what it says; gives what is left to
/// do. Answers go first: after the commit the document does not come again.
async fn read(
    core: &Core,
    application: &Application,
    document: &Value,
    at: &Cursor,
) -> Result<Vec<Todo>, Stop> {
    let _turn = core.telling.lock().await;
    let (events, todo, resume) = {
        let mut chats = core.chats.lock();
        let timing = &core.config.timing;
        let mut reading =
            Reading::new(&core.config.network, clock::now(), timing.no_answer_after, &mut chats);
        reading.document(document);
        let (events, todo) = (reading.told, reading.todo);
        // While there are chats, the place in the channel is kept with every step: from a place that
        // is too old the pool gives no missed events, only a new beginning.
        let resume = (!events.is_empty() || !chats.by_id.is_empty()).then(|| resume::store(at, &chats));
        (events, todo, resume)
    };
    let (answers, todo): (Vec<_>, Vec<_>) = todo.into_iter().partition(|one| matches!(one, Todo::Post(_)));
    for answer in answers {
        if let Todo::Post(href) = answer {
            post(core, application, &href).await;
        }
    }
    if let Some(resume) = resume {
        core.deliver(events, Some(resume)).await?;
    }
    Ok(todo)
}

/// Posts to a link of an invitation, again while the trouble may pass.
async fn post(core: &Core, application: &Application, href: &str) {
    let Ok(url) = application.url(href) else { return };
    for _ in 0..MOST_TRIES {
        match core.wire.ask(Ask::post(url.clone(), Body::Empty).urgent()).await {
            Ok(_) => return,
            Err(fault) if fault.clone().into_error().is_transient() => {
                tracing::debug!(?fault, "an invitation is answered again");
                let wish = fault.retry_after().unwrap_or_default();
                if wish > LONGEST_PAUSE {
                    return;
                }
                tokio::time::sleep(wish + clock::jittered(core.config.timing.shortest_retry)).await;
            }
            // It is over, or has been answered before.
            Err(fault) => return tracing::debug!(?fault, "an invitation could not be answered"),
        }
    }
}

/// What was lost on the way to the next events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lost {
    Nothing,
    /// Events: how things stand is to be asked.
    Events,
    /// After a long silence: conversations and subscriptions too.
    Everything,
}

/// Where the next events are, and what was lost before them (UCWA 3).
fn onwards(document: &Value) -> Result<(String, Lost), Fault> {
    let found = [("next", Lost::Nothing), ("resync", Lost::Events), ("resume", Lost::Everything)];
    let found = found.into_iter().find_map(|(rel, lost)| Some((link(document, rel)?.to_owned(), lost)));
    found.ok_or_else(|| Fault::Protocol("The events have no next link.".to_owned()))
}

async fn make_good(core: &Core, application: &Application, lost: Lost) -> Result<(), Stop> {
    match lost {
        Lost::Nothing => return Ok(()),
        Lost::Events => adopting::check_all(core, application).await?,
        Lost::Everything => adopting::conversations_lost(core).await?,
    }
    tracing::info!(account = %core.account.id, ?lost, "the pool has lost events; all is asked anew");
    subscriptions::doubt(core, lost == Lost::Everything);
    Ok(())
}

/// The server remembers the times, but needs them again after a `resume` (UCWA 3).
fn with_times(core: &Core, mut url: Url) -> Url {
    let present: Vec<String> = url.query_pairs().map(|(name, _)| name.to_lowercase()).collect();
    let timeout = core.config.timing.events.as_secs().to_string();
    for (name, value) in [("low", "15"), ("medium", "5"), ("timeout", timeout.as_str())] {
        if !present.iter().any(|known| known == name) {
            url.query_pairs_mut().append_pair(name, value);
        }
    }
    url
}

/// Fetches resources that the events only link to and that we need.
async fn complete(core: &Core, application: &Application, document: &mut Value) {
    let (mut missing, mut senders) = (Vec::new(), Vec::new());
    for event in news::events(document) {
        let needed = matches!(
            (event.rel, event.kind),
            ("messagingInvitation", "started" | "completed")
                | ("message", "completed")
                | ("messaging", "updated")
        );
        if needed && event.resource.is_null() {
            missing.push((event.rel.to_owned(), event.href.to_owned()));
        }
        if let Some(from) = news::unnamed_sender(&event) {
            senders.push((event.href.to_owned(), from.to_owned()));
        }
    }
    for (invitation, from) in senders.into_iter().take(MOST_FETCHES) {
        let Ok(url) = application.url(&from) else { continue };
        if let Ok(answer) = core.wire.ask(Ask::get(url)).await {
            name_sender(document, &invitation, &answer.body);
        }
    }
    for (rel, href) in missing.into_iter().take(MOST_FETCHES) {
        let Ok(url) = application.url(&href) else { continue };
        match core.wire.ask(Ask::get(url)).await {
            Ok(answer) => embed(document, &rel, &href, &answer.body),
            // An invitation that has ended may be gone: its event alone says enough.
            Err(fault) => tracing::debug!(?fault, rel, "an event's resource could not be fetched"),
        }
    }
}

/// Some builds only link to who sends an invitation (UCWA 5.4).
fn name_sender(document: &mut Value, invitation: &str, from: &Value) {
    for event in events_of(document, invitation) {
        if let Some(resource) =
            event.pointer_mut("/_embedded/messagingInvitation").and_then(Value::as_object_mut)
        {
            resource.insert("_embedded".to_owned(), serde_json::json!({ "from": from }));
        }
    }
}

/// The events of a document about one resource.
fn events_of<'d>(document: &'d mut Value, href: &str) -> impl Iterator<Item = &'d mut Value> {
    let senders = document.get_mut("sender").and_then(Value::as_array_mut).into_iter().flatten();
    let events = senders.filter_map(|sender| sender.get_mut("events")?.as_array_mut()).flatten();
    events.filter(move |event| event.pointer("/link/href").and_then(Value::as_str) == Some(href))
}

fn embed(document: &mut Value, rel: &str, href: &str, resource: &Value) {
    for event in events_of(document, href) {
        if event.get("_embedded").is_none()
            && let Some(event) = event.as_object_mut()
        {
            event.insert("_embedded".to_owned(), serde_json::json!({ rel: resource }));
        }
    }
}

/// Does what the events ask of us.
async fn perform(core: &Core, application: &Application, todo: Vec<Todo>) {
    for one in todo {
        match one {
            Todo::Shown { href, contact, what } => fetch_soon(core, Due { href, contact, what }),
            Todo::Subscription { href, .. } => {
                core.ending.lock().insert(href);
                core.subscription_due.notify_one();
            }
            Todo::Post(href) => post(core, application, &href).await,
        }
    }
}
