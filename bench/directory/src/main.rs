//! The people index against other search engines: a million people, the same keystrokes.
//! `docs/performance.md` explains.

mod ours;
#[cfg(feature = "peers")]
mod peers;
mod run;

use hookflash_bench::machine;
use hookflash_bench_directory::keystrokes::sessions;
use hookflash_bench_directory::population::population;

use run::{Measured, measure};

/// Sessions; one is some fourteen keystrokes. A slow peer does not get through all of them.
const SESSIONS: usize = 2_000;
const SEED: u64 = 20_261_125;

fn main() -> anyhow::Result<()> {
    if let [_, command, file] = std::env::args().collect::<Vec<_>>().as_slice()
        && command == "start"
    {
        return ours::start(file.as_ref());
    }
    println!("machine: {}", machine::described());
    let count = std::env::var("HOOKFLASH_BENCH_PEOPLE").ok().map_or(Ok(1_000_000), |count| count.parse())?;
    let people = population(count, SEED);
    let wanted =
        std::env::var("HOOKFLASH_BENCH_SESSIONS").ok().map_or(Ok(SESSIONS), |count| count.parse())?;
    let sessions = sessions(&people, wanted, SEED + 1);
    let (ours, started) = ours::build(&people)?;
    println!("ours: built in {:.1} s; snapshot {:.0} MB", started.build_s, started.snapshot_mb);
    println!(
        "ours: started from the snapshot in {:.2} s, {:.0} MB resident, {:.0} MB counted",
        started.start_s, started.resident_mb, started.counted_mb
    );
    let ours_measured = measure(&people, &sessions, None, |typed| ours.find(typed))?;
    println!("{}", ours_measured.line("ours"));
    println!("{}", ours_measured.forms());
    println!("{}", ours_measured.slowest());
    ours.beside(&people)?;
    ours.hostile();
    let best = best_peer(&people, &sessions)?;
    let (name, peer) = best.as_ref().map_or(("none", None), |(name, peer)| (name, Some(peer)));
    let of = |figure: fn(&Measured) -> f64| peer.map_or(f64::NAN, figure);
    println!(
        "RESULT directory people={count} ours_p50_ms={:.3} ours_p99_ms={:.3} ours_hit={:.3} ours_typo_hit={:.3} \
         ours_mb={:.0} start_s={:.2} best_peer={name} best_peer_p99_ms={:.3} best_peer_hit={:.3} \
         best_peer_typo_hit={:.3}",
        ours_measured.times.p50(),
        ours_measured.times.p99(),
        ours_measured.hit(),
        ours_measured.typo_hit(),
        started.resident_mb.max(started.counted_mb),
        started.start_s,
        of(|peer| peer.times.p99()),
        of(Measured::hit),
        of(Measured::typo_hit),
    );
    Ok(())
}

#[cfg(feature = "peers")]
fn best_peer(
    people: &[hookflash_bench_directory::population::Person],
    sessions: &[hookflash_bench_directory::keystrokes::Session],
) -> anyhow::Result<Option<(&'static str, Measured)>> {
    peers::best(people, sessions).map(Some)
}

#[cfg(not(feature = "peers"))]
fn best_peer(
    _: &[hookflash_bench_directory::population::Person],
    _: &[hookflash_bench_directory::keystrokes::Session],
) -> anyhow::Result<Option<(&'static str, Measured)>> {
    println!("peers: not built; build with the feature `peers`");
    Ok(None)
}
