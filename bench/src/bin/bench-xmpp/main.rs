//! How long a message takes from an agent's desk to an expert on a real ejabberd, which keeps an archive, and the
//! answer back, against a bare component that sends the same on the same server, and against that component with
//! nothing but the two commits that the promise asks for. Open loop: a fixed rate, latency from the moment that was
//! due. `docs/performance.md` explains.

mod bare;

use std::time::Duration;

use hookflash_bench::commits::{self, CommitLoop};
use hookflash_bench::database::Database;
use hookflash_bench::group_log::GroupLog;
use hookflash_bench::machine;
use hookflash_bench::probe::{Load, Probe};
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_bench::sides::{Side, Sides};
use hookflash_bench::staff;
use hookflash_bench::talk::Talk;
use hookflash_bench::xmpp::{Experts, XmppServer};

/// Consults, each with an expert of its own.
const CONSULTS: usize = 100;
/// Agents; each has as many consults as any other.
const AGENTS: usize = 50;
const LOAD: Load = Load { rate: 100, warm_up_s: 5, measured_s: 20, runs: 3 };

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("machine: {}", machine::described());
    let programs = Programs::find()?;
    let mut xmpp = XmppServer::start(&programs)?;
    let names =
        ["ours", "bare", "floor"].map(|side| (1..=CONSULTS).map(move |n| format!("{side}-expert{n}")));
    let names = names.map(Iterator::collect::<Vec<_>>);
    let _experts = Experts::sign_in(&mut xmpp, &names.concat()).await?;
    let [ours, bare, floor] =
        names.map(|names| names.iter().map(|name| xmpp.address(name)).collect::<Vec<_>>());

    let server = Server::start(&programs, &xmpp.network(), Database::wanted().await?).await?;
    staff::hire(&server, AGENTS, 0).await?;
    let sessions = staff::sign_in(&server, AGENTS).await?;
    let ours = Talk::begin(sessions, "xmpp", &ours, Probe::new("ours", LOAD)).await?;
    let log = GroupLog::start(server.folder())?;
    let [bare, floor] = bare::connect(&xmpp, [bare, floor], log).await?;
    println!("{CONSULTS} consults of {AGENTS} agents on each side, {} messages a second", LOAD.rate);

    let mut sides = Sides::default();
    for run in 0..LOAD.runs {
        sides.commits_idle.push(commits::idle(server.folder()).await?);
        for side in Side::order(run) {
            let (_, trips) = match side {
                Side::Ours => {
                    let beside = CommitLoop::start(server.folder(), Duration::from_millis(50))?;
                    let run = ours.probe.run(|n| ours.sender(n)).await;
                    sides.commits_beside.push(beside.finish()?);
                    run
                }
                Side::Bare => bare.probe.run(|n| bare.sender(n)).await,
                Side::Floor => floor.probe.run(|n| floor.sender(n)).await,
            };
            sides.add(side, trips);
        }
    }
    let medians = sides.print();
    let [ours, bare] = medians.rates;
    println!("RESULT xmpp {} rate_ratio={:.3} lost={}", medians.times(), ours / bare, medians.lost);
    Ok(())
}
