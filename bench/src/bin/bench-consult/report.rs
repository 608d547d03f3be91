//! What was measured, run by run, and the line for machines.

use hookflash_bench::figures::Figures;

/// One run of one side.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// From due to the answer.
    pub(crate) round_trip: Figures,
    /// From due to the expert having it.
    pub(crate) one_way: Figures,
    /// From due to the server's `done`.
    pub(crate) acknowledged: Figures,
    /// Answers a second.
    pub(crate) rate: f64,
    pub(crate) lost: usize,
    pub(crate) refused: u64,
    pub(crate) server_cpu_s: f64,
    pub(crate) pool_cpu_s: f64,
}

/// All runs.
#[derive(Debug, Default)]
pub(crate) struct Report {
    ours: Vec<Run>,
    bare: Vec<Run>,
    /// The bare client with two commits on the way.
    floor: Vec<Run>,
    pub(crate) commits_idle: Vec<Figures>,
    pub(crate) commits_beside: Vec<Figures>,
}

impl Report {
    pub(crate) fn add_ours(&mut self, run: usize, measured: Run) {
        print("ours", run, &measured);
        println!("       acknowledged {}", measured.acknowledged.line());
        self.ours.push(measured);
    }

    pub(crate) fn add_bare(&mut self, run: usize, measured: Run) {
        print("bare", run, &measured);
        self.bare.push(measured);
    }

    pub(crate) fn add_floor(&mut self, run: usize, measured: Run) {
        print("floor", run, &measured);
        self.floor.push(measured);
    }

    /// Prints the rest, last the line for machines: medians of the runs.
    pub(crate) fn print(&self) {
        for (what, commits) in [("idle", &self.commits_idle), ("beside the load", &self.commits_beside)] {
            for one in commits {
                println!("commit, {what}: {}", one.line());
            }
        }
        let (ours, bare) = (trips(&self.ours), trips(&self.bare));
        let (ours_p50, ours_p99) = (median(ours(Figures::p50)), median(ours(Figures::p99)));
        let (bare_p50, bare_p99) = (median(bare(Figures::p50)), median(bare(Figures::p99)));
        let (commit_p50, commit_p99) = medians(&self.commits_idle);
        let (p50_goal, p99_goal) = (commit_p50 + 1.0, 3.0 * commit_p50 + 5.0);
        let floor = trips(&self.floor);
        let (floor_p50, floor_p99) = (median(floor(Figures::p50)), median(floor(Figures::p99)));
        for (what, p50, p99) in [("two commits alone", floor_p50, floor_p99), ("ours", ours_p50, ours_p99)] {
            println!(
                "added by {what}: p50 {:.2} ms (goal {p50_goal:.2}), p99 {:.2} ms (goal {p99_goal:.2})",
                p50 - bare_p50,
                p99 - bare_p99
            );
        }
        let lost: usize = self.ours.iter().map(|run| run.lost).sum();
        let rate = median(self.ours.iter().map(|run| run.rate).collect());
        println!(
            "RESULT consult ours_p50_ms={ours_p50:.2} ours_p99_ms={ours_p99:.2} bare_p50_ms={bare_p50:.2} \
             bare_p99_ms={bare_p99:.2} commit_p50_ms={commit_p50:.2} commit_p99_ms={commit_p99:.2} \
             rate={rate:.0} lost={lost}"
        );
    }
}

fn print(side: &str, run: usize, measured: &Run) {
    println!(
        "{side} {} round trip {} rate {:.0}/s lost {} refused {} cpu server {:.1} s pool {:.1} s",
        run + 1,
        measured.round_trip.line(),
        measured.rate,
        measured.lost,
        measured.refused,
        measured.server_cpu_s,
        measured.pool_cpu_s
    );
    println!("       to the expert {}", measured.one_way.line());
}

fn trips(runs: &[Run]) -> impl Fn(fn(&Figures) -> f64) -> Vec<f64> {
    move |of| runs.iter().map(|run| of(&run.round_trip)).collect()
}

fn medians(figures: &[Figures]) -> (f64, f64) {
    let of = |of: fn(&Figures) -> f64| median(figures.iter().map(of).collect());
    (of(Figures::p50), of(Figures::p99))
}

fn median(values: Vec<f64>) -> f64 {
    values.into_iter().collect::<Figures>().p50()
}
