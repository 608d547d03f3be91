//! The reports whose rows are stays: states, and times at work.

use super::count::Sums;
use super::figures::seconds;
use super::{Clock, Table, table};
use crate::history::lines::AgentState;
use std::collections::BTreeMap;
use std::path::Path;

/// Both files, written day by day.
pub(super) struct Stays {
    timeline: Table,
    log_ins: Table,
}

impl Stays {
    pub(super) fn begin(folder: &Path) -> anyhow::Result<Self> {
        let timeline = ["Agent", "State", "From", "To", "Duration (s)"];
        let log_ins = ["Agent", "Signed in at", "Signed out at", "Duration (s)"];
        Ok(Self {
            timeline: table(folder, "agent-status-timeline", &timeline)?,
            log_ins: table(folder, "agent-log-ins", &log_ins)?,
        })
    }

    /// The stays of a day, one agent after the other, each in order; adds the time to the agents' sums.
    pub(super) fn write(
        &mut self,
        stays: &[AgentState],
        clock: Clock,
        names: &BTreeMap<String, String>,
        agents: &mut BTreeMap<String, Sums>,
    ) -> anyhow::Result<()> {
        let mut at_work: Option<(&str, i64, i64)> = None;
        for AgentState { agent, state, from, to } in stays {
            let name = names.get(agent).unwrap_or(agent);
            let (sum, word) = shown(state);
            agents.entry(agent.clone()).or_default().add(&[(sum, to.0 - from.0)]);
            let span = [clock.moment(from.0), clock.moment(to.0), seconds(to.0 - from.0)];
            self.timeline.write_record([name.clone(), word.to_owned()].into_iter().chain(span))?;
            at_work = match at_work {
                Some((who, since, until)) if who == name && until == from.0 => Some((who, since, to.0)),
                over => {
                    self.log_in(over, clock)?;
                    Some((name, from.0, to.0))
                }
            };
        }
        self.log_in(at_work, clock)
    }

    fn log_in(&mut self, over: Option<(&str, i64, i64)>, clock: Clock) -> anyhow::Result<()> {
        let Some((name, since, until)) = over else { return Ok(()) };
        let row = [name.to_owned(), clock.moment(since), clock.moment(until), seconds(until - since)];
        Ok(self.log_ins.write_record(row)?)
    }

    pub(super) fn end(mut self) -> anyhow::Result<()> {
        self.timeline.flush()?;
        Ok(self.log_ins.flush()?)
    }
}

/// What a state's time is summed as, and its word.
fn shown(state: &'static str) -> (&'static str, &'static str) {
    match state {
        "ready" => (state, "Ready"),
        "offered" => ("offered_state", "Call offered"),
        "engaged" => (state, "On a call"),
        "wrap_up" => (state, "Wrap-up"),
        "meal" => (state, "Meal"),
        "not_responding" => ("not_responding_state", "Did not answer"),
        _ => (state, "Not ready"),
    }
}
