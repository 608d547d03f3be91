//! The task of a desk: one connection after another.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::{Refused, Session, Socket, View, Watcher};

/// Between two tries to connect.
const PAUSE: Duration = Duration::from_millis(50);

/// A command and who waits for its answer.
pub(super) struct Wanted {
    pub(super) frame: Value,
    pub(super) answer: oneshot::Sender<Result<Value, Refused>>,
}

/// What the task holds.
pub(super) struct Connection {
    session: Session,
    view: Arc<Mutex<View>>,
    watcher: Arc<dyn Watcher>,
    wanted: mpsc::UnboundedReceiver<Wanted>,
    /// Sent and not answered, in order.
    unanswered: VecDeque<Wanted>,
}

impl Connection {
    pub(super) fn new(
        session: Session,
        view: Arc<Mutex<View>>,
        watcher: Arc<dyn Watcher>,
        wanted: mpsc::UnboundedReceiver<Wanted>,
    ) -> Self {
        Self { session, view, watcher, wanted, unanswered: VecDeque::new() }
    }

    /// Runs until the desk is dropped.
    pub(super) async fn run(mut self) {
        loop {
            // Why it ended does not matter: the server was killed, and comes back.
            let _ = self.one().await;
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn one(&mut self) -> anyhow::Result<()> {
        let seen = self.view.lock().seen.clone();
        let mut socket = Socket::open(&self.session, seen.as_ref()).await?;
        let greeting = socket.next().await?;
        self.take(&greeting);
        for wanted in &self.unanswered {
            socket.send(&wanted.frame).await?;
        }
        loop {
            tokio::select! {
                wanted = self.wanted.recv() => {
                    let Some(wanted) = wanted else { std::future::pending().await };
                    self.watcher.asked(&wanted.frame);
                    let sent = socket.send(&wanted.frame).await;
                    self.unanswered.push_back(wanted);
                    sent?;
                }
                frame = socket.next() => self.take(&frame?),
            }
        }
    }

    fn take(&mut self, frame: &Value) {
        match frame["type"].as_str().unwrap_or_default() {
            "snapshot" => {
                let mut view = self.view.lock();
                view.replace(frame);
                self.watcher.snapshot(&view);
            }
            "event" => {
                self.view.lock().apply(frame);
                self.watcher.event(frame);
            }
            "done" => self.answered(&frame["re"], Ok(frame["result"].clone())),
            "refused" => {
                let word = |key: &str| frame[key].as_str().unwrap_or_default().to_owned();
                let refused = Refused { code: word("code"), message: word("message") };
                self.answered(&frame["re"], Err(refused));
            }
            _ => self.watcher.volatile(frame),
        }
    }

    fn answered(&mut self, id: &Value, answer: Result<Value, Refused>) {
        let Some(place) = self.unanswered.iter().position(|wanted| wanted.frame["id"] == *id) else { return };
        let Some(wanted) = self.unanswered.remove(place) else { return };
        match &answer {
            Ok(result) => self.watcher.done(&wanted.frame, result),
            Err(refused) => self.watcher.refused(&wanted.frame, refused),
        }
        // Nobody need wait for an answer.
        let _ = wanted.answer.send(answer);
    }
}
