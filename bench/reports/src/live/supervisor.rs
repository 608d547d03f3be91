//! The supervisor's desk: what it is told of agents, and how long after each change.

use anyhow::Context as _;
use hookflash_bench::clock;
use hookflash_bench::desk::{Session, Socket};
use hookflash_bench::figures::Figures;
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A desk that watches the floor.
#[derive(Clone)]
pub(crate) struct Watch(Arc<Mutex<Seen>>);

#[derive(Default)]
struct Seen {
    /// By agent: the state that was asked for, and when.
    expected: HashMap<String, (&'static str, Instant)>,
    times: Vec<Duration>,
}

impl Watch {
    /// Opens it and waits for the whole picture, of at least so many agents and queues.
    pub(crate) async fn open(session: &Session, agents: usize, queues: usize) -> anyhow::Result<Self> {
        let mut socket = Socket::open(session, None).await?;
        socket.send(&json!({ "op": "floor.watch", "id": clock::new_id() })).await?;
        loop {
            let frame = socket.next().await?;
            anyhow::ensure!(frame["type"] != "refused", "the floor is refused: {frame}");
            if frame["type"] == "floor" {
                let count = |key: &str| frame[key].as_array().map_or(0, Vec::len);
                anyhow::ensure!(
                    count("agents") >= agents && count("queues") >= queues,
                    "not the whole floor"
                );
                break;
            }
        }
        let watch = Self(Arc::default());
        let told = watch.clone();
        tokio::spawn(async move {
            while let Ok(text) = socket.next_text().await {
                if let Err(error) = told.hear(&text, clock::now()) {
                    eprintln!("the supervisor's desk: {error:#}");
                }
            }
        });
        Ok(watch)
    }

    /// Forgets what was measured before.
    pub(crate) fn begin(&self) {
        *self.0.lock() = Seen::default();
    }

    /// An agent is asked to change; `due` is when.
    pub(crate) fn expect(&self, agent: &str, state: &'static str, due: Instant) {
        self.0.lock().expected.insert(agent.to_owned(), (state, due));
    }

    /// How many changes have been seen.
    pub(crate) fn seen_count(&self) -> usize {
        self.0.lock().times.len()
    }

    /// How long each took.
    pub(crate) fn times(&self) -> Figures {
        self.0.lock().times.iter().copied().collect()
    }

    fn hear(&self, text: &str, at: Instant) -> anyhow::Result<()> {
        let frame: Value = serde_json::from_str(text)?;
        if frame["type"] != "floor" {
            return Ok(());
        }
        let seen = &mut *self.0.lock();
        for agent in frame["agents"].as_array().context("no agents")? {
            let id = agent["agent_id"].as_str().context("no agent_id")?;
            let Some((state, due)) = seen.expected.get(id).copied() else { continue };
            if agent["state"] == state {
                seen.expected.remove(id);
                seen.times.push(at.saturating_duration_since(due));
            }
        }
        Ok(())
    }
}
