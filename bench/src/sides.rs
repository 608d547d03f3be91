//! What Hookflash adds to a message's way: ours against a bare client, and against that client with nothing but the
//! commits that the promise asks for.

use crate::figures::Figures;
use crate::probe::Trips;

/// A side that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Through Hookflash.
    Ours,
    /// Straight to the network.
    Bare,
    /// Straight to the network; a message is sent when it is on disk, and an answer counts when it is.
    Floor,
}

/// All runs of all sides.
#[derive(Debug, Default)]
pub struct Sides {
    ours: Vec<Trips>,
    bare: Vec<Trips>,
    floor: Vec<Trips>,
    /// One durable commit on the database's disk while nothing else writes, before each round of runs.
    pub commits_idle: Vec<Figures>,
    /// The same beside our load.
    pub commits_beside: Vec<Figures>,
}

/// Medians of the runs.
#[derive(Debug, Clone, Copy)]
pub struct Medians {
    /// Ours, from due to the answer.
    pub ours_ms: [f64; 2],
    /// The bare client's.
    pub bare_ms: [f64; 2],
    /// The floor's.
    pub floor_ms: [f64; 2],
    /// One idle commit.
    pub commit_ms: [f64; 2],
    /// Answers a second, ours and the bare client's.
    pub rates: [f64; 2],
    /// Messages of ours without an answer, of all runs together.
    pub lost: usize,
}

impl Medians {
    /// The times as the line for machines has them.
    #[must_use]
    pub fn times(&self) -> String {
        let each = [("ours", self.ours_ms), ("bare", self.bare_ms), ("commit", self.commit_ms)];
        let each = each.map(|(name, [p50, p99])| format!("{name}_p50_ms={p50:.2} {name}_p99_ms={p99:.2}"));
        each.join(" ")
    }
}

impl Side {
    /// Each run begins with another side.
    #[must_use]
    pub fn order(run: usize) -> [Self; 3] {
        let mut order = [Self::Ours, Self::Bare, Self::Floor];
        order.rotate_left(run % 3);
        order
    }
}

impl Sides {
    /// Keeps a run and prints it.
    pub fn add(&mut self, side: Side, trips: Trips) {
        let (name, runs) = match side {
            Side::Ours => ("ours", &mut self.ours),
            Side::Bare => ("bare", &mut self.bare),
            Side::Floor => ("floor", &mut self.floor),
        };
        println!(
            "{name} {} round trip {} rate {:.0}/s lost {} refused {}",
            runs.len() + 1,
            trips.round_trip.line(),
            trips.rate,
            trips.lost,
            trips.refused
        );
        if side == Side::Ours {
            println!("       acknowledged {}", trips.acknowledged.line());
        }
        runs.push(trips);
    }

    /// Prints what is added; gives the medians (50th and 99th of a hundred).
    #[must_use]
    pub fn print(&self) -> Medians {
        for (what, commits) in [("idle", &self.commits_idle), ("beside the load", &self.commits_beside)] {
            commits.iter().for_each(|one| println!("commit, {what}: {}", one.line()));
        }
        let medians = self.medians();
        let [p50, p99] = medians.bare_ms;
        let commit = medians.commit_ms[0];
        for (what, [of_p50, of_p99]) in [("the commits alone", medians.floor_ms), ("ours", medians.ours_ms)] {
            println!(
                "added by {what}: p50 {:.2} ms (goal {:.2}), p99 {:.2} ms (goal {:.2})",
                of_p50 - p50,
                commit + 1.0,
                of_p99 - p99,
                3.0 * commit + 5.0
            );
        }
        medians
    }

    fn medians(&self) -> Medians {
        let trips = |runs: &[Trips]| both(runs.iter().map(|run| &run.round_trip));
        let rate = |runs: &[Trips]| median(runs.iter().map(|run| run.rate));
        Medians {
            ours_ms: trips(&self.ours),
            bare_ms: trips(&self.bare),
            floor_ms: trips(&self.floor),
            commit_ms: both(self.commits_idle.iter()),
            rates: [rate(&self.ours), rate(&self.bare)],
            lost: self.ours.iter().map(|run| run.lost).sum(),
        }
    }
}

/// The median of one value of each run.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    values.collect::<Figures>().p50()
}

/// The medians of the 50th and the 99th of a hundred.
fn both<'a>(figures: impl Iterator<Item = &'a Figures> + Clone) -> [f64; 2] {
    [median(figures.clone().map(Figures::p50)), median(figures.map(Figures::p99))]
}
