//! A window's commands under way: side by side, but in order where they are about the same thing.

use super::commands::{Op, Window};
use super::frames::answer_frame;
use crate::engine::Engine;
use hookflash_domain::UserId;
use std::collections::HashMap;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Commands of one window under way at once; more wait in the socket.
const AT_ONCE: usize = 32;

/// The commands under way.
pub(super) struct Lanes {
    engine: Engine,
    user: UserId,
    number: u64,
    commands: JoinSet<Option<String>>,
    /// For each thing, the end of the command before.
    ends: HashMap<Uuid, oneshot::Receiver<()>>,
}

impl Lanes {
    /// Nothing under way.
    #[must_use]
    pub(super) fn new(engine: &Engine, user: UserId, number: u64) -> Self {
        Self { engine: engine.clone(), user, number, commands: JoinSet::new(), ends: HashMap::new() }
    }

    /// Whether another command may start.
    #[must_use]
    pub(super) fn has_room(&self) -> bool {
        self.commands.len() < AT_ONCE
    }

    /// Whether nothing is under way.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.commands.is_empty()
    }

    /// Starts an operation, after those about the same thing.
    pub(super) fn start(&mut self, id: Uuid, op: Op) {
        if self.commands.is_empty() {
            self.ends.clear();
        }
        let (end, ended) = oneshot::channel::<()>();
        let before = self.ends.insert(op.about(), ended);
        let (engine, user, number) = (self.engine.clone(), self.user, self.number);
        self.commands.spawn(async move {
            if let Some(before) = before {
                // An error says that the command before is over: its end is only ever dropped.
                let _ = before.await;
            }
            let window = Window { engine: &engine, user, number };
            let answer = window.carry_out(id, op).await;
            drop(end);
            Some(answer_frame(id, answer?))
        });
    }

    /// The next answer; none where a command has none.
    pub(super) async fn next(&mut self) -> Option<String> {
        match self.commands.join_next().await? {
            Ok(answer) => answer,
            Err(error) => {
                tracing::error!(%error, "a command ended without an answer");
                None
            }
        }
    }
}
