//! Presence subscriptions (UCWA 4.4): kept at the pool for what is watched, and no more.

use super::{
    application::Application,
    core::Core,
    fault::Fault,
    presence::fetch_soon,
    resource::{embeddeds, link, text},
    wire::{Ask, Body},
};
use crate::clock;
use hookflash_domain::PersonId;
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};

/// How long a subscription is asked for, in minutes; the most there is.
const MINUTES: u32 = 30;
/// When it is extended.
const EXTEND_AFTER: Duration = Duration::from_secs(20 * 60);
/// After trouble.
const RETRY_AFTER: Duration = Duration::from_secs(10);
/// More subscriptions than this are made into one.
const MOST: usize = 6;

/// The subscriptions of an application; they outlast a cut.
#[derive(Default)]
pub(super) struct Held {
    application: String,
    all: Vec<Subscription>,
}

/// One subscription at the pool.
struct Subscription {
    href: String,
    people: BTreeSet<PersonId>,
}

/// Keeps subscriptions as watched, for as long as the application lives.
pub(super) async fn run(core: &Core, application: &Application) {
    let mut watched = core.watched.subscribe();
    let mut kept = core.held.lock().await;
    if kept.application != application.href || application.fresh {
        *kept = Held { application: application.href.clone(), all: Vec::new() };
    }
    let held = &mut kept.all;
    // What was known before a cut has been told to be unknown since.
    let covered: Vec<_> = held.iter().flat_map(|one| one.people.iter().cloned()).collect();
    show_now(core, application, &covered).await;
    let mut extend_at = clock::instant() + EXTEND_AFTER;
    loop {
        let wanted = watched.borrow_and_update().clone();
        let outcome = follow(core, application, held, &wanted).await;
        let retry = async {
            match &outcome {
                Ok(()) => std::future::pending().await,
                Err(_) => tokio::time::sleep(clock::jittered(RETRY_AFTER)).await,
            }
        };
        tokio::select! {
            changed = watched.changed() => if changed.is_err() { return },
            () = retry => tracing::debug!(?outcome, "presence subscriptions are tried again"),
            () = core.subscription_due.notified() => {
                let ending = std::mem::take(&mut *core.ending.lock());
                if held.iter().any(|one| ending.contains(&one.href)) {
                    extend(core, application, held).await;
                }
            }
            () = tokio::time::sleep_until(extend_at) => {
                extend_at = clock::instant() + EXTEND_AFTER;
                extend(core, application, held).await;
            }
        }
    }
}

/// Makes the pool's subscriptions cover what is wanted.
async fn follow(
    core: &Core,
    application: &Application,
    held: &mut Vec<Subscription>,
    wanted: &BTreeSet<PersonId>,
) -> Result<(), Fault> {
    while let Some(at) = held.iter().position(|one| one.people.is_disjoint(wanted)) {
        drop_one(core, application, held.remove(at)).await;
    }
    let covered: BTreeSet<_> = held.iter().flat_map(|one| one.people.iter().cloned()).collect();
    let added: Vec<_> = wanted.difference(&covered).cloned().collect();
    if !added.is_empty() {
        show_now(core, application, &added).await;
        held.push(subscribe(core, application, &added).await?);
    }
    if held.len() > MOST {
        let all: Vec<_> = wanted.iter().cloned().collect();
        let one = subscribe(core, application, &all).await?;
        for old in std::mem::replace(held, vec![one]) {
            drop_one(core, application, old).await;
        }
    }
    Ok(())
}

async fn subscribe(
    core: &Core,
    application: &Application,
    people: &[PersonId],
) -> Result<Subscription, Fault> {
    let url = application.offered(application.subscriptions.as_ref(), "presence")?;
    let uris: Vec<_> = people.iter().map(|person| person.address.as_str()).collect();
    let body = Body::Json(json!({ "duration": MINUTES, "uris": uris }));
    let answer = core.wire.ask(Ask::post(url, body)).await?;
    let href = link(&answer.body, "self").map(str::to_owned).or(answer.location);
    let href = href.ok_or_else(|| Fault::Protocol("A presence subscription has no address.".to_owned()))?;
    Ok(Subscription { href, people: people.iter().cloned().collect() })
}

/// Asks for the presence of people at once: the pool's own first events may take seconds.
async fn show_now(core: &Core, application: &Application, people: &[PersonId]) {
    for person in people {
        let mut known = core.people.lock().presence_of(person);
        if known.is_none() && people.len() <= MOST {
            known = look_up(core, application, person).await;
        }
        if let Some(href) = known {
            fetch_soon(core, href, None);
        }
    }
}

/// Finds where a person's presence is, by searching for the address.
async fn look_up(core: &Core, application: &Application, person: &PersonId) -> Option<String> {
    let mut url = application.offered(application.search.as_ref(), "search").ok()?;
    let address = person.address.strip_prefix("sip:").unwrap_or(&person.address);
    url.query_pairs_mut().append_pair("query", address).append_pair("limit", "5");
    let answer = core.wire.ask(Ask::get(url)).await.ok()?;
    let mut people = core.people.lock();
    for contact in embeddeds(&answer.body, "contact") {
        if text(contact, "uri").is_some() {
            people.learn(&core.config.network, contact);
        }
    }
    people.presence_of(person)
}

/// Extends all; those that the pool no longer has are dropped, to be made again.
async fn extend(core: &Core, application: &Application, held: &mut Vec<Subscription>) {
    let mut kept = Vec::with_capacity(held.len());
    for one in held.drain(..) {
        let Ok(mut url) = application.url(&one.href) else { continue };
        url.query_pairs_mut().append_pair("duration", &MINUTES.to_string());
        match core.wire.ask(Ask::post(url, Body::Empty)).await {
            Err(fault) if fault.is_gone() => {}
            Ok(_) | Err(_) => kept.push(one),
        }
    }
    *held = kept;
}

async fn drop_one(core: &Core, application: &Application, one: Subscription) {
    let Ok(url) = application.url(&one.href) else { return };
    if let Err(fault) = core.wire.ask(Ask::delete(url)).await {
        // It ends by itself within half an hour.
        tracing::debug!(?fault, "a presence subscription could not be ended");
    }
}
