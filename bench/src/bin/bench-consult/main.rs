//! How long a message takes from an agent's desk to an expert at the pool and the answer back, against a
//! bare UCWA client that sends the same straight to the pool, and against one durable commit on the same
//! disk; and against the same client with nothing but the two commits that the promise asks for. Open loop: a fixed rate, latency from the moment that was due. `docs/performance.md` explains.

mod bare;
mod ours;
mod probe;
mod report;

use std::time::Duration;

use hookflash_bench::commits::CommitLoop;
use hookflash_bench::database::Database;
use hookflash_bench::drive::Schedule;
use hookflash_bench::figures::Figures;
use hookflash_bench::group_log::GroupLog;
use hookflash_bench::machine;
use hookflash_bench::pool::{People, Pool};
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_bench::staff;
use probe::Probe;
use report::{Report, Run};

/// Consults, each with an expert of its own.
const CONSULTS: usize = 200;
/// Agents; each has as many consults as any other.
const AGENTS: usize = 100;
/// Messages a second, all together.
const RATE: u32 = 500;
const WARM_UP_S: u32 = 5;
const MEASURED_S: u32 = 20;
/// Requests a second that the server may make of the pool: so many that they hold nothing up.
const REQUESTS_PER_SECOND: u32 = 10_000;
/// Runs of each side; which is first alternates.
const RUNS: usize = 3;
/// After this a message without an answer counts as lost.
const DRAIN: Duration = Duration::from_secs(15);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("machine: {}", machine::described());
    let programs = Programs::find()?;
    let people = ["agent", "bare", "floor"]
        .into_iter()
        .fold(People::default(), |people, name| people.with_accounts(name, AGENTS));
    let mut pool = Pool::start(&programs, &people.with_echoes("echo", 3 * CONSULTS)).await?;
    pool.requests_per_second = REQUESTS_PER_SECOND;
    let server = Server::start(&programs, Some(&pool), Database::wanted().await?).await?;
    staff::hire(&server, AGENTS, 0).await?;
    let ours = ours::Side::prepare(&server).await?;
    let bare = bare::Side::prepare(&pool, "bare", CONSULTS, None).await?;
    let log = GroupLog::start(server.folder())?;
    let floor = bare::Side::prepare(&pool, "floor", 2 * CONSULTS, Some(log)).await?;
    println!("{CONSULTS} consults of {AGENTS} agents on each side, {RATE} messages a second");

    let mut report = Report::default();
    for run in 0..RUNS {
        report.commits_idle.push(idle_commits(&server).await?);
        for side in order(run) {
            match side {
                Which::Ours => {
                    let beside = CommitLoop::start(server.folder(), Duration::from_millis(50))?;
                    let measured = measure(&pool, &server, &ours.probe, |n| ours.sender(n)).await?;
                    report.commits_beside.push(beside.finish()?);
                    report.add_ours(run, measured);
                }
                Which::Bare => {
                    report.add_bare(run, measure(&pool, &server, &bare.probe, |n| bare.sender(n)).await?);
                }
                Which::Floor => {
                    report.add_floor(run, measure(&pool, &server, &floor.probe, |n| floor.sender(n)).await?);
                }
            }
        }
    }
    report.print();
    Ok(())
}

/// A side that is measured.
#[derive(Clone, Copy)]
enum Which {
    Ours,
    Bare,
    Floor,
}

/// Each run begins with another side.
fn order(run: usize) -> [Which; 3] {
    let mut order = [Which::Ours, Which::Bare, Which::Floor];
    order.rotate_left(run % 3);
    order
}

/// One durable commit on the database's disk while nothing else writes.
async fn idle_commits(server: &Server) -> anyhow::Result<Figures> {
    let commits = CommitLoop::start(server.folder(), Duration::from_millis(2))?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    commits.finish()
}

/// Drives one run; `sender` makes the closure that sends the messages from a number on.
async fn measure<S: FnMut(usize) + Send + 'static>(
    pool: &Pool,
    server: &Server,
    probe: &Probe,
    sender: impl FnOnce(usize) -> S,
) -> anyhow::Result<Run> {
    let schedule = Schedule::new(RATE, WARM_UP_S + MEASURED_S);
    let first = probe.begin(schedule);
    let cpu =
        || -> anyhow::Result<(f64, f64)> { Ok((machine::cpu_s(server.id())?, machine::cpu_s(pool.id())?)) };
    let before = cpu()?;
    schedule.run(sender(first)).await;
    // What does not come in this time is counted as lost.
    let _ = hookflash_bench::wait::until(DRAIN, "every answer", async || {
        (probe.unanswered(first) == 0).then_some(())
    })
    .await;
    let after = cpu()?;
    let mut measured = probe.figures(first, (RATE * WARM_UP_S) as usize);
    measured.one_way = probe.one_way(pool, first, 1..=3 * CONSULTS).await?;
    measured.server_cpu_s = after.0 - before.0;
    measured.pool_cpu_s = after.1 - before.1;
    Ok(measured)
}
