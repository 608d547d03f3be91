//! Many open desks that do nothing but listen.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use futures_util::{StreamExt as _, TryStreamExt as _};
use hookflash_bench::clock;
use hookflash_bench::desk::{Session, Socket};
use hookflash_bench::figures::Figures;
use hookflash_bench::wait::until;
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Desks that open at once.
const AT_ONCE: usize = 8;
/// Between two events.
const PAUSE: Duration = Duration::from_millis(50);

/// The open desks.
pub(crate) struct Crowd {
    size: usize,
    first: mpsc::UnboundedSender<Value>,
    round: Arc<Round>,
    _desks: JoinSet<()>,
}

/// One event on its way.
#[derive(Default)]
struct Round {
    /// What the frame of this event holds.
    mark: Mutex<String>,
    reached: Mutex<Vec<Instant>>,
    own: Mutex<Option<Instant>>,
    reached_count: AtomicUsize,
}

/// How long events took, from the command that caused them.
pub(crate) struct Reached {
    /// To each desk.
    pub(crate) each: Figures,
    /// To the last desk.
    pub(crate) last: Figures,
    /// To the desk that caused it, as the change of its own state.
    pub(crate) own: Figures,
}

impl Crowd {
    /// Opens a desk for each session and waits for its snapshot.
    pub(crate) async fn open(sessions: &[Session]) -> anyhow::Result<Self> {
        let opened = futures_util::stream::iter(sessions).map(|session| async move {
            let mut socket = Socket::open(session, None).await?;
            let greeting = socket.next().await?;
            anyhow::ensure!(greeting["type"] == "snapshot", "no snapshot: {greeting}");
            Ok(socket)
        });
        let sockets: Vec<_> = opened.buffered(AT_ONCE).try_collect().await?;
        let (first, mut commands) = mpsc::unbounded_channel::<Value>();
        let round = Arc::<Round>::default();
        let size = sockets.len();
        let mut desks = JoinSet::new();
        let mut sockets = sockets.into_iter();
        let mut speaker = sockets.next().context("there is a desk")?;
        let own = Arc::clone(&round);
        desks.spawn(async move {
            loop {
                tokio::select! {
                    Some(command) = commands.recv() => if speaker.send(&command).await.is_err() { return },
                    text = speaker.next_text() => match text {
                        Ok(text) => own.heard(&text),
                        Err(_) => return,
                    },
                }
            }
        });
        for mut socket in sockets {
            let round = Arc::clone(&round);
            desks.spawn(async move {
                while let Ok(text) = socket.next_text().await {
                    round.heard(&text);
                }
            });
        }
        Ok(Self { size, first, round, _desks: desks })
    }

    /// The first agent becomes ready and not ready in turn; each time all desks are told the queue's figures.
    pub(crate) async fn time_events(&self, count: usize) -> anyhow::Result<Reached> {
        let (mut each, mut last, mut own) = (Vec::new(), Vec::<Duration>::new(), Vec::new());
        for n in 0..count {
            let (command, ready) = match n % 2 {
                0 => (json!({ "op": "agent.ready" }), 1),
                _ => (json!({ "op": "agent.not_ready", "reason": "break" }), 0),
            };
            self.round.begin(format!("\"agents_ready_count\":{ready}"));
            let mut command = command;
            command["id"] = json!(clock::new_id());
            let began = clock::now();
            self.first.send(command)?;
            let all = async || (self.round.reached_count.load(Ordering::Relaxed) >= self.size).then_some(());
            until(Duration::from_secs(20), "the event reaches every desk", all).await?;
            let times: Vec<_> = self.round.reached.lock().iter().map(|at| *at - began).collect();
            last.extend(times.iter().max());
            own.extend(self.round.own.lock().map(|at| at - began));
            each.extend(times);
            tokio::time::sleep(PAUSE).await;
        }
        Ok(Reached {
            each: each.into_iter().collect(),
            last: last.into_iter().collect(),
            own: own.into_iter().collect(),
        })
    }
}

impl Round {
    fn begin(&self, mark: String) {
        *self.mark.lock() = mark;
        self.reached.lock().clear();
        *self.own.lock() = None;
        self.reached_count.store(0, Ordering::Relaxed);
    }

    fn heard(&self, text: &str) {
        let at = clock::now();
        if text.contains("\"event\":\"agent\"") {
            self.own.lock().get_or_insert(at);
        }
        if text.contains("\"type\":\"queues\"") && text.contains(self.mark.lock().as_str()) {
            self.reached.lock().push(at);
            self.reached_count.fetch_add(1, Ordering::Relaxed);
        }
    }
}
