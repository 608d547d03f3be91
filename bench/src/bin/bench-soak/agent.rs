//! What an agent does all day: asks an expert, talks, ends the chat, asks again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hookflash_bench::clock;
use hookflash_bench::desk::{Desk, View};
use hookflash_bench::pool::address;
use serde_json::{Value, json};

use crate::EXPERTS;
use crate::ledger::Ledger;

/// Between two things that an agent does.
const PAUSE: Duration = Duration::from_secs(1);
/// Messages of one chat.
const TEXTS_A_CHAT: u32 = 25;
/// Pauses before it is ended, so that nobody ends it into the expert's last answer.
const LISTENS: u32 = 8;
/// People whose presence each agent watches.
const WATCHED: usize = 10;

/// An agent at work.
pub(crate) struct Agent {
    pub(crate) desk: Desk,
    number: usize,
    ledger: Arc<Ledger>,
}

impl Agent {
    pub(crate) fn new(desk: Desk, number: usize, ledger: Arc<Ledger>) -> Self {
        Self { desk, number, ledger }
    }

    /// Works until the moment comes. Refusals are part of the day.
    pub(crate) async fn work(&self, until: Instant, agents: usize) {
        let people: Vec<_> = (0..WATCHED).map(|n| person((self.number + n - 1) % agents + 1)).collect();
        let _ = self.desk.command("experts.watch", json!({ "people": people })).await;
        let mut turns = 0;
        while clock::now() < until {
            let open = self.desk.look(open_consult);
            match open.as_ref().map(|(id, state)| (id.as_str(), state.as_str())) {
                None => self.ask().await,
                Some((consult, "talking")) if turns < TEXTS_A_CHAT => {
                    turns += 1;
                    self.say(consult).await;
                }
                Some((_, "talking")) if turns < TEXTS_A_CHAT + LISTENS => turns += 1,
                Some((_, "inviting")) => {}
                Some((consult, _)) => {
                    turns = 0;
                    self.end(consult).await;
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Ends what is open.
    pub(crate) async fn finish(&self) {
        if let Some((consult, _)) = self.desk.look(open_consult) {
            self.end(&consult).await;
        }
    }

    async fn ask(&self) {
        let asked = json!({
            "interaction_id": null, "person": person(self.number), "question": "Can you help?", "share": [],
        });
        let _ = self.desk.command("consult.start", asked).await;
    }

    async fn say(&self, consult: &str) {
        let text = self.ledger.write();
        let said = json!({ "consult_id": consult, "message_id": clock::new_id(), "text": text });
        let _ = self.desk.command("consult.say", said).await;
    }

    async fn end(&self, consult: &str) {
        let _ = self.desk.command("consult.end", json!({ "consult_id": consult, "outcome": null })).await;
    }
}

fn person(number: usize) -> Value {
    json!({ "network": "skype", "address": format!("sip:{}", address(EXPERTS, number)) })
}

fn open_consult(view: &View) -> Option<(String, String)> {
    let open = view.consults.iter().find(|(_, consult)| consult["state"] != "ended")?;
    Some((open.0.clone(), open.1["state"].as_str().unwrap_or_default().to_owned()))
}
