//! Agents hunt for the same few experts while the pool has one trouble after the other and the server is killed. In
//! the end nobody may be lost, left ringing, or have been asked beyond their limit. `docs/performance.md` explains.

mod agent;
mod books;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use hookflash_bench::clock;
use hookflash_bench::database::Database;
use hookflash_bench::desk::{Desk, Session};
use hookflash_bench::faults;
use hookflash_bench::machine;
use hookflash_bench::pool::{Control, People, Pool, address};
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_bench::staff;
use hookflash_bench::wait::until;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use tokio::sync::Notify;

use agent::Agent;
use books::Book;

/// Addresses of experts begin with this.
const EXPERTS: &str = "expert";
/// Experts; fewer than agents would need, so that limits are met.
const EXPERT_COUNT: usize = 8;
/// Consults that an expert may have at once.
const LIMIT: usize = 2;
/// The last part of the run is without trouble.
const CALM: Duration = Duration::from_secs(20);
/// From one kill of the server to the next.
const KILL_EVERY_S: std::ops::RangeInclusive<u64> = 45..=90;
/// From one change of an expert's ways to the next.
const MOOD_EVERY: Duration = Duration::from_secs(2);
/// Longest wait for what is on its way when the work is over.
const DRAIN: Duration = Duration::from_secs(120);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("machine: {}", machine::described());
    let minutes = number("HOOKFLASH_BENCH_MINUTES", 10)?;
    let agents = usize::try_from(number("HOOKFLASH_BENCH_AGENTS", 20)?)?;
    let seed = number("HOOKFLASH_BENCH_SEED", u64::from(clock::new_id().as_fields().0))?;
    println!("{agents} agents for {minutes} minutes; HOOKFLASH_BENCH_SEED={seed}");
    let programs = Programs::find()?;
    let people = People::default().with_accounts("agent", agents).with_people(EXPERTS, EXPERT_COUNT);
    let pool = Pool::start(&programs, &people).await?;
    let network = format!("{}consults_per_expert = {LIMIT}\n", pool.network());
    let server = Server::start(&programs, &network, Database::wanted().await?).await?;
    staff::hire(&server, agents, 0).await?;
    let sessions = staff::sign_in(&server, agents).await?;
    let staff = open(&sessions).await?;

    let end = clock::now() + Duration::from_secs(60 * minutes);
    let mut random = StdRng::seed_from_u64(seed);
    let at_work: Vec<_> = staff
        .iter()
        .map(|agent| {
            let (agent, random) = (Arc::clone(agent), StdRng::from_rng(&mut random));
            tokio::spawn(async move { agent.work(end - CALM, random).await })
        })
        .collect();
    let each_came = Notify::new();
    let trouble = faults::trouble(&pool.control, seed, end - CALM, &each_came);
    let kills = kill(server, end - CALM, StdRng::from_rng(&mut random));
    let moods = moods(&pool.control, end, StdRng::from_rng(&mut random));
    let (faults, killed, ()) = tokio::join!(trouble, kills, moods);
    for one in at_work {
        one.await.context("an agent's work ended")?;
    }
    // The server must outlive the settling of the books.
    let (server, kills) = killed?;
    let left_ringing = settle(&staff, &pool.control).await?;
    drop(server);
    let verdict = books::close(staff.iter().map(|agent| &*agent.book), LIMIT);
    verdict.print();
    println!(
        "RESULT hunts minutes={minutes} agents={agents} experts={EXPERT_COUNT} faults={} kills={kills} hunts={} \
         asked={} skipped={} lost={} over_limit={} left_ringing={left_ringing} stuck={}",
        faults?,
        verdict.hunts,
        verdict.asked,
        verdict.skipped,
        verdict.lost.len(),
        verdict.over_limit.len(),
        verdict.stuck,
    );
    Ok(())
}

fn number(variable: &str, otherwise: u64) -> anyhow::Result<u64> {
    match std::env::var(variable) {
        Ok(text) => text.parse().with_context(|| format!("{variable} is a number")),
        Err(_) => Ok(otherwise),
    }
}

async fn open(sessions: &[Session]) -> anyhow::Result<Vec<Arc<Agent>>> {
    let mut staff = Vec::new();
    for (n, session) in sessions.iter().enumerate() {
        staff::connect(session, "agent", n + 1).await?;
        let book = Arc::new(Book::default());
        let watcher = Arc::clone(&book);
        staff.push(Arc::new(Agent { desk: Desk::open(session.clone(), watcher), book }));
    }
    for agent in &staff {
        agent.is_up().await?;
    }
    Ok(staff)
}

/// Kills the server now and then; it runs at the end.
async fn kill(mut server: Server, end: Instant, mut random: StdRng) -> anyhow::Result<(Server, usize)> {
    let mut count = 0;
    loop {
        tokio::time::sleep(Duration::from_secs(random.random_range(KILL_EVERY_S))).await;
        if clock::now() >= end {
            return Ok((server, count));
        }
        server.kill();
        server.spawn()?;
        server.ready().await?;
        count += 1;
    }
}

/// Experts change their ways: who says no, who says nothing, who comes, who is away.
async fn moods(control: &Control, end: Instant, mut random: StdRng) {
    let ways: [Value; 5] = [
        json!({ "kind": "answers", "after_ms": 700 }),
        json!({ "kind": "answers", "after_ms": 2_500 }),
        json!({ "kind": "declines", "after_ms": 500, "reason": "in a meeting" }),
        json!({ "kind": "silent" }),
        json!({ "kind": "late", "after_ms": 6_500 }),
    ];
    let presences = ["Online", "Online", "Online", "Busy", "DoNotDisturb", "Offline"];
    while clock::now() < end {
        let expert = address(EXPERTS, random.random_range(1..=EXPERT_COUNT));
        // The pool may be having a trouble.
        let _ = control.behaves(&expert, &ways[random.random_range(0..ways.len())]).await;
        let _ = control.present(&expert, presences[random.random_range(0..presences.len())], "").await;
        tokio::time::sleep(MOOD_EVERY).await;
    }
}

/// Everybody ends what is open; gives how many invitations the pool still shows as ringing long after that.
async fn settle(staff: &[Arc<Agent>], control: &Control) -> anyhow::Result<usize> {
    for agent in staff {
        agent.finish().await;
    }
    let _ = until(DRAIN, "every consult to have ended", async || {
        staff.iter().all(|agent| agent.book.open() == 0).then_some(())
    })
    .await;
    let ringing = async || {
        let chats = control.chats().await.unwrap_or_default();
        chats.iter().filter(|chat| chat["state"] == "inviting").count()
    };
    let _ = until(DRAIN, "nobody to ring", async || (ringing().await == 0).then_some(())).await;
    Ok(ringing().await)
}
