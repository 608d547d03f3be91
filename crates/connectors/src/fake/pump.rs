//! Brings the network's news to a session.

use super::FakeNetwork;
use crate::{Batch, LinkState, ResumePoint, SessionEvent, Trouble, TroubleCode};
use tokio::sync::{mpsc, watch};

/// Most events in a batch.
const BATCH: usize = 50;

pub(super) async fn run(
    network: FakeNetwork,
    agent: String,
    batches: mpsc::Sender<Batch>,
    over: watch::Sender<bool>,
) {
    let end = deliver(&network, &agent, &batches, over.subscribe()).await;
    over.send_replace(true);
    if let Some(trouble) = end {
        let link = SessionEvent::Link(LinkState::SignedOut { trouble });
        // The receiver may be gone: then nobody is left to be told.
        let _ = batches.send(Batch::unconfirmed(vec![link])).await;
    }
}

/// Delivers until the session is over: `Some` when its end is to be told.
async fn deliver(
    network: &FakeNetwork,
    agent: &str,
    batches: &mpsc::Sender<Batch>,
    mut over: watch::Receiver<bool>,
) -> Option<Option<Trouble>> {
    let mut changed = network.changed.subscribe();
    let mut was_up = None;
    tell_link(batches, LinkState::Connecting).await?;
    loop {
        changed.mark_unchanged();
        if network.state.lock().wrong_password.contains(agent) {
            let words = "The password is not right.".to_owned();
            return Some(Some(Trouble { code: TroubleCode::WrongPassword, words }));
        }
        let up = !network.state.lock().link_cut;
        if was_up != Some(up) {
            was_up = Some(up);
            tell_link(batches, if up { LinkState::Up } else { down() }).await?;
        }
        if up && deliver_one(network, agent, batches).await? {
            continue;
        }
        tokio::select! {
            _ = changed.changed() => {}
            _ = over.wait_for(|over| *over) => return Some(None),
            () = batches.closed() => return None,
        }
    }
}

/// Delivers one batch; true when there may be more, `None` when the receiver is gone.
async fn deliver_one(network: &FakeNetwork, agent: &str, batches: &mpsc::Sender<Batch>) -> Option<bool> {
    let events: Vec<_> = {
        let state = network.state.lock();
        let waiting = state.agents.get(agent).map(|agent| agent.unconfirmed.iter());
        waiting.into_iter().flatten().take(BATCH).cloned().collect()
    };
    if events.is_empty() {
        return Some(false);
    }
    let count = events.len();
    let (batch, confirmation) = Batch::new(events, Some(ResumePoint(format!("fake:{agent}"))));
    batches.send(batch).await.ok()?;
    if confirmation.wait().await
        && let Some(agent) = network.state.lock().agents.get_mut(agent)
    {
        agent.unconfirmed.drain(..count.min(agent.unconfirmed.len()));
    }
    Some(true)
}

async fn tell_link(batches: &mpsc::Sender<Batch>, link: LinkState) -> Option<()> {
    batches.send(Batch::unconfirmed(vec![SessionEvent::Link(link)])).await.ok()
}

fn down() -> LinkState {
    let words = "The line is cut.".to_owned();
    LinkState::Down {
        retry_at: crate::clock::now().plus_ms(1_000),
        trouble: Trouble { code: TroubleCode::Unreachable, words },
    }
}
