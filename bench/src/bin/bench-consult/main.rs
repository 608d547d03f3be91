//! How long a message takes from an agent's desk to an expert at the pool and the answer back, against a bare UCWA
//! client that sends the same straight to the pool, against one durable commit on the same disk, and against the same
//! client with nothing but the two commits that the promise asks for. Open loop: a fixed rate, latency from the moment
//! that was due. `docs/performance.md` explains.

mod bare;
mod ours;
mod report;

use std::time::Duration;

use hookflash_bench::commits::{self, CommitLoop};
use hookflash_bench::database::Database;
use hookflash_bench::group_log::GroupLog;
use hookflash_bench::machine;
use hookflash_bench::pool::{People, Pool};
use hookflash_bench::probe::{Load, Probe, Trips};
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_bench::sides::{Side, Sides};
use hookflash_bench::staff;

/// Consults, each with an expert of its own.
const CONSULTS: usize = 200;
/// Agents; each has as many consults as any other.
const AGENTS: usize = 100;
const LOAD: Load = Load { rate: 500, warm_up_s: 5, measured_s: 20, runs: 3 };
/// Requests a second that the server may make of the pool: so many that they hold nothing up.
const REQUESTS_PER_SECOND: u32 = 10_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("machine: {}", machine::described());
    let programs = Programs::find()?;
    let people = ["agent", "bare", "floor"]
        .into_iter()
        .fold(People::default(), |people, name| people.with_accounts(name, AGENTS));
    let mut pool = Pool::start(&programs, &people.with_echoes("echo", 3 * CONSULTS)).await?;
    pool.requests_per_second = REQUESTS_PER_SECOND;
    let server = Server::start(&programs, &pool.network(), Database::wanted().await?).await?;
    staff::hire(&server, AGENTS, 0).await?;
    let ours = ours::prepare(&server).await?;
    let bare = bare::Bare::prepare(&pool, "bare", CONSULTS, None).await?;
    let log = GroupLog::start(server.folder())?;
    let floor = bare::Bare::prepare(&pool, "floor", 2 * CONSULTS, Some(log)).await?;
    println!("{CONSULTS} consults of {AGENTS} agents on each side, {} messages a second", LOAD.rate);

    let mut sides = Sides::default();
    for run in 0..LOAD.runs {
        sides.commits_idle.push(commits::idle(server.folder()).await?);
        for side in Side::order(run) {
            let trips = match side {
                Side::Ours => {
                    let beside = CommitLoop::start(server.folder(), Duration::from_millis(50))?;
                    let trips = measure(&pool, &server, &ours.probe, |n| ours.sender(n)).await?;
                    sides.commits_beside.push(beside.finish()?);
                    trips
                }
                Side::Bare => measure(&pool, &server, &bare.probe, |n| bare.sender(n)).await?,
                Side::Floor => measure(&pool, &server, &floor.probe, |n| floor.sender(n)).await?,
            };
            sides.add(side, trips);
        }
    }
    let medians = sides.print();
    println!("RESULT consult {} rate={:.0} lost={}", medians.times(), medians.rates[0], medians.lost);
    Ok(())
}

/// Drives one run; `sender` makes the closure that sends the messages from a number on.
async fn measure<S: FnMut(usize) + Send + 'static>(
    pool: &Pool,
    server: &Server,
    probe: &Probe,
    sender: impl FnOnce(usize) -> S,
) -> anyhow::Result<Trips> {
    let before = report::cpu_s(server, pool)?;
    let (first, trips) = probe.run(sender).await;
    report::print(pool, probe, first, before, report::cpu_s(server, pool)?).await?;
    Ok(trips)
}
