//! What a message costs besides its time, and the line for machines.

use std::collections::HashMap;

use hookflash_bench::figures::Figures;
use hookflash_bench::machine;
use hookflash_bench::pool::{Pool, address};
use hookflash_bench::probe::Probe;
use hookflash_bench::server::Server;
use hookflash_bench::sides::Medians;

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

/// Prints the line for machines.
pub(crate) fn result(medians: Medians) {
    let Medians { ours_ms, bare_ms, commit_ms, .. } = medians;
    println!(
        "RESULT consult ours_p50_ms={:.2} ours_p99_ms={:.2} bare_p50_ms={:.2} bare_p99_ms={:.2} commit_p50_ms={:.2} \
         commit_p99_ms={:.2} rate={:.0} lost={}",
        ours_ms[0],
        ours_ms[1],
        bare_ms[0],
        bare_ms[1],
        commit_ms[0],
        commit_ms[1],
        medians.rates[0],
        medians.lost
    );
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
