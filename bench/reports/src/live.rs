//! A supervisor watches 200 queues while 2,000 agents change their states 500 times a second.

mod agents;
mod supervisor;

use agents::{Agents, Change};
use anyhow::Context as _;
use hookflash_bench::clock;
use hookflash_bench::database::Database;
use hookflash_bench::drive::Schedule;
use hookflash_bench::figures::Figures;
use hookflash_bench::machine;
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_bench::{staff, wait};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use supervisor::Watch;

const AGENTS: usize = 2_000;
const QUEUES: usize = 200;
/// Queues that each agent serves.
const QUEUES_EACH: usize = 2;
const RATE: u32 = 500;
const WARM_UP_S: u32 = 5;
const SECONDS: u32 = 20;
const RUNS: usize = 3;
/// How long what is still under way may take at the end.
const LAST_WITHIN: Duration = Duration::from_secs(15);

/// Medians of the runs.
pub(crate) struct Measured {
    /// From a change being asked for to the supervisor's browser having it.
    pub(crate) p99_ms: f64,
    /// The server's CPU time over the time measured.
    pub(crate) cores: f64,
}

/// Hires, opens all desks, measures.
pub(crate) async fn measure(programs: &Programs) -> anyhow::Result<Measured> {
    let server = Server::start(programs, "", Database::wanted().await?).await?;
    staff::hire(&server, AGENTS, 0).await?;
    let sessions = staff::sign_in(&server, AGENTS).await?;
    queues(&server, &sessions.iter().map(|session| session.user_id.clone()).collect::<Vec<_>>()).await?;
    println!("live: {AGENTS} agents are signed in, {QUEUES} queues, each agent serves {QUEUES_EACH}");
    let watch = Watch::open(&server.administrator().await?, AGENTS, QUEUES).await?;
    let agents = Arc::new(Agents::open(&sessions).await?);
    let (mut p99s, mut cores) = (Vec::<f64>::new(), Vec::<f64>::new());
    for run in 1..=RUNS {
        drive(&agents, &watch, WARM_UP_S).await?;
        let (began, cpu, frames) = (clock::now(), machine::cpu_s(server.id())?, agents.frame_count());
        let times = drive(&agents, &watch, SECONDS).await?;
        let seconds = began.elapsed().as_secs_f64();
        let used = (machine::cpu_s(server.id())? - cpu) / seconds;
        let told = (agents.frame_count() - frames) as f64 / seconds;
        println!("live, run {run}: {}; {used:.2} cores; {told:.0} frames a second to agents", times.line());
        p99s.push(times.p99());
        cores.push(used);
    }
    let median = |samples: Vec<f64>| samples.into_iter().collect::<Figures>().p50();
    Ok(Measured { p99_ms: median(p99s), cores: median(cores) })
}

async fn queues(server: &Server, agents: &[String]) -> anyhow::Result<()> {
    let root = server.administrator().await?;
    for queue in 0..QUEUES {
        let serves = |n: usize| (0..QUEUES_EACH).any(|more| (n + more * 7) % QUEUES == queue);
        let members: Vec<_> =
            agents.iter().enumerate().filter(|(n, _)| serves(*n)).map(|(_, id)| id).collect();
        let asked = json!({
            "name": format!("Queue {queue}"), "numbers": [format!("2{queue:03}")], "member_ids": members,
            "offer_timeout_ms": 20_000, "wrap_up_mode": "optional", "wrap_up_timeout_ms": null, "active": true,
        });
        root.post("queues", asked).await?;
    }
    Ok(())
}

/// Changes the agents' states in turn and waits until the supervisor has seen each.
async fn drive(agents: &Arc<Agents>, watch: &Watch, seconds: u32) -> anyhow::Result<Figures> {
    let schedule = Schedule::new(RATE, seconds);
    watch.begin();
    let (driven, seen) = (Arc::clone(agents), watch.clone());
    let send = move |n| {
        let Change { agent, state } = driven.change(n);
        seen.expect(agent, state, schedule.due(n));
    };
    schedule.run(send).await;
    let all = async || (watch.seen_count() >= schedule.count).then_some(());
    wait::until(LAST_WITHIN, "the supervisor sees every change", all)
        .await
        .with_context(|| agents.trouble())?;
    Ok(watch.times())
}
