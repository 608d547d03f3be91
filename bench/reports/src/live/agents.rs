//! The agents' desks: each becomes ready and not ready in turn.

use anyhow::Context as _;
use futures_util::{StreamExt as _, TryStreamExt as _};
use hookflash_bench::clock;
use hookflash_bench::desk::{Session, Socket};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Desks that open at once.
const AT_ONCE: usize = 8;

/// All desks.
pub(crate) struct Agents {
    desks: Vec<Desk>,
    heard: Arc<Heard>,
    _tasks: JoinSet<()>,
}

struct Desk {
    agent: String,
    commands: mpsc::UnboundedSender<Value>,
    is_ready: AtomicBool,
}

/// What all desks heard.
#[derive(Default)]
struct Heard {
    frames: AtomicU64,
    refusal: Mutex<Option<String>>,
}

/// A change that was asked for.
pub(crate) struct Change<'a> {
    /// Whose state.
    pub(crate) agent: &'a str,
    /// The state's word.
    pub(crate) state: &'static str,
}

impl Agents {
    /// Opens a desk for each session.
    pub(crate) async fn open(sessions: &[Session]) -> anyhow::Result<Self> {
        let opened = futures_util::stream::iter(sessions).map(|session| async move {
            let mut socket = Socket::open(session, None).await?;
            let greeting = socket.next().await?;
            anyhow::ensure!(greeting["type"] == "snapshot", "no snapshot: {greeting}");
            Ok((session.user_id.clone(), socket))
        });
        let opened: Vec<(String, Socket)> = opened.buffered(AT_ONCE).try_collect().await?;
        let heard = Arc::<Heard>::default();
        let (mut desks, mut tasks) = (Vec::new(), JoinSet::new());
        for (agent, socket) in opened {
            let (commands, asked) = mpsc::unbounded_channel();
            tasks.spawn(serve(socket, asked, Arc::clone(&heard)));
            desks.push(Desk { agent, commands, is_ready: AtomicBool::new(false) });
        }
        Ok(Self { desks, heard, _tasks: tasks })
    }

    /// Asks for the `n`th change: of the next agent, to the other state.
    pub(crate) fn change(&self, n: usize) -> Change<'_> {
        let desk = &self.desks[n % self.desks.len()];
        let was_ready = desk.is_ready.fetch_xor(true, Ordering::Relaxed);
        let (op, state) = if was_ready { ("agent.not_ready", "not_ready") } else { ("agent.ready", "ready") };
        let mut command = json!({ "op": op, "id": clock::new_id() });
        if was_ready {
            command["reason"] = json!("break");
        }
        // A desk that has ended shows in what is not seen.
        let _ = desk.commands.send(command);
        Change { agent: &desk.agent, state }
    }

    /// Frames that all desks have had so far.
    pub(crate) fn frame_count(&self) -> u64 {
        self.heard.frames.load(Ordering::Relaxed)
    }

    /// The last refusal, if there was one.
    pub(crate) fn trouble(&self) -> String {
        self.heard.refusal.lock().clone().unwrap_or_else(|| "nothing was refused".to_owned())
    }
}

async fn serve(mut socket: Socket, mut asked: mpsc::UnboundedReceiver<Value>, heard: Arc<Heard>) {
    let ended = async {
        loop {
            tokio::select! {
                command = asked.recv() => socket.send(&command.context("the benchmark has ended")?).await?,
                text = socket.next_text() => {
                    let text = text?;
                    heard.frames.fetch_add(1, Ordering::Relaxed);
                    if text.contains("\"refused\"") {
                        *heard.refusal.lock() = Some(text);
                    }
                }
            }
        }
    };
    let ended: anyhow::Result<()> = ended.await;
    if let Err(error) = ended {
        *heard.refusal.lock() = Some(error.to_string());
    }
}
