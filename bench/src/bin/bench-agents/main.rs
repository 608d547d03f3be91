//! What an agent who is signed in to a Skype for Business pool costs, and how long it takes from an expert to the
//! agent's desk, against as many bare UCWA clients that do the same; then a restart of the pool under all of them.
//! `docs/performance.md` explains.

mod bare;
mod experts;
mod ours;
mod report;
mod restart;
mod size;

use std::sync::Arc;
use std::time::Duration;

use hookflash_bench::clock;
use hookflash_bench::commits::{self, CommitLoop};
use hookflash_bench::database::Database;
use hookflash_bench::machine;
use hookflash_bench::pool::{People, Pool};
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_bench::staff;
use hookflash_bench::wait::until;

use bare::Clients;
use experts::Experts;
use report::{Report, Run};
use size::Size;

const WARM_UP_S: u32 = 10;
const MEASURED_S: u32 = 20;
/// Runs of each side; which is first alternates.
const RUNS: usize = 3;
/// After this what has not come counts as lost.
const DRAIN: Duration = Duration::from_secs(20);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("machine: {}", machine::described());
    let (programs, size) = (Programs::find()?, Size::wanted()?);
    let people = People::default().with_accounts("agent", size.agents).with_accounts("bare", size.agents);
    let people = people.with_echoes("ours-expert", size.experts()).with_echoes("bare-expert", size.experts());
    let pool = Arc::new(Pool::start(&programs, &people).await?);
    let mut server = Server::start(&programs, &pool.network(), Database::wanted().await?).await?;
    staff::hire(&server, size.agents, 0).await?;
    let sessions = staff::sign_in(&server, size.agents).await?;
    // A fresh process: hashing passwords leaves free memory behind that agents would fill unseen.
    server.kill();
    server.spawn()?;
    server.ready().await?;
    let mut report = Report::default();
    let before_kb = machine::settled_kb(server.id()).await?;
    let experts = Experts::new(&pool.control, size, "ours-expert", ("ours-message", "ours-presence"));
    let agents = ours::prepare(&sessions, &experts, size).await?;
    let with_kb = machine::settled_kb(server.id()).await?;
    report.kb_per_agent = (with_kb as f64 - before_kb as f64) / size.agents as f64;
    println!(
        "{before_kb} kB before, {with_kb} kB with {} agents: {:.1} kB each",
        size.agents, report.kb_per_agent
    );

    let bare_experts = Experts::new(&pool.control, size, "bare-expert", ("bare-message", "bare-presence"));
    let clients = Clients::prepare(Arc::clone(&pool), bare_experts.clone(), size).await?;
    println!(
        "{} agents on each side, {} presence changes a second, each seen by {}, {} messages a second",
        size.agents,
        size.changes_per_second(),
        size.watchers(),
        size.messages_per_second()
    );
    for run in 0..RUNS {
        report.commits_idle.push(commits::idle(server.folder()).await?);
        for is_ours in if run % 2 == 0 { [true, false] } else { [false, true] } {
            if is_ours {
                let beside = CommitLoop::start(server.folder(), Duration::from_millis(50))?;
                let id = server.id();
                report.ours.push(measure(&pool, "ours", &experts, size, || machine::cpu_s(id)).await?);
                report.commits_beside.push(beside.finish()?);
            } else {
                report.bare.push(measure(&pool, "bare", &bare_experts, size, Clients::cpu_s).await?);
            }
        }
    }
    drop(clients);

    let healing = restart::heal(&pool.control, &agents, &experts, size).await?;
    healing.print();
    report.print(size, &healing);
    Ok(())
}

/// Drives one run of a side; CPU time counts from the first to the last that is due after the warm-up.
async fn measure(
    pool: &Pool,
    side: &str,
    experts: &Experts,
    size: Size,
    cpu: impl Fn() -> anyhow::Result<f64>,
) -> anyhow::Result<Run> {
    let (messages, presence) = (experts.messages.count(), experts.presence.count());
    let from = clock::now() + Duration::from_secs(u64::from(WARM_UP_S));
    let costs = async {
        tokio::time::sleep(Duration::from_secs(u64::from(WARM_UP_S))).await;
        let before = (cpu()?, machine::cpu_s(pool.id())?);
        tokio::time::sleep(Duration::from_secs(u64::from(MEASURED_S))).await;
        anyhow::Ok((cpu()? - before.0, machine::cpu_s(pool.id())? - before.1))
    };
    let seconds = WARM_UP_S + MEASURED_S;
    let (costs, (), ()) = tokio::join!(costs, experts.change(seconds), experts.talk(seconds));
    // What does not come in this time is counted as lost.
    let _ = until(DRAIN, "everything to arrive", async || {
        (experts.messages.missing(messages) + experts.presence.missing(presence) == 0).then_some(())
    })
    .await;
    let (cpu_s, pool_cpu_s) = costs?;
    let run = Run {
        messages: experts.messages.outcome(messages, from),
        presence: experts.presence.outcome(presence, from),
        longest: experts.messages.longest_by_second(messages),
        cpu_s,
        pool_cpu_s,
        seconds: MEASURED_S,
    };
    run.print(side, size);
    Ok(run)
}
