//! The pool forgets everything: when does every agent see their people's presence again, and how many requests
//! a second does the pool get on the way?

use std::time::{Duration, Instant};

use anyhow::Context as _;
use hookflash_bench::clock;
use hookflash_bench::pool::{Control, REQUESTS_PER_SECOND};
use hookflash_bench::wait::until;
use serde_json::json;

use crate::experts::Experts;
use crate::ours::Agent;
use crate::size::Size;

/// Presence goes on changing for so long: longer than every expert's turn takes.
const FOR_S: u32 = 75;
/// After this what is still missing counts as lost.
const DRAIN: Duration = Duration::from_secs(30);

/// What happened.
#[derive(Debug)]
pub(crate) struct Healing {
    /// Until the last agent saw something that happened after the restart.
    pub(crate) healed_s: f64,
    /// Until the network was up for the last agent.
    pub(crate) up_s: f64,
    /// Watchers who do not know an expert's last presence in the end.
    pub(crate) lost: usize,
    /// Requests at the pool, second by second, without those that wait for events.
    pub(crate) requests: Vec<u64>,
    /// The most in one second, as the pool counts it.
    pub(crate) peak: u64,
}

/// Restarts the pool while presence goes on changing.
pub(crate) async fn heal(
    control: &Control,
    agents: &[Agent],
    experts: &Experts,
    size: Size,
) -> anyhow::Result<Healing> {
    let first = experts.presence.count();
    control.forget_load().await?;
    let began = clock::now();
    control.post("/restart", &json!({})).await?;
    let (up_s, requests, ()) =
        tokio::join!(all_up(agents, began), requests(control, began), experts.change(FOR_S));
    // Each expert's last presence: those before it were overtaken.
    let last = experts.presence.count().saturating_sub(size.experts());
    let _ = until(DRAIN, "everybody's last presence", async || {
        (experts.presence.missing(last) == 0).then_some(())
    })
    .await;
    let fresh = experts.presence.first_seen(first);
    let healed = fresh.values().max().filter(|_| fresh.len() == agents.len());
    let stats = control.stats().await?;
    Ok(Healing {
        healed_s: healed.map_or(f64::INFINITY, |at| (*at - began).as_secs_f64()),
        up_s: up_s?,
        lost: experts.presence.missing(last),
        requests: requests?,
        peak: stats["load"]["peak_per_second"].as_u64().context("the pool counts requests")?,
    })
}

/// Waits until the network has gone and come again for all.
async fn all_up(agents: &[Agent], began: Instant) -> anyhow::Result<f64> {
    let limit = Duration::from_secs(u64::from(FOR_S));
    until(limit, "the restart to be noticed", async || agents.iter().any(|one| !one.is_up()).then_some(()))
        .await?;
    let mut up_at = clock::now();
    // Agents notice at different moments: up is what stays so for a while.
    until(limit, "every agent's network is up", async || {
        if agents.iter().any(|one| !one.is_up()) {
            up_at = clock::now();
        }
        (up_at.elapsed() > Duration::from_secs(5)).then_some(())
    })
    .await?;
    Ok((up_at - began).as_secs_f64())
}

/// Reads the pool's counter every second.
async fn requests(control: &Control, began: Instant) -> anyhow::Result<Vec<u64>> {
    let (mut all, mut before) = (Vec::new(), 0);
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    ticks.tick().await;
    while began.elapsed() < Duration::from_secs(u64::from(FOR_S)) {
        ticks.tick().await;
        let count =
            control.stats().await?["load"]["requests"].as_u64().context("the pool counts requests")?;
        all.push(count.saturating_sub(before));
        before = count;
    }
    Ok(all)
}

impl Healing {
    pub(crate) fn print(&self) {
        println!(
            "restart: the network is up for all after {:.1} s, all see presence again after {:.1} s; {} lost",
            self.up_s, self.healed_s, self.lost
        );
        println!(
            "         at most {} requests in a second, {REQUESTS_PER_SECOND} are allowed; second by second {:?}",
            self.peak, self.requests
        );
    }
}
