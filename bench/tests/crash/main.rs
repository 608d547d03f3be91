//! The server is killed with SIGKILL at random moments while 200 consults are going on, with messages,
//! notes, dispositions, outcomes and agent states. After each restart nothing that it acknowledged may be
//! missing, nothing may be there twice, and each consult keeps its order. No browser takes part.
//!
//! `HOOKFLASH_SEED` repeats a run's plan; `HOOKFLASH_E2E_DATABASE=postgres` runs it on PostgreSQL.

mod consult;
mod killer;
mod ledger;
mod phone;
mod verdict;

use std::sync::Arc;
use std::time::Duration;

use hookflash_bench::database::Database;
use hookflash_bench::desk::{Desk, Session};
use hookflash_bench::pool::{People, Pool};
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_bench::staff;
use ledger::Ledger;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// Agents who only chat; one more, the first, answers calls.
const AGENTS: usize = 20;
const CONSULTS: usize = 200;
const KILLS: usize = 20;
/// Scripts begin within this time, so that kills meet all stages.
const BEGIN_WITHIN: Duration = Duration::from_secs(45);

/// An agent at work.
struct Worker {
    desk: Desk,
    ledger: Arc<Ledger>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled() {
    let seed = std::env::var("HOOKFLASH_SEED").ok().and_then(|text| text.parse().ok());
    let seed: u64 = seed.unwrap_or_else(rand::random);
    println!("HOOKFLASH_SEED={seed}");
    if let Err(error) = run(seed).await {
        panic!("{error:#}\nHOOKFLASH_SEED={seed}");
    }
}

async fn run(seed: u64) -> anyhow::Result<()> {
    let programs = Programs::find()?;
    let people = People::default().with_accounts("agent", AGENTS + 1).with_echoes("echo", CONSULTS + 200);
    let pool = Pool::start(&programs, &people).await?;
    let database = Database::wanted().await?;
    println!("on {}", database.name());
    let server = Server::start(&programs, &pool.network(), database).await?;
    let disposition = staff::hire(&server, AGENTS + 1, 1).await?;
    let sessions = staff::sign_in(&server, AGENTS + 1).await?;
    for (n, session) in sessions.iter().enumerate() {
        staff::connect(session, "agent", n + 1).await?;
    }
    let mut workers = sessions.into_iter().map(open);
    let phone = workers.next().ok_or_else(|| anyhow::anyhow!("nobody answers calls"))?;
    let workers: Vec<_> = workers.collect();

    let mut random = StdRng::seed_from_u64(seed);
    let sip = server.sip.clone();
    let began = hookflash_bench::clock::now();
    let scripts = futures_util::future::join_all((0..CONSULTS).map(|n| {
        let mut random = StdRng::from_rng(&mut random);
        let begin = BEGIN_WITHIN.mul_f64(random.random());
        let worker = workers.get(n % AGENTS).unwrap_or(&phone);
        consult::script(worker, n, begin, random)
    }));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let calls = phone::answer_calls(&phone, &programs, &sip, &disposition, stopped);
    let kills = killer::kill_at_random(server, KILLS, StdRng::seed_from_u64(seed ^ 1));
    let chats = async {
        let (_, server) = tokio::join!(scripts, kills);
        stop.send_replace(true);
        server
    };
    let (server, calls) = tokio::join!(chats, calls);
    let server = server?;
    println!("scripts and kills took {:.0} s", began.elapsed().as_secs_f64());
    verdict::judge(&server, &pool, &workers, &phone, calls).await
}

fn open(session: Session) -> Worker {
    let ledger = Arc::new(Ledger::default());
    Worker { desk: Desk::open(session, Arc::clone(&ledger) as _), ledger }
}
