//! Presence subscriptions (UCWA 4.4): kept at the pool for what is watched, and no more.

use super::{
    application::Application,
    core::Core,
    fault::Fault,
    people,
    presence::fetch_person_soon,
    resource::link,
    wire::{Ask, Body},
};
use crate::clock;
use hookflash_domain::PersonId;
use serde_json::json;
use std::{collections::BTreeSet, sync::atomic::Ordering, time::Duration};

/// How long a subscription is asked for, in minutes; the most there is.
const MINUTES: u32 = 30;
/// When it is extended.
const EXTEND_AFTER: Duration = Duration::from_secs(20 * 60);
/// After trouble.
const RETRY_AFTER: Duration = Duration::from_secs(10);
/// More subscriptions than this are made into one.
const MOST: usize = 6;

/// How often presence is asked for that no subscription covers.
const ASK_EVERY: Duration = Duration::from_secs(60);

/// The subscriptions of an application; they outlast a cut.
#[derive(Default)]
pub(super) struct Held {
    application: String,
    all: Vec<Subscription>,
    /// Watched people whom the pool allows no subscription for; asked for now and then.
    uncovered: BTreeSet<PersonId>,
}

/// What the pool holds is not certain any more; or it has certainly forgotten all.
pub(super) fn doubt(core: &Core, all_gone: bool) {
    core.subscriptions_doubted.store(all_gone, Ordering::Relaxed);
    core.subscription_due.notify_one();
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
        *kept = Held { application: application.href.clone(), ..Held::default() };
    }
    let held = &mut *kept;
    // What was known before a cut has been told to be unknown since.
    show_now(core, application, &held.covered()).await;
    let mut extend_at = clock::instant() + EXTEND_AFTER;
    loop {
        let wanted = watched.borrow_and_update().clone();
        core.people.lock().show_only(&wanted);
        let outcome = follow(core, application, held, &wanted).await;
        let retry = async {
            match &outcome {
                Ok(()) => std::future::pending().await,
                Err(_) => tokio::time::sleep(clock::jittered(RETRY_AFTER)).await,
            }
        };
        let ask = async {
            match held.uncovered.is_empty() {
                true => std::future::pending().await,
                false => tokio::time::sleep(clock::jittered(ASK_EVERY)).await,
            }
        };
        tokio::select! {
            changed = watched.changed() => if changed.is_err() { return },
            () = retry => tracing::debug!(?outcome, "presence subscriptions are tried again"),
            () = ask => {
                let uncovered: Vec<_> = held.uncovered.iter().cloned().collect();
                show_now(core, application, &uncovered).await;
            }
            () = core.subscription_due.notified() => check(core, application, held).await,
            () = tokio::time::sleep_until(extend_at) => {
                extend_at = clock::instant() + EXTEND_AFTER;
                extend(core, application, &mut held.all).await;
            }
        }
    }
}

/// The pool has said that subscriptions end, or has lost events about them.
async fn check(core: &Core, application: &Application, held: &mut Held) {
    let ending = std::mem::take(&mut *core.ending.lock());
    let is_doubted = ending.is_empty();
    if core.subscriptions_doubted.swap(false, Ordering::Relaxed) {
        held.all.clear();
    }
    if is_doubted || held.all.iter().any(|one| ending.contains(&one.href)) {
        extend(core, application, &mut held.all).await;
    }
    if is_doubted {
        show_now(core, application, &held.covered()).await;
    }
}

impl Held {
    fn covered(&self) -> Vec<PersonId> {
        self.all.iter().flat_map(|one| one.people.iter().cloned()).collect()
    }
}

/// Makes the pool's subscriptions cover what is wanted.
async fn follow(
    core: &Core,
    application: &Application,
    held: &mut Held,
    wanted: &BTreeSet<PersonId>,
) -> Result<(), Fault> {
    while let Some(at) = held.all.iter().position(|one| one.people.is_disjoint(wanted)) {
        drop_one(core, application, held.all.remove(at)).await;
    }
    held.uncovered.retain(|person| wanted.contains(person));
    let mut covered: BTreeSet<_> = held.covered().into_iter().collect();
    covered.extend(held.uncovered.iter().cloned());
    let added: Vec<_> = wanted.difference(&covered).cloned().collect();
    if !added.is_empty() {
        show_now(core, application, &added).await;
        cover(core, application, held, &added, wanted).await?;
    }
    if held.all.len() > MOST {
        replace(core, application, held, wanted).await?;
    }
    Ok(())
}

/// Subscribes to `added`. Where the pool says that this is too much, one subscription for all is
/// tried, then fewer people; for the rest is asked now and then.
async fn cover(
    core: &Core,
    application: &Application,
    held: &mut Held,
    added: &[PersonId],
    wanted: &BTreeSet<PersonId>,
) -> Result<(), Fault> {
    match subscribe(core, application, added).await {
        Err(Fault::Refused(refusal)) if refusal.is("LimitExceeded") => {}
        made => {
            held.all.push(made?);
            return Ok(());
        }
    }
    tracing::info!(people = wanted.len(), "the pool limits presence subscriptions");
    for old in std::mem::take(&mut held.all) {
        drop_one(core, application, old).await;
    }
    let all: Vec<_> = wanted.iter().cloned().collect();
    let mut count = all.len();
    while count > 0 {
        let (some, rest) = all.split_at(count);
        match subscribe(core, application, some).await {
            Err(Fault::Refused(refusal)) if refusal.is("LimitExceeded") => count /= 2,
            made => {
                held.all.push(made?);
                held.uncovered = rest.iter().cloned().collect();
                return Ok(());
            }
        }
    }
    held.uncovered = all.into_iter().collect();
    Ok(())
}

/// Makes one subscription of many.
async fn replace(
    core: &Core,
    application: &Application,
    held: &mut Held,
    wanted: &BTreeSet<PersonId>,
) -> Result<(), Fault> {
    let all: Vec<_> = wanted.difference(&held.uncovered).cloned().collect();
    let one = subscribe(core, application, &all).await?;
    for old in std::mem::replace(&mut held.all, vec![one]) {
        drop_one(core, application, old).await;
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
        if !fetch_person_soon(core, person) && people.len() <= MOST {
            people::look_up(core, application, person).await;
            fetch_person_soon(core, person);
        }
    }
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
