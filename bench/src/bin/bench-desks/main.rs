//! What a signed-in desk costs the server in memory, and how long one event takes to reach a thousand of
//! them. `docs/performance.md` explains.

mod crowd;

use anyhow::Context as _;
use hookflash_bench::database::Database;
use hookflash_bench::desk::Session;
use hookflash_bench::machine::{self, settled_kb};
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_bench::staff;

use crowd::Crowd;

/// Desks; all serve one queue.
const DESKS: usize = 1_000;
/// Events that are timed.
const EVENTS: usize = 200;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("machine: {}", machine::described());
    let programs = Programs::find()?;
    let mut server = Server::start(&programs, "", Database::wanted().await?).await?;
    staff::hire(&server, DESKS, DESKS).await?;
    let sessions = staff::sign_in(&server, DESKS).await?;
    println!("{DESKS} users are signed in");

    let after_sign_in = measure(&server, &sessions, "in the server that took the sign-ins").await?;
    drop(after_sign_in.crowd);
    // Hashing a thousand passwords leaves free memory behind that desks would then fill unseen. So it is
    // measured in a fresh process too, with the sessions of before, and the larger figure counts.
    server.kill();
    server.spawn()?;
    server.ready().await?;
    let fresh = measure(&server, &sessions, "in a fresh server").await?;
    let kb_per_desk = fresh.kb_per_desk.max(after_sign_in.kb_per_desk);

    let reached = fresh.crowd.time_events(EVENTS).await?;
    println!("one desk of all: {}", reached.each.line());
    println!("the last desk:   {}", reached.last.line());
    println!("own state:       {}", reached.own.line());
    println!(
        "RESULT desks desks={DESKS} kb_per_desk={kb_per_desk:.1} fanout_p99_ms={:.1}",
        reached.last.p99()
    );
    Ok(())
}

struct Measured {
    kb_per_desk: f64,
    crowd: Crowd,
}

async fn measure(server: &Server, sessions: &[Session], what: &str) -> anyhow::Result<Measured> {
    // One request and one desk first: what the first of a kind costs belongs to the server.
    let one = Crowd::open(sessions.get(..1).context("there are sessions")?).await?;
    drop(one);
    let before = settled_kb(server.id()).await?;
    let crowd = Crowd::open(sessions).await?;
    let with = settled_kb(server.id()).await?;
    let kb_per_desk = (with as f64 - before as f64) / sessions.len() as f64;
    println!("{what}: {before} kB before, {with} kB with {} desks: {kb_per_desk:.1} kB each", sessions.len());
    Ok(Measured { kb_per_desk, crowd })
}
