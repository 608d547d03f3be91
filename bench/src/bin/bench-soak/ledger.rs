//! What was said on either side, and what the other side has of it.

use std::collections::{HashMap, HashSet};

use hookflash_bench::desk::{View, Watcher};
use hookflash_bench::pool::{Control, address};
use parking_lot::Mutex;
use serde_json::Value;

use crate::EXPERTS;

/// What an expert says: this, and what the agent said.
const ECHO: &str = "echo: ";

/// All messages of a day.
pub(crate) struct Ledger {
    /// What the texts of agents begin with.
    name: &'static str,
    said: Mutex<Vec<Said>>,
    /// By what experts said: the ids under which desks showed it.
    heard: Mutex<HashMap<String, HashSet<String>>>,
}

/// What an agent said, as the desk shows it.
#[derive(Debug, Clone, Default)]
struct Said {
    state: String,
}

/// The books, closed.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// Texts that the network took from agents.
    pub(crate) taken: usize,
    /// Texts of agents that the desk shows as failed: the agent knows, nothing is lost.
    pub(crate) failed: usize,
    /// Texts that experts said and the pool handed over.
    pub(crate) answered: usize,
    /// Shown as taken, and the expert has not got it; or handed over, and no desk shows it.
    pub(crate) lost: Vec<String>,
    /// Somebody has the same twice.
    pub(crate) doubled: Vec<String>,
    /// Still on its way according to the desk, long after the end.
    pub(crate) stuck: usize,
}

impl Watcher for Ledger {
    fn snapshot(&self, view: &View) {
        view.messages.values().for_each(|message| self.take(message));
    }

    fn event(&self, event: &Value) {
        if event["event"] == "message" {
            self.take(&event["message"]);
        }
    }
}

impl Ledger {
    /// An empty one; its texts begin with the name, which no other has.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, said: Mutex::default(), heard: Mutex::default() }
    }

    /// The text of a new message of an agent.
    pub(crate) fn write(&self) -> String {
        let mut said = self.said.lock();
        said.push(Said::default());
        format!("{} The mandate is of March; can it be used again?", self.mark(said.len() - 1))
    }

    fn mark(&self, number: usize) -> String {
        format!("{}-{number:07}", self.name)
    }

    fn number(&self, text: &str) -> Option<usize> {
        text.strip_prefix(self.name)?.strip_prefix('-')?.get(..7)?.parse().ok()
    }

    fn number_in_echo(&self, text: &str) -> Option<usize> {
        self.number(text.strip_prefix(ECHO)?)
    }

    /// How many messages agents wrote.
    pub(crate) fn count(&self) -> usize {
        self.said.lock().len()
    }

    /// How many are on their way according to the desks.
    pub(crate) fn sending(&self) -> usize {
        self.said.lock().iter().filter(|said| said.state == "sending").count()
    }

    fn take(&self, message: &Value) {
        let text = message["text"].as_str().unwrap_or_default();
        let own = message["by"] == "agent";
        if let Some(number) = self.number(text).filter(|_| own) {
            if let Some(said) = self.said.lock().get_mut(number) {
                message["state"].as_str().unwrap_or_default().clone_into(&mut said.state);
            }
        } else if !own && self.number_in_echo(text).is_some() {
            let id = message["message_id"].as_str().unwrap_or_default().to_owned();
            self.heard.lock().entry(text.to_owned()).or_default().insert(id);
        }
    }

    /// Compares both sides once everything is at rest.
    ///
    /// # Errors
    /// The pool does not answer.
    pub(crate) async fn close(&self, control: &Control, agents: usize) -> anyhow::Result<Verdict> {
        let mut verdict = Verdict::default();
        let mut arrived: HashMap<usize, usize> = HashMap::new();
        for expert in 1..=agents {
            let inbox = control.inbox(&address(EXPERTS, expert)).await?;
            for seen in inbox.messages {
                if let Some(number) = self.number(&seen.text) {
                    *arrived.entry(number).or_default() += 1;
                }
            }
            let heard = self.heard.lock();
            for said in inbox.said.into_iter().filter(|said| self.number_in_echo(&said.text).is_some()) {
                let shown = heard.get(&said.text).map_or(0, HashSet::len);
                if said.outcome == "delivered" {
                    verdict.answered += 1;
                    if shown == 0 {
                        verdict.lost.push(format!("{} (said at {:.3})", said.text, said.at as f64 / 1_000.0));
                    } else if shown > 1 {
                        verdict.doubled.push(said.text);
                    }
                }
            }
        }
        for (number, said) in self.said.lock().iter().enumerate() {
            let copies = arrived.get(&number).copied().unwrap_or(0);
            match said.state.as_str() {
                "sent" | "delivered" => {
                    verdict.taken += 1;
                    if copies == 0 {
                        verdict.lost.push(self.mark(number));
                    }
                }
                "failed" => verdict.failed += 1,
                "sending" => verdict.stuck += 1,
                // The server refused the command: nothing was promised.
                _ => {}
            }
            if copies > 1 {
                verdict.doubled.push(self.mark(number));
            }
        }
        Ok(verdict)
    }
}

impl Verdict {
    pub(crate) fn print(&self) {
        println!(
            "agents: {} texts taken, {} shown as failed, {} still on their way; experts: {} texts handed over",
            self.taken, self.failed, self.stuck, self.answered
        );
        for (what, texts) in [("lost", &self.lost), ("doubled", &self.doubled)] {
            if !texts.is_empty() {
                let first: Vec<_> = texts.iter().take(10).collect();
                println!("{what}: {} {first:?}", texts.len());
            }
        }
    }
}
