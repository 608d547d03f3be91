//! What the made history adds up to, and what each report of it has to say: counted from its lines by code that
//! shares nothing with Hookflash's. Reports are written as Hookflash's own CSV has them, in English.

mod codes;
mod count;
mod details;
mod experts;
mod figures;
mod stays;
mod tables;

use super::lines::{AgentState, Interaction};
use super::moment::Moment;
use anyhow::Context as _;
use count::{Sums, counted};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

const HALF_HOUR: i64 = 1_800_000;

/// Sums by half hour and queue.
type ByQueue = BTreeMap<(i64, String), Sums>;
type Table = csv::Writer<File>;

/// All that is counted; what has a row for each line is written while it is.
pub(super) struct Totals {
    clock: Clock,
    names: BTreeMap<String, String>,
    queues: ByQueue,
    agents: BTreeMap<String, Sums>,
    codes: codes::Codes,
    experts: experts::Experts,
    details: details::Details,
    stays: stays::Stays,
}

/// Clocks that are so many minutes ahead of universal time all the year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub(super) ahead_minutes: i64,
}

impl Clock {
    /// The day that a moment lies in, as `2026-03-02`.
    fn day(self, at: i64) -> String {
        self.shown(at).get(..10).unwrap_or_default().to_owned()
    }

    /// As `2026-03-02T08:14:05+01:00`.
    fn moment(self, at: i64) -> String {
        let (sign, ahead) =
            if self.ahead_minutes < 0 { ('-', -self.ahead_minutes) } else { ('+', self.ahead_minutes) };
        let clock = self.shown(at);
        format!("{}{sign}{:02}:{:02}", clock.get(..19).unwrap_or_default(), ahead / 60, ahead % 60)
    }

    fn shown(self, at: i64) -> String {
        Moment(at + self.ahead_minutes * 60_000).text()
    }
}

impl Totals {
    /// Begins the files in a folder. Agents are known by their sign-in names.
    pub(super) fn begin(
        folder: &Path,
        clock: Clock,
        names: BTreeMap<String, String>,
    ) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self {
            clock,
            queues: ByQueue::new(),
            agents: BTreeMap::new(),
            codes: codes::Codes::default(),
            experts: experts::Experts::default(),
            details: details::Details::begin(folder)?,
            stays: stays::Stays::begin(folder)?,
            names,
        })
    }

    pub(super) fn count(&mut self, one: &Interaction) -> anyhow::Result<()> {
        for counted in counted(one) {
            let half_hour = counted.at - counted.at.rem_euclid(HALF_HOUR);
            self.queues.entry((half_hour, counted.queue.to_owned())).or_default().add(&counted.counts);
            if let Some(agent) = counted.agent {
                self.agents.entry(agent.to_owned()).or_default().add(&counted.counts);
            }
        }
        self.codes.count(one);
        self.experts.count(one);
        self.details.write(one, self.clock, &self.names)
    }

    /// The stays of a day, one agent after the other.
    pub(super) fn stays(&mut self, stays: &[AgentState]) -> anyhow::Result<()> {
        self.stays.write(stays, self.clock, &self.names, &mut self.agents)
    }

    /// Writes what is known only now.
    pub(super) fn end(self, folder: &Path) -> anyhow::Result<()> {
        tables::sums(folder, &self.queues, &self.agents)?;
        tables::queues(folder, &self.queues, self.clock)?;
        tables::agents(folder, &self.agents, &self.names)?;
        self.codes.end(folder)?;
        self.experts.end(folder)?;
        self.details.end()?;
        self.stays.end()
    }
}

fn table(folder: &Path, name: &str, columns: &[&str]) -> anyhow::Result<Table> {
    let path = folder.join(format!("{name}.csv"));
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
    table.write_record(columns)?;
    Ok(table)
}
