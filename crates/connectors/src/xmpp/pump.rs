//! Brings an agent's news to the engine, until it is committed.

use super::{
    agent::{Agent, News, Told},
    handshake::trouble,
    hub::Hub,
};
use crate::{Batch, LinkState, ResumePoint, SessionEvent, Trouble, TroubleCode, clock};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// Most events and most presences in a batch.
const BATCH: usize = 100;
/// Pauses before news that was dropped is told again.
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long arrivals wait for other news to be committed with. A client confirms a message a moment before its
/// user's answer at the earliest, and the answer must not wait for a commit of the arrival alone.
const COMPANY_WAIT: Duration = Duration::from_millis(10);

/// Runs until the session is over.
pub(super) async fn run(hub: Arc<Hub>, agent: Arc<Agent>, batches: mpsc::Sender<Batch>) {
    let end = tokio::select! {
        _ = tell(&hub, &agent, &batches) => None,
        () = batches.closed() => None,
        () = agent.over.cancelled() => Some(Some(replaced())),
        () = agent.signed_out.cancelled() => Some(None),
    };
    if let Some(trouble) = end {
        tell_rest(&hub, &agent, &batches, trouble).await;
    }
    agent.over.cancel();
    hub.leave(&agent);
}

fn replaced() -> Trouble {
    trouble(TroubleCode::Replaced, "another session has the same address")
}

/// What was told before the end, and why it is one; nobody waits for commits any more.
async fn tell_rest(hub: &Hub, agent: &Agent, batches: &mpsc::Sender<Batch>, trouble: Option<Trouble>) {
    let rest = take(agent, usize::MAX);
    for told in &rest.events {
        if let Some(receipt) = &told.receipt {
            hub.post(receipt.clone()).await;
        }
    }
    let mut events: Vec<_> = rest.events.into_iter().map(|told| told.event).collect();
    events.push(SessionEvent::Link(LinkState::SignedOut { trouble }));
    // The receiver may be gone: then nobody is left to be told.
    let _ = batches.send(Batch::unconfirmed(events)).await;
}

async fn tell(hub: &Hub, agent: &Agent, batches: &mpsc::Sender<Batch>) -> Option<()> {
    let mut place = hub.place.subscribe();
    let mut told = None;
    let mut pause = SHORTEST_PAUSE;
    loop {
        let now = place.borrow_and_update().clone();
        if told.as_ref() != Some(&now) {
            batches.send(Batch::unconfirmed(vec![SessionEvent::Link(now.clone())])).await.ok()?;
            told = Some(now);
        }
        if agent.news.lock().may_wait() {
            wait_for_company(agent).await;
        }
        let (news, resume) = take_with_resume(agent);
        if news.is_empty() && resume.is_none() {
            tokio::select! {
                () = agent.news_due.notified() => {}
                changed = place.changed() => changed.ok()?,
            }
            continue;
        }
        if offer(hub, &news, resume.clone(), batches).await? {
            pause = SHORTEST_PAUSE;
            for receipt in news.events.into_iter().filter_map(|told| told.receipt) {
                hub.post(receipt).await;
            }
        } else {
            put_back(agent, news, resume.is_some());
            tokio::time::sleep(clock::jittered(pause)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

/// Waits a moment for news that may not wait.
async fn wait_for_company(agent: &Agent) {
    let company = async {
        while agent.news.lock().may_wait() {
            agent.news_due.notified().await;
        }
    };
    // Nobody came: then arrivals are committed alone.
    let _ = tokio::time::timeout(COMPANY_WAIT, company).await;
}

/// Whether the batch was committed; none when the receiver is gone.
async fn offer(
    hub: &Hub,
    news: &News,
    resume: Option<ResumePoint>,
    batches: &mpsc::Sender<Batch>,
) -> Option<bool> {
    let mut events: Vec<_> = news.events.iter().map(|told| told.event.clone()).collect();
    events.extend(news.presence.iter().map(|person| SessionEvent::Presence {
        person: hub.person(person),
        report: hub.board.lock().report(person),
    }));
    let (batch, confirmation) = Batch::new(events, resume);
    batches.send(batch).await.ok()?;
    Some(confirmation.wait().await)
}

fn take(agent: &Agent, most: usize) -> News {
    let mut news = agent.news.lock();
    let count = news.events.len().min(most);
    let events = news.events.drain(..count).collect();
    let presence = std::iter::from_fn(|| news.presence.pop_first()).take(most).collect();
    News { events, presence }
}

/// News, and with the last of it the place that it leads to: a chat in it has been told of.
fn take_with_resume(agent: &Agent) -> (News, Option<ResumePoint>) {
    let mut chats = agent.chats.lock();
    let news = take(agent, BATCH);
    let is_last = news.events.len() < BATCH;
    let resume = (is_last && std::mem::take(&mut chats.changed)).then(|| chats.resume_point()).flatten();
    (news, resume)
}

/// What was dropped comes again, before what came meanwhile.
fn put_back(agent: &Agent, news: News, resume: bool) {
    let mut waiting = agent.news.lock();
    let dropped: Vec<Told> = news.events.into_iter().collect();
    for told in dropped.into_iter().rev() {
        waiting.events.push_front(told);
    }
    waiting.presence.extend(news.presence);
    drop(waiting);
    if resume {
        agent.chats.lock().changed = true;
    }
}

impl News {
    fn is_empty(&self) -> bool {
        self.events.is_empty() && self.presence.is_empty()
    }

    /// Whether all that is told is that messages have arrived.
    fn may_wait(&self) -> bool {
        let is_arrival = |told: &Told| matches!(told.event, SessionEvent::Delivered { .. });
        !self.events.is_empty() && self.presence.is_empty() && self.events.iter().all(is_arrival)
    }
}
