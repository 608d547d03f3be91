//! The event channel (UCWA 3): asks for events, and for the next ones only after those were
//! committed, because asking confirms.

use super::{
    adopting,
    application::Application,
    core::Core,
    fault::Fault,
    news::{self, Reading, Todo},
    presence::fetch_soon,
    resource::link,
    resume::{self, Cursor},
    wire::{Ask, Body},
};
use crate::clock;
use serde_json::Value;
use std::time::Duration;
use url::Url;

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
    let (next, lost) = match (link(&document, "next"), link(&document, "resync"), link(&document, "resume")) {
        (Some(next), ..) => (next.to_owned(), false),
        (None, Some(next), _) | (None, None, Some(next)) => (next.to_owned(), true),
        (None, None, None) => {
            return Err(Fault::Protocol("The events have no next link.".to_owned()).into());
        }
    };
    complete(core, application, &mut document).await;
    let (events, todo) = {
        let mut chats = core.chats.lock();
        let timing = &core.config.timing;
        let mut reading =
            Reading::new(&core.config.network, clock::now(), timing.no_answer_after, &mut chats);
        reading.document(&document);
        (reading.told, reading.todo)
    };
    let at = Cursor { application: application.href.clone(), next };
    // While there are chats, the place in the channel is kept with every step: from a place that is
    // too old the pool gives no missed events, only a new beginning.
    let resume = {
        let chats = core.chats.lock();
        (!events.is_empty() || !chats.by_id.is_empty()).then(|| resume::store(&at, &chats))
    };
    if let Some(resume) = resume {
        core.deliver(events, resume).await?;
    }
    *cursor = Some(at);
    perform(core, application, todo).await;
    if lost {
        tracing::info!(account = %core.account.id, "the pool has lost events; chats are checked");
        adopting::check_all(core, application).await?;
    }
    core.settled.send_replace(true);
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
    let mut missing = Vec::new();
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

fn embed(document: &mut Value, rel: &str, href: &str, resource: &Value) {
    let senders = document.get_mut("sender").and_then(Value::as_array_mut).into_iter().flatten();
    let events = senders.filter_map(|sender| sender.get_mut("events")?.as_array_mut()).flatten();
    for event in events {
        let is_it =
            event.get("link").is_some_and(|link| link.get("href").and_then(Value::as_str) == Some(href));
        if is_it
            && event.get("_embedded").is_none()
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
            Todo::Presence { href, contact } => fetch_soon(core, href, contact),
            Todo::Subscription { href, .. } => {
                core.ending.lock().insert(href);
                core.subscription_due.notify_one();
            }
            Todo::Post(href) => {
                let Ok(url) = application.url(&href) else { continue };
                if let Err(fault) = core.wire.ask(Ask::post(url, Body::Empty)).await {
                    tracing::debug!(?fault, "an invitation could not be answered by itself");
                }
            }
        }
    }
}
