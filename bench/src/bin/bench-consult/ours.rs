//! Through Hookflash: desks, the server, its database, the pool.

use std::sync::Arc;

use anyhow::Context as _;
use hookflash_bench::clock;
use hookflash_bench::desk::{Desk, Refused, Watcher};
use hookflash_bench::pool::address;
use hookflash_bench::server::Server;
use hookflash_bench::staff;
use serde_json::{Value, json};

use crate::probe::Probe;
use crate::{AGENTS, CONSULTS};

/// The desks with their consults.
pub(crate) struct Side {
    pub(crate) probe: Arc<Probe>,
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

impl Side {
    /// Signs the agents in and starts their consults.
    pub(crate) async fn prepare(server: &Server) -> anyhow::Result<Self> {
        let probe = Arc::new(Probe::new("ours"));
        let mut desks = Vec::new();
        let sessions = staff::sign_in(server, AGENTS).await?;
        for (n, session) in sessions.iter().enumerate() {
            staff::connect(session, "agent", n + 1).await?;
        }
        for session in sessions {
            desks.push(Desk::open(session, Arc::new(Ears(Arc::clone(&probe)))));
        }
        let mut consults = Vec::new();
        for n in 0..CONSULTS {
            let desk = desks.get(n % AGENTS).context("there are desks")?;
            consults.push(start(desk, n).await?);
        }
        Ok(Self { probe, desks: Arc::new(desks), consults: Arc::new(consults) })
    }

    /// Sends message after message from `first` on.
    pub(crate) fn sender(&self, first: usize) -> impl FnMut(usize) + Send + 'static {
        let (probe, desks, consults) =
            (Arc::clone(&self.probe), Arc::clone(&self.desks), Arc::clone(&self.consults));
        move |n| {
            let (Some(desk), Some(consult)) = (desks.get(n % AGENTS), consults.get(n % CONSULTS)) else {
                return;
            };
            let text = probe.text(first + n);
            let said = json!({ "consult_id": consult, "message_id": clock::new_id(), "text": text });
            // The watcher takes the answer.
            drop(desk.ask("consult.say", said));
        }
    }
}

async fn start(desk: &Desk, n: usize) -> anyhow::Result<String> {
    desk.sees("the network is up", |view| (view.networks.get("skype")?["state"] == "up").then_some(()))
        .await?;
    let person = json!({ "network": "skype", "address": address("echo", n + 1) });
    let asked = json!({ "interaction_id": null, "person": person, "question": "Can you help?", "share": [] });
    let started = desk.command("consult.start", asked).await?;
    let consult = started["consult_id"].as_str().context("no consult_id")?.to_owned();
    desk.sees("the expert is there", |view| {
        (view.consults.get(&consult)?["state"] == "talking").then_some(())
    })
    .await?;
    Ok(consult)
}
