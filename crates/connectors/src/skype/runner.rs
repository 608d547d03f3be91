//! The life of a session: sign in, bring events, heal, end.

use super::{
    activity, adopting,
    application::{self, Application},
    channel::{self, Stop},
    chats::same_place,
    core::{Core, Place},
    fault::Fault,
    favourites, own_presence,
    pace::LONGEST_PAUSE,
    presence, resume, subscriptions,
};
use crate::{LinkState, ResumePoint, SessionEvent, Trouble, clock};
use futures_util::{FutureExt as _, StreamExt as _, future::BoxFuture, stream::FuturesUnordered};
use std::{sync::Arc, time::Duration};

/// A link that held this long was well: the next trouble begins with a short wait.
const WELL_AFTER: Duration = Duration::from_secs(30);

/// Runs a session to its end.
pub(super) async fn run(core: Arc<Core>, resume: Option<ResumePoint>) {
    let mut beside = together([
        tell_renewals(&core).boxed(),
        core.tell_untold().map(drop).boxed(),
        core.over.cancelled().boxed(),
        core.closed().boxed(),
    ]);
    let trouble = tokio::select! {
        trouble = serve(&core, resume) => trouble,
        _ = beside.next() => None,
    };
    drop(beside);
    if let Some(trouble) = &trouble {
        tracing::warn!(account = %core.account.id, code = trouble.code.as_str(), words = trouble.words, "signed out");
    }
    let link = SessionEvent::Link(LinkState::SignedOut { trouble });
    // Nobody listening is the usual reason for being here.
    let _ = core.tell(vec![link]).await;
    core.end();
}

/// Tells what is to be stored of the agent's authorisation in future. Never ends.
async fn tell_renewals(core: &Core) {
    let mut renewed = core.wire.signer.authorisation();
    while renewed.changed().await.is_ok() {
        let fresh = renewed.borrow_and_update().clone();
        let news = fresh.map(|authorisation| SessionEvent::Authorised { authorisation });
        if core.tell(news.into_iter().collect()).await.is_err() {
            break;
        }
    }
    std::future::pending::<()>().await;
}

/// Serves until a person has to do something; `None` when nobody listens any more.
async fn serve(core: &Core, resume: Option<ResumePoint>) -> Option<Trouble> {
    let (mut cursor, mut home) = (None, None);
    if let Some((stored, chats)) = resume.as_ref().and_then(resume::restore) {
        home = Some(stored.application.clone());
        cursor = Some(stored);
        *core.chats.lock() = chats;
    }
    let mut wait = core.config.timing.shortest_retry;
    loop {
        core.tell(vec![SessionEvent::Link(LinkState::Connecting)]).await.ok()?;
        let began = clock::instant();
        let fault = match application::sign_in(core).await {
            Ok(mut application) => {
                // One that was made by a sign-in that went no further is new to us all the same.
                let before = home.replace(application.href.clone());
                application.fresh |= before.is_some_and(|before| !same_place(&before, &application.href));
                match Box::pin(while_up(core, application, &mut cursor)).await {
                    Stop::Closed => return None,
                    Stop::Fault(fault) => fault,
                }
            }
            Err(fault) => fault,
        };
        core.place.send_replace(Place::Away);
        core.settled.send_replace(false);
        if fault.is_final() {
            return Some(fault.trouble());
        }
        if began.elapsed() > WELL_AFTER || matches!(fault, Fault::ApplicationGone) {
            wait = core.config.timing.shortest_retry;
        }
        pause(core, &fault, wait).await?;
        wait = (wait * 2).min(core.config.timing.longest_retry);
    }
}

/// Tells that the link is down and waits; `None` when nobody listens.
async fn pause(core: &Core, fault: &Fault, wait: Duration) -> Option<()> {
    let wish = fault.retry_after().map(|wish| wish.min(LONGEST_PAUSE));
    let pause = wish.unwrap_or_default() + clock::jittered(wait);
    let retry_at = clock::now().plus_ms(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX));
    let trouble = fault.trouble();
    tracing::info!(account = %core.account.id, code = trouble.code.as_str(), words = trouble.words, "link down");
    core.tell(vec![SessionEvent::Link(LinkState::Down { retry_at, trouble })]).await.ok()?;
    tokio::time::sleep(pause).await;
    Some(())
}

/// Serves one application while it lasts.
async fn while_up(core: &Core, application: Application, cursor: &mut Option<resume::Cursor>) -> Stop {
    let application = Arc::new(application);
    let same = cursor.as_ref().is_some_and(|cursor| cursor.application == application.href);
    if application.fresh || !same {
        core.people.lock().forget();
    }
    if application.fresh {
        *cursor = None;
        if adopting::conversations_lost(core).await.is_err() {
            return Stop::Closed;
        }
    }
    core.settled.send_replace(application.fresh);
    core.place.send_replace(Place::Up(Arc::clone(&application)));
    if core.tell(vec![SessionEvent::Link(LinkState::Up)]).await.is_err() {
        return Stop::Closed;
    }
    let mut beside = together([
        settle(core).boxed(),
        subscriptions::run(core, &application).boxed(),
        presence::run(core, &application).boxed(),
        own_presence::run(core, &application).boxed(),
        favourites::run(core, &application).boxed(),
        activity::run(core, &application).boxed(),
    ]);
    tokio::select! {
        stop = channel::run(core, &application, cursor) => stop,
        _ = beside.next() => Stop::Closed,
    }
}

/// What goes on beside the main thing. Each is polled when it is woken itself, not with every step of the others.
fn together<'a, const N: usize>(futures: [BoxFuture<'a, ()>; N]) -> FuturesUnordered<BoxFuture<'a, ()>> {
    futures.into_iter().collect()
}

/// A channel that stays silent has nothing that was missed. Never ends.
async fn settle(core: &Core) {
    tokio::time::sleep(core.config.timing.settle).await;
    core.settled.send_replace(true);
    std::future::pending::<()>().await;
}
