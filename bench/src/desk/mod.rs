//! A scripted desk: it signs in, keeps its view current, and sends its commands again after each reconnect
//! until they are answered.

mod connection;
mod session;
mod socket;
mod view;

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use connection::{Connection, Wanted};

pub use session::Session;
pub use socket::Socket;
pub use view::View;

use crate::wait::until;

/// A refusal of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The stable code.
    pub code: String,
    /// In words.
    pub message: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Refused {}

/// Told of everything that a desk receives, in order, before anybody else knows.
pub trait Watcher: Send + Sync {
    /// A command goes out for the first time.
    fn asked(&self, _command: &Value) {}
    /// A command was answered with `done`.
    fn done(&self, _command: &Value, _result: &Value) {}
    /// A command was refused.
    fn refused(&self, _command: &Value, _refused: &Refused) {}
    /// A snapshot was taken over.
    fn snapshot(&self, _view: &View) {}
    /// An event came.
    fn event(&self, _event: &Value) {}
    /// Something without a number came, such as presence.
    fn volatile(&self, _frame: &Value) {}
}

/// Watches nothing.
pub struct Unwatched;

impl Watcher for Unwatched {}

/// A scripted desk; it closes when dropped.
pub struct Desk {
    /// Its session.
    pub session: Session,
    view: Arc<Mutex<View>>,
    wanted: mpsc::UnboundedSender<Wanted>,
    task: JoinHandle<()>,
}

impl Desk {
    /// Opens it; it connects, and connects again, by itself.
    #[must_use]
    pub fn open(session: Session, watcher: Arc<dyn Watcher>) -> Self {
        let view = Arc::<Mutex<View>>::default();
        let (sender, wanted) = mpsc::unbounded_channel();
        let connection = Connection::new(session.clone(), Arc::clone(&view), watcher, wanted);
        Self { session, view, wanted: sender, task: tokio::spawn(connection.run()) }
    }

    /// What it knows now.
    #[must_use]
    pub fn view(&self) -> View {
        self.view.lock().clone()
    }

    /// Looks at what it knows without a copy.
    pub fn look<T>(&self, look: impl FnOnce(&View) -> T) -> T {
        look(&self.view.lock())
    }

    /// Waits until it knows something.
    ///
    /// # Errors
    /// It takes longer than 60 s.
    pub async fn sees<T>(&self, what: &str, mut look: impl FnMut(&View) -> Option<T>) -> anyhow::Result<T> {
        until(Duration::from_secs(60), what, async || self.look(&mut look)).await
    }

    /// Sends a command; it need not be waited for.
    pub fn ask(&self, op: &str, mut fields: Value) -> oneshot::Receiver<Result<Value, Refused>> {
        fields["op"] = json!(op);
        fields["id"] = json!(crate::clock::new_id());
        let (answer, answered) = oneshot::channel();
        // The other end goes with the desk; the answer then ends without a value.
        let _ = self.wanted.send(Wanted { frame: fields, answer });
        answered
    }

    /// Sends a command and waits for its answer, over as many connections as it takes.
    ///
    /// # Errors
    /// A refusal, or no answer within 60 s.
    pub async fn command(&self, op: &str, fields: Value) -> anyhow::Result<Value> {
        let answer = tokio::time::timeout(Duration::from_secs(60), self.ask(op, fields)).await;
        let answer = answer.map_err(|_| anyhow::anyhow!("{op} was not answered in 60 s"))?;
        Ok(answer.map_err(|_| anyhow::anyhow!("the desk was closed"))??)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.task.abort();
    }
}
