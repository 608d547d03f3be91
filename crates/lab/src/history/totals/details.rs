//! The report whose rows are interactions.

use super::figures::seconds;
use super::{Clock, Table, table};
use crate::history::lines::{Handling, Interaction};
use std::collections::BTreeMap;
use std::path::Path;

const COLUMNS: [&str; 12] = [
    "Started",
    "Queue",
    "Number",
    "Caller",
    "Agent",
    "Wait (s)",
    "Talk (s)",
    "Hold (s)",
    "Wrap-up (s)",
    "Consults",
    "Disposition",
    "End",
];

/// The file, written as interactions are made.
pub(super) struct Details(Table);

impl Details {
    pub(super) fn begin(folder: &Path) -> anyhow::Result<Self> {
        table(folder, "interaction-details", &COLUMNS).map(Self)
    }

    pub(super) fn write(
        &mut self,
        one: &Interaction,
        clock: Clock,
        names: &BTreeMap<String, String>,
    ) -> anyhow::Result<()> {
        let sum = |ms: fn(&Handling) -> i64| seconds(one.handlings.iter().map(ms).sum());
        let agent = one.handlings.last().and_then(|part| names.get(&part.agent));
        let waited = one.visits.iter().map(|visit| visit.left_at.0 - visit.entered_at.0).sum();
        let row = [
            clock.moment(one.started_at.0),
            one.visits.first().map(|visit| visit.queue.clone()).unwrap_or_default(),
            one.caller_number.clone(),
            one.caller_name.clone(),
            agent.cloned().unwrap_or_default(),
            seconds(waited),
            sum(|part| part.talk_ms),
            sum(|part| part.hold_ms),
            sum(|part| part.wrap_up_ms),
            one.consults.len().to_string(),
            one.disposition.clone().unwrap_or_default(),
            if one.end_reason == "agent_hung_up" { "Agent hung up" } else { "Caller hung up" }.to_owned(),
        ];
        Ok(self.0.write_record(row)?)
    }

    pub(super) fn end(mut self) -> anyhow::Result<()> {
        Ok(self.0.flush()?)
    }
}
