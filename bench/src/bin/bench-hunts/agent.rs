//! What an agent does: hunts, meddles with the hunt, talks, ends it, hunts again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hookflash_bench::clock;
use hookflash_bench::desk::{Desk, View};
use hookflash_bench::pool::address;
use hookflash_bench::wait::until;
use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use serde_json::{Value, json};

use crate::books::Book;
use crate::{EXPERT_COUNT, EXPERTS};

/// Between two things that an agent does.
const PAUSE_MS: std::ops::Range<u64> = 300..1_500;
/// Longest wait for what an agent ends.
const FINISH_WITHIN: Duration = Duration::from_secs(60);
/// How long each expert may think; the least that there is.
const WITHIN_MS: i64 = 5_000;

/// An agent at work.
pub(crate) struct Agent {
    pub(crate) desk: Desk,
    pub(crate) book: Arc<Book>,
}

impl Agent {
    /// Waits until the agent is signed in to the pool.
    pub(crate) async fn is_up(&self) -> anyhow::Result<()> {
        let up = |view: &View| (view.networks.get("skype")?["state"] == "up").then_some(());
        self.desk.sees("the network to be up", up).await
    }

    /// Works until the moment comes. Refusals are part of the day.
    pub(crate) async fn work(&self, until: Instant, mut random: StdRng) {
        let all: Vec<_> = (1..=EXPERT_COUNT).map(person).collect();
        let _ = self.desk.command("experts.watch", json!({ "people": all })).await;
        while clock::now() < until {
            let open = self.desk.look(open_consult);
            match open.as_ref().map(|(id, state, is_on)| (id.as_str(), state.as_str(), *is_on)) {
                None => self.hunt(&mut random).await,
                Some((id, "inviting", true)) if random.random_ratio(1, 6) => {
                    self.meddle(id, &mut random).await;
                }
                Some((id, "talking", _)) if random.random_ratio(1, 2) => self.end(id).await,
                Some((id, "choosing", false)) => self.end(id).await,
                Some(_) => {}
            }
            tokio::time::sleep(Duration::from_millis(random.random_range(PAUSE_MS))).await;
        }
    }

    /// Ends what is open; what has not ended in time is counted as stuck.
    pub(crate) async fn finish(&self) {
        let ended = until(FINISH_WITHIN, "everything to have ended", async || {
            let Some((id, ..)) = self.desk.look(open_consult) else { return Some(()) };
            self.end(&id).await;
            None
        });
        let _ = ended.await;
    }

    async fn hunt(&self, random: &mut StdRng) {
        let mut people: Vec<_> = (1..=EXPERT_COUNT).map(person).collect();
        people.shuffle(random);
        people.truncate(random.random_range(2..=5));
        let mode = if random.random_ratio(1, 3) { "all_at_once" } else { "one_by_one" };
        let hunt = json!({
            "consult_id": null, "interaction_id": null, "people": people, "mode": mode, "within_ms": WITHIN_MS,
            "question": "Can you help?", "share": [],
        });
        let _ = self.desk.command("consult.hunt", hunt).await;
    }

    /// Jumps, adds, stops or takes back.
    async fn meddle(&self, consult: &str, random: &mut StdRng) {
        let about = json!({ "consult_id": consult });
        let with = json!({ "consult_id": consult, "person": person(random.random_range(1..=EXPERT_COUNT)) });
        let (op, fields) = match random.random_range(0..6) {
            0 => ("consult.hunt_stop", about),
            1 => ("consult.withdraw", about),
            2 | 3 => ("consult.hunt_add", with),
            _ => ("consult.hunt_jump", with),
        };
        let _ = self.desk.command(op, fields).await;
    }

    async fn end(&self, consult: &str) {
        let _ = self.desk.command("consult.end", json!({ "consult_id": consult, "outcome": null })).await;
    }
}

fn person(number: usize) -> Value {
    json!({ "network": "skype", "address": format!("sip:{}", address(EXPERTS, number)) })
}

/// The consult that is open: its id, its state, and whether a hunt is on.
fn open_consult(view: &View) -> Option<(String, String, bool)> {
    let (id, consult) = view.consults.iter().find(|(_, consult)| consult["state"] != "ended")?;
    let is_on = consult["hunt"].is_object() && consult["hunt"]["end"].is_null();
    Some((id.clone(), consult["state"].as_str().unwrap_or_default().to_owned(), is_on))
}
