//! What was measured, run by run, and the line for machines.

use std::time::Duration;

use hookflash_bench::figures::Figures;
use hookflash_bench::sides::median;
use hookflash_bench::tally::Outcome;

use crate::restart::Healing;
use crate::size::Size;

/// One run of one side.
#[derive(Debug, Default)]
pub(crate) struct Run {
    pub(crate) messages: Outcome,
    pub(crate) presence: Outcome,
    /// The longest way of a message in each second, those of the warm-up first.
    pub(crate) longest: Vec<Duration>,
    /// CPU time of the side: the server's, or that of the bare clients' threads.
    pub(crate) cpu_s: f64,
    pub(crate) pool_cpu_s: f64,
    pub(crate) seconds: u32,
}

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) ours: Vec<Run>,
    pub(crate) bare: Vec<Run>,
    pub(crate) commits_idle: Vec<Figures>,
    pub(crate) commits_beside: Vec<Figures>,
    pub(crate) kb_per_agent: f64,
}

impl Run {
    pub(crate) fn print(&self, side: &str, size: Size) {
        let cores = self.cpu_s / f64::from(self.seconds);
        println!("{side}: messages {} lost {}", self.messages.figures.line(), self.messages.lost);
        let longest: Vec<_> = self.longest.iter().map(Duration::as_millis).collect();
        println!("      longest of each second, with the warm-up: {longest:?} ms");
        println!(
            "      presence {} lost {} told again {}",
            self.presence.figures.line(),
            self.presence.lost,
            self.presence.repeats
        );
        println!(
            "      {cores:.2} cores, {:.2} thousandths of one for each agent; the pool {:.2} cores",
            cores * 1e3 / size.agents as f64,
            self.pool_cpu_s / f64::from(self.seconds)
        );
    }
}

impl Report {
    /// Prints the rest, last the line for machines: medians of the runs, of the messages.
    pub(crate) fn print(&self, size: Size, healing: &Healing) {
        for (what, commits) in [("idle", &self.commits_idle), ("beside the load", &self.commits_beside)] {
            for one in commits {
                println!("commit, {what}: {}", one.line());
            }
        }
        let (ours_p50, ours_p99) = (messages(&self.ours, Figures::p50), messages(&self.ours, Figures::p99));
        let (bare_p50, bare_p99) = (messages(&self.bare, Figures::p50), messages(&self.bare, Figures::p99));
        let commit = |of: fn(&Figures) -> f64| median(self.commits_idle.iter().map(of));
        let (commit_p50, commit_p99) = (commit(Figures::p50), commit(Figures::p99));
        println!("added at p50 {:.2} ms (goal {:.2})", ours_p50 - bare_p50, commit_p50 + 1.0);
        println!("added at p99 {:.2} ms (goal {:.2})", ours_p99 - bare_p99, 3.0 * commit_p50 + 5.0);
        let cpu = |runs: &[Run]| median(runs.iter().map(|run| run.cpu_s));
        let lost: usize = self.ours.iter().map(|run| run.messages.lost + run.presence.lost).sum();
        println!(
            "RESULT agents agents={} cpu_ratio={:.2} kb_per_agent={:.1} ours_p50_ms={ours_p50:.2} \
             ours_p99_ms={ours_p99:.2} bare_p50_ms={bare_p50:.2} bare_p99_ms={bare_p99:.2} \
             commit_p50_ms={commit_p50:.2} commit_p99_ms={commit_p99:.2} heal_s={:.1} lost={}",
            size.agents,
            cpu(&self.ours) / cpu(&self.bare),
            self.kb_per_agent,
            healing.healed_s,
            lost + healing.lost,
        );
    }
}

fn messages(runs: &[Run], of: fn(&Figures) -> f64) -> f64 {
    median(runs.iter().map(|run| of(&run.messages.figures)))
}
