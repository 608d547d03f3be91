//! What a message costs besides its time.

use std::collections::HashMap;

use hookflash_bench::figures::Figures;
use hookflash_bench::machine;
use hookflash_bench::pool::{Pool, address};
use hookflash_bench::probe::Probe;
use hookflash_bench::server::Server;

use crate::CONSULTS;

/// CPU time of server and pool so far, in seconds.
pub(crate) fn cpu_s(server: &Server, pool: &Pool) -> anyhow::Result<[f64; 2]> {
    Ok([machine::cpu_s(server.id())?, machine::cpu_s(pool.id())?])
}

/// Prints what a run cost, and how long the way to the expert took.
pub(crate) async fn print(
    pool: &Pool,
    probe: &Probe,
    first: usize,
    before: [f64; 2],
    after: [f64; 2],
) -> anyhow::Result<()> {
    println!("       to the expert {}", one_way(pool, probe, first).await?.line());
    println!("       cpu server {:.1} s pool {:.1} s", after[0] - before[0], after[1] - before[1]);
    Ok(())
}

/// From due to the expert having it. The pool's clock is the same machine's, in whole milliseconds, so half of one is
/// added.
async fn one_way(pool: &Pool, probe: &Probe, first: usize) -> anyhow::Result<Figures> {
    let mut arrived = HashMap::new();
    for expert in 1..=3 * CONSULTS {
        for seen in pool.control.inbox(&address("echo", expert)).await?.messages {
            if let Some(n) = probe.number(&seen.text) {
                arrived.insert(n, seen.at as f64 + 0.5);
            }
        }
    }
    Ok(probe.since_due_utc(first, |n| arrived.get(&n).copied()))
}
