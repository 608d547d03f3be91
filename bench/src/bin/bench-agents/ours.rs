//! Through Hookflash: a desk, a session at the pool, a chat and fifty watched people for each agent.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::Context as _;
use futures_util::{StreamExt as _, TryStreamExt as _};
use hookflash_bench::desk::{Desk, Session, Watcher};
use hookflash_bench::staff;
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::experts::Experts;
use crate::size::{Size, WATCHED};

/// Agents that are prepared at once.
const AT_ONCE: usize = 16;
/// The network's name at the server.
const NETWORK: &str = "skype";

/// An agent's desk.
pub(crate) struct Agent {
    desk: Desk,
    ears: Arc<Ears>,
}

struct Ears {
    agent: usize,
    experts: Experts,
    /// Of whom the desk knows the presence.
    known: Mutex<HashSet<String>>,
}

impl Watcher for Ears {
    fn event(&self, event: &Value) {
        if let Some(text) = event["message"]["text"].as_str().filter(|_| event["message"]["by"] == "expert") {
            self.experts.messages.seen(self.agent, text);
        }
    }

    fn volatile(&self, frame: &Value) {
        for one in frame["people"].as_array().into_iter().flatten() {
            if let Some(activity) = one["presence"]["activity"].as_str() {
                self.experts.presence.seen(self.agent, activity);
            }
            if let Some(address) = one["person"]["address"].as_str()
                && one["presence"]["presence"] != "unknown"
            {
                self.known.lock().insert(address.to_owned());
            }
        }
    }
}

/// Connects the accounts `agent1` and on, opens the desks, begins the chats and watches.
pub(crate) async fn prepare(
    sessions: &[Session],
    experts: &Experts,
    size: Size,
) -> anyhow::Result<Vec<Agent>> {
    let agents = futures_util::stream::iter(sessions.iter().enumerate())
        .map(|(agent, session)| prepare_one(session, experts, size, agent));
    let agents: Vec<_> = agents.buffered(AT_ONCE).try_collect().await?;
    for agent in &agents {
        let knows_all = |_: &_| (agent.ears.known.lock().len() >= WATCHED).then_some(());
        agent.desk.sees("the presence of everybody watched", knows_all).await?;
    }
    Ok(agents)
}

async fn prepare_one(
    session: &Session,
    experts: &Experts,
    size: Size,
    agent: usize,
) -> anyhow::Result<Agent> {
    staff::connect(session, "agent", agent + 1).await?;
    let ears = Arc::new(Ears { agent, experts: experts.clone(), known: Mutex::default() });
    let agent_desk = Agent { desk: Desk::open(session.clone(), Arc::clone(&ears) as _), ears };
    let desk = &agent_desk.desk;
    desk.sees("the network is up", |view| (view.networks.get(NETWORK)?["state"] == "up").then_some(()))
        .await?;
    let person =
        |expert: usize| json!({ "network": NETWORK, "address": format!("sip:{}", experts.address(expert)) });
    let asked = json!({
        "interaction_id": null, "person": person(size.partner_of(agent)), "question": "Can you help?", "share": [],
    });
    let started = desk.command("consult.start", asked).await?;
    let consult = started["consult_id"].as_str().context("no consult_id")?;
    desk.sees("the expert is there", |view| {
        (view.consults.get(consult)?["state"] == "talking").then_some(())
    })
    .await?;
    let people: Vec<_> = size.watched_by(agent).map(person).collect();
    desk.command("experts.watch", json!({ "people": people })).await?;
    Ok(agent_desk)
}

impl Agent {
    /// Whether the network is up for the agent.
    pub(crate) fn is_up(&self) -> bool {
        self.desk.look(|view| view.networks.get(NETWORK).is_some_and(|network| network["state"] == "up"))
    }
}
