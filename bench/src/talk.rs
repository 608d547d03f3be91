//! Agents at their desks in open consults, who say numbered messages and hear the answers.

use std::sync::Arc;

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::clock;
use crate::desk::{Desk, Refused, Session, Watcher};
use crate::probe::Probe;

/// The desks with their consults.
pub struct Talk {
    /// What is followed.
    pub probe: Arc<Probe>,
    desks: Arc<Vec<Desk>>,
    consults: Arc<Vec<String>>,
}

struct Ears(Arc<Probe>);

impl Watcher for Ears {
    fn done(&self, command: &Value, _: &Value) {
        if let Some(text) = command["text"].as_str() {
            self.0.acknowledged(text);
        }
    }

    fn refused(&self, command: &Value, refused: &Refused) {
        eprintln!("{} was refused: {refused}", command["op"]);
        self.0.refused();
    }

    fn event(&self, event: &Value) {
        if let Some(text) = event["message"]["text"].as_str().filter(|_| event["message"]["by"] == "expert") {
            self.0.heard(text);
        }
    }
}

impl Talk {
    /// Opens the desks and starts a consult with each expert on a network, spread over the desks.
    ///
    /// # Errors
    /// A network does not come up, or an expert does not accept.
    pub async fn begin(
        sessions: Vec<Session>,
        network: &str,
        experts: &[String],
        probe: Probe,
    ) -> anyhow::Result<Self> {
        let probe = Arc::new(probe);
        let open = |session| Desk::open(session, Arc::new(Ears(Arc::clone(&probe))));
        let desks: Vec<_> = sessions.into_iter().map(open).collect();
        let mut consults = Vec::new();
        for (n, expert) in experts.iter().enumerate() {
            let desk = desks.get(n % desks.len().max(1)).context("there are desks")?;
            consults.push(start(desk, network, expert).await?);
        }
        Ok(Self { probe, desks: Arc::new(desks), consults: Arc::new(consults) })
    }

    /// Sends message after message from `first` on.
    pub fn sender(&self, first: usize) -> impl FnMut(usize) + Send + 'static {
        let (probe, desks, consults) =
            (Arc::clone(&self.probe), Arc::clone(&self.desks), Arc::clone(&self.consults));
        move |n| {
            let Some(n_of_consult) = n.checked_rem(consults.len()) else { return };
            let (Some(desk), Some(consult)) =
                (desks.get(n_of_consult % desks.len()), consults.get(n_of_consult))
            else {
                return;
            };
            let text = probe.text(first + n);
            let said = json!({ "consult_id": consult, "message_id": clock::new_id(), "text": text });
            // The watcher takes the answer.
            drop(desk.ask("consult.say", said));
        }
    }
}

async fn start(desk: &Desk, network: &str, expert: &str) -> anyhow::Result<String> {
    desk.sees("the network is up", |view| (view.networks.get(network)?["state"] == "up").then_some(()))
        .await?;
    let person = json!({ "network": network, "address": expert });
    let asked = json!({ "interaction_id": null, "person": person, "question": "Can you help?", "share": [] });
    let started = desk.command("consult.start", asked).await?;
    let consult = started["consult_id"].as_str().context("no consult_id")?.to_owned();
    desk.sees("the expert is there", |view| {
        (view.consults.get(&consult)?["state"] == "talking").then_some(())
    })
    .await?;
    Ok(consult)
}
