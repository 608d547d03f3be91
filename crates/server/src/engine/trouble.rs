//! Trouble with the database, told to every desk until it is over.

use super::Engine;
use super::feed::Volatile;
use super::shared::Shared;
use std::sync::Arc;

/// Runs until the engine stops.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut trouble = shared.store.trouble();
    loop {
        tokio::select! {
            () = shared.stop.cancelled() => return,
            changed = trouble.changed() => if changed.is_err() { return },
        }
        let words = trouble.borrow_and_update().clone();
        match &words {
            Some(words) => {
                tracing::error!(
                    words,
                    "the database is not available; nothing is lost, nothing new is taken"
                );
            }
            None => tracing::info!("the database is available again"),
        }
        shared.feed.volatile_to_all(&Volatile::Trouble { words });
    }
}

impl Engine {
    /// The trouble that a window is told when it opens.
    #[must_use]
    pub fn trouble(&self) -> Option<Volatile> {
        let words = self.shared.store.trouble().borrow().clone()?;
        Some(Volatile::Trouble { words: Some(words) })
    }
}
