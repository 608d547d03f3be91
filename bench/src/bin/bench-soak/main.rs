//! Hours of work in short: agents ask, talk and end while the pool has one trouble after the other. In the end the
//! books of both sides must agree, and the server must hold no more than before. `docs/performance.md` explains.

mod agent;
mod census;
mod ledger;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use hookflash_bench::clock;
use hookflash_bench::database::Database;
use hookflash_bench::desk::{Desk, Session, Unwatched};
use hookflash_bench::faults;
use hookflash_bench::machine;
use hookflash_bench::pool::{Control, People, Pool, address};
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_bench::staff;
use hookflash_bench::wait::until;
use tokio::sync::Notify;

use agent::Agent;
use census::{Census, growth_percent, memory};
use ledger::Ledger;

/// Accounts of experts begin with this; each agent asks the one of their own number.
const EXPERTS: &str = "expert";
/// The last part of the run is without trouble.
const CALM: Duration = Duration::from_secs(20);
/// Between two presence changes.
const PRESENCE_EVERY: Duration = Duration::from_millis(50);
/// Longest wait for what is on its way when the work is over.
const DRAIN: Duration = Duration::from_secs(90);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("machine: {}", machine::described());
    let minutes = number("HOOKFLASH_BENCH_MINUTES", 30)?;
    let agents = usize::try_from(number("HOOKFLASH_BENCH_AGENTS", 100)?)?;
    let seed = number("HOOKFLASH_BENCH_SEED", u64::from(clock::new_id().as_fields().0))?;
    println!("{agents} agents for {minutes} minutes; HOOKFLASH_BENCH_SEED={seed}");
    let programs = Programs::find()?;
    let people = People::default().with_accounts("agent", agents).with_echoes(EXPERTS, agents);
    let pool = Pool::start(&programs, &people).await?;
    let mut server = Server::start(&programs, &pool.network(), Database::wanted().await?).await?;
    staff::hire(&server, agents, 0).await?;
    let sessions = staff::sign_in(&server, agents).await?;
    server.kill();
    server.spawn()?;
    server.ready().await?;

    // What everybody leaves behind who came and went once is the server's own.
    work(&server, &pool, &sessions, "first", Duration::from_secs(5), None).await?;
    let before = Census::at_rest(&server).await?;
    let length = Duration::from_secs(60 * minutes);
    let day = work(&server, &pool, &sessions, "soak", length, Some(seed)).await?;
    let after = Census::at_rest(&server).await?;

    day.verdict.print();
    let some: Vec<_> = day.memory.iter().step_by((day.memory.len() / 12).max(1)).collect();
    println!("resident kB in equal steps: {some:?}");
    println!("at rest: {before:?} before, {after:?} after");
    println!(
        "RESULT soak minutes={minutes} agents={agents} faults={} messages={} lost={} doubled={} stuck={} \
         memory_growth_percent={:.1} tasks_left={} descriptors_left={}",
        day.faults,
        day.verdict.taken + day.verdict.answered,
        day.verdict.lost.len(),
        day.verdict.doubled.len(),
        day.verdict.stuck,
        growth_percent(&day.memory),
        after.tasks - before.tasks,
        after.descriptor_count() - before.descriptor_count(),
    );
    Ok(())
}

fn number(variable: &str, otherwise: u64) -> anyhow::Result<u64> {
    match std::env::var(variable) {
        Ok(text) => text.parse().with_context(|| format!("{variable} is a number")),
        Err(_) => Ok(otherwise),
    }
}

struct Day {
    verdict: ledger::Verdict,
    memory: Vec<u64>,
    faults: usize,
}

/// Everybody comes, works for so long, and goes; with a seed the pool has trouble meanwhile.
async fn work(
    server: &Server,
    pool: &Pool,
    sessions: &[Session],
    name: &'static str,
    length: Duration,
    seed: Option<u64>,
) -> anyhow::Result<Day> {
    let ledger = Arc::new(Ledger::new(name));
    let mut staff = Vec::new();
    for (n, session) in sessions.iter().enumerate() {
        staff::connect(session, "agent", n + 1).await?;
        let watcher = Arc::clone(&ledger);
        staff.push(Arc::new(Agent::new(Desk::open(session.clone(), watcher), n + 1, Arc::clone(&ledger))));
    }
    let began = clock::now();
    let end = began + length;
    let at_work: Vec<_> = staff
        .iter()
        .map(|agent| {
            let (agent, agents) = (Arc::clone(agent), sessions.len());
            tokio::spawn(async move { agent.work(end, agents).await })
        })
        .collect();
    let each_came = Notify::new();
    let faults = async {
        match seed {
            Some(seed) => faults::trouble(&pool.control, seed, end - CALM.min(length / 2), &each_came).await,
            None => Ok(0),
        }
    };
    let watched = async {
        // Before memory is looked at, everything has been used: a pool's restart takes more than usual.
        if seed.is_some() {
            each_came.notified().await;
        }
        memory(server.id(), end).await
    };
    let (faults, memory, ()) = tokio::join!(faults, watched, presence(&pool.control, sessions.len(), end));
    for one in at_work {
        one.await.context("an agent's work ended")?;
    }
    let _ = until(DRAIN, "every text to be sent", async || (ledger.sending() == 0).then_some(())).await;
    println!("{} texts written in {:.0} s", ledger.count(), began.elapsed().as_secs_f64());
    let verdict = settle(&ledger, &pool.control, sessions.len()).await?;
    for (agent, session) in staff.iter().zip(sessions) {
        agent.finish().await;
        leave(session).await?;
    }
    Ok(Day { verdict, memory: memory?, faults: faults? })
}

/// The books, once what was on the wire has arrived.
async fn settle(ledger: &Ledger, control: &Control, agents: usize) -> anyhow::Result<ledger::Verdict> {
    let began = clock::now();
    loop {
        let verdict = ledger.close(control, agents).await?;
        if verdict.lost.is_empty() || began.elapsed() > DRAIN {
            return Ok(verdict);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Disconnects the account and waits until the server has forgotten it.
async fn leave(session: &Session) -> anyhow::Result<()> {
    session.delete("me/networks/skype").await?;
    let desk = Desk::open(session.clone(), Arc::new(Unwatched));
    desk.sees("the network to be gone", |view| {
        (view.networks.get("skype")?["state"] == "not_connected").then_some(())
    })
    .await
}

/// Somebody's presence changes, again and again.
async fn presence(control: &Control, agents: usize, end: Instant) {
    let words = ["Busy", "Online", "Away"];
    for n in 0.. {
        if clock::now() >= end {
            return;
        }
        let expert = address(EXPERTS, n % agents + 1);
        // The pool's own address does not have troubles.
        let _ = control.present(&expert, words[n / agents % words.len()], "").await;
        tokio::time::sleep(PRESENCE_EVERY).await;
    }
}
