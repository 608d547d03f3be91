//! Many agents of one process at a pool that restarts.

use crate::stage::PoolStage;
use hookflash_connectors::{
    Batch, Connector, Session, SessionEvent,
    conformance::{Answer, Failure, Stage},
    skype::{SkypeConnector, SkypeLimits},
};
use hookflash_domain::{PersonId, Presence};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::sync::{mpsc, watch};

const AGENTS: usize = 200;
/// What the site may be asked a second.
const RATE: u32 = 400;
const LIMIT: Duration = Duration::from_secs(60);

/// An agent who watches somebody: keeps the presence last seen.
struct Watcher {
    session: Arc<dyn Session>,
    shown: watch::Receiver<Presence>,
}

impl Watcher {
    async fn sign_in(
        connector: &SkypeConnector,
        stage: &PoolStage,
        expert: &PersonId,
    ) -> Result<Self, Failure> {
        let (session, batches) = connector.sign_in(stage.agent().await?, None);
        session.watch(std::slice::from_ref(expert)).await?;
        let (tell, shown) = watch::channel(Presence::Unknown);
        tokio::spawn(follow(batches, tell));
        Ok(Self { session, shown })
    }

    async fn sees(&mut self, wanted: Presence) -> Result<(), Failure> {
        let seen = tokio::time::timeout(LIMIT, self.shown.wait_for(|shown| *shown == wanted)).await;
        matches!(seen, Ok(Ok(_)))
            .then_some(())
            .ok_or_else(|| Failure(format!("somebody never saw {wanted:?}")))
    }
}

async fn follow(mut batches: mpsc::Receiver<Batch>, tell: watch::Sender<Presence>) {
    while let Some(batch) = batches.recv().await {
        for event in batch.events {
            if let SessionEvent::Presence { report, .. } = event {
                tell.send_replace(report.presence);
            }
        }
        batch.done.confirm();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_agents_come_back_without_a_burst() -> Result<(), Failure> {
    let stage = PoolStage::start(&[]).await;
    let mut config = stage.config();
    config.limits = SkypeLimits { requests_per_second: RATE, sign_ins_at_once: 16 };
    let connector = SkypeConnector::new(config).map_err(|error| Failure(error.to_string()))?;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agents = Vec::new();
    for _ in 0..AGENTS {
        agents.push(Watcher::sign_in(&connector, &stage, &expert).await?);
    }
    for agent in &mut agents {
        agent.sees(Presence::Available).await?;
    }
    stage.pool.forget_load().await?;
    stage.pool.post("/restart", &json!({})).await?;
    stage.set_presence(&expert, Presence::DoNotDisturb).await?;
    for agent in &mut agents {
        agent.sees(Presence::DoNotDisturb).await?;
    }
    let stats = stage.pool.get("/stats").await?;
    let counted = |name: &str| stats.pointer(name).and_then(Value::as_u64).unwrap_or_default();
    let (requests, peak) = (counted("/load/requests"), counted("/load/peak_per_second"));
    // A tenth is the burst that is allowed; what a busy machine held up may arrive together.
    assert!(peak <= u64::from(RATE) * 3 / 2, "{peak} of {requests} requests in one second");
    assert!(requests >= 4 * AGENTS as u64, "{requests} requests: not all came back");
    futures_util::future::join_all(agents.iter().map(|agent| agent.session.sign_out())).await;
    Ok(())
}
