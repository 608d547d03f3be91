//! Events in batches that are confirmed after they were committed.

use crate::SessionEvent;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

/// Where a session goes on after a restart of this process. Opaque; made and read by the connector
/// alone. Holds no secret. Some 400 bytes for each chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResumePoint(pub String);

/// Events that belong together, in the order in which they happened.
///
/// The network hears that a batch was received only after [`Done::confirm`]; dropping [`Done`]
/// brings the same events again. So what is committed before `confirm` is never lost, and what
/// comes twice must be harmless: the same events carry the same ids.
#[derive(Debug)]
pub struct Batch {
    /// What happened. Empty: only the resume point has moved on, and is to be committed too.
    pub events: Vec<SessionEvent>,
    /// To be stored in the same transaction as the events; absent: the stored one stays valid.
    pub resume: Option<ResumePoint>,
    /// To be confirmed after the commit.
    pub done: Done,
}

impl Batch {
    /// A batch and the connector's end of its confirmation.
    #[must_use]
    pub fn new(events: Vec<SessionEvent>, resume: Option<ResumePoint>) -> (Self, Confirmation) {
        let (sender, receiver) = oneshot::channel();
        (Self { events, resume, done: Done(Some(sender)) }, Confirmation(receiver))
    }

    /// A batch of which nobody waits to hear that it was committed.
    #[must_use]
    pub fn unconfirmed(events: Vec<SessionEvent>) -> Self {
        Self { events, resume: None, done: Done(None) }
    }
}

/// Confirms a batch.
#[derive(Debug)]
#[must_use = "a batch that is not confirmed comes again"]
pub struct Done(Option<oneshot::Sender<()>>);

impl Done {
    /// Says that the batch is committed.
    pub fn confirm(self) {
        if let Some(sender) = self.0 {
            // Nobody listening means the session is over: then nothing is waiting to be released.
            let _ = sender.send(());
        }
    }
}

/// The connector's end of a [`Done`].
#[derive(Debug)]
pub struct Confirmation(oneshot::Receiver<()>);

impl Confirmation {
    /// Waits until the batch was confirmed (`true`) or dropped (`false`).
    pub async fn wait(self) -> bool {
        self.0.await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Batch;

    #[tokio::test]
    async fn confirmed_and_dropped_are_told_apart() {
        let (batch, confirmation) = Batch::new(Vec::new(), None);
        batch.done.confirm();
        assert!(confirmation.wait().await);

        let (batch, confirmation) = Batch::new(Vec::new(), None);
        drop(batch);
        assert!(!confirmation.wait().await);
    }
}
