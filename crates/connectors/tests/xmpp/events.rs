//! What a session tells.

use hookflash_connectors::{Batch, LinkState, SessionEvent, TroubleCode};
use std::time::Duration;
use tokio::sync::mpsc;

/// Longest wait for anything here.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

/// Waits for an event.
pub(crate) async fn expect(
    batches: &mut mpsc::Receiver<Batch>,
    what: &str,
    wanted: impl Fn(&SessionEvent) -> bool,
) -> SessionEvent {
    let found = tokio::time::timeout(LIMIT, async {
        loop {
            let batch = batches.recv().await.expect("the session goes on");
            batch.done.confirm();
            if let Some(event) = batch.events.into_iter().find(&wanted) {
                return event;
            }
        }
    });
    found.await.unwrap_or_else(|_| panic!("not seen: {what}"))
}

pub(crate) async fn expect_up(batches: &mut mpsc::Receiver<Batch>) {
    expect(batches, "link up", |event| *event == SessionEvent::Link(LinkState::Up)).await;
}

pub(crate) async fn expect_down(batches: &mut mpsc::Receiver<Batch>, code: TroubleCode) {
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Link(LinkState::Down { trouble, .. }) if trouble.code == code);
    expect(batches, &format!("link down: {code:?}"), is_it).await;
}
