//! What the made history adds up to, counted from its lines by code that shares nothing with Hookflash's.

use super::lines::{Consult, Interaction};
use super::moment::Moment;
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

const HALF_HOUR: i64 = 1_800_000;
/// Answered after so long is late; abandoned before so long is short; an expert's answer after so long is late.
const LATE_MS: i64 = 20_000;
const SHORT_MS: i64 = 5_000;
const EXPERT_LATE_MS: i64 = 30_000;

/// Columns of both files, in order.
const COLUMNS: [&str; 27] = [
    "offered",
    "answered",
    "answered_late",
    "abandoned",
    "abandoned_short",
    "flowed_out",
    "answered_wait_ms",
    "handled",
    "with_talk",
    "talk_ms",
    "with_hold",
    "hold_ms",
    "with_wrap_up",
    "wrap_up_ms",
    "blind_transfers",
    "consult_transfers",
    "alerts",
    "alert_ms",
    "not_responding",
    "consults",
    "consults_solved",
    "consult_hold_ms",
    "invitations",
    "accepted",
    "accepted_in_time",
    "declined",
    "no_answer",
];

type Row = BTreeMap<&'static str, i64>;

/// Sums by half hour and queue, and by agent.
#[derive(Debug, Default)]
pub(super) struct Totals {
    queues: BTreeMap<(i64, String), Row>,
    agents: BTreeMap<String, Row>,
}

impl Totals {
    pub(super) fn count(&mut self, interaction: &Interaction) {
        for visit in &interaction.visits {
            let waited = visit.left_at.0 - visit.entered_at.0;
            let mut counts = vec![("offered", 1), (visit.outcome, 1)];
            match visit.outcome {
                "answered" => {
                    counts.push(("answered_wait_ms", waited));
                    counts.push(("answered_late", i64::from(waited > LATE_MS)));
                }
                "abandoned" => counts.push(("abandoned_short", i64::from(waited < SHORT_MS))),
                _ => {}
            }
            self.add(visit.left_at, &visit.queue, visit.agent.as_deref(), &counts);
        }
        for part in &interaction.handlings {
            let mut counts = vec![("handled", 1)];
            for (with, sum, ms) in [
                ("with_talk", "talk_ms", part.talk_ms),
                ("with_hold", "hold_ms", part.hold_ms),
                ("with_wrap_up", "wrap_up_ms", part.wrap_up_ms),
            ] {
                counts.extend([(with, i64::from(ms != 0)), (sum, ms)]);
            }
            counts.extend(part.transfer.map(|how| match how {
                "blind" => ("blind_transfers", 1),
                _ => ("consult_transfers", 1),
            }));
            self.add(part.completed_at, &part.queue, Some(&part.agent), &counts);
        }
        for offer in &interaction.offers {
            let silent = offer.outcome == "declined" || offer.outcome == "no_answer";
            let rang = offer.ended_at.0 - offer.offered_at.0;
            let counts = [("alerts", 1), ("alert_ms", rang), ("not_responding", i64::from(silent))];
            self.add(offer.ended_at, &offer.queue, Some(&offer.agent), &counts);
        }
        for consult in &interaction.consults {
            self.consult(consult, &interaction.visits[0].queue);
        }
    }

    fn consult(&mut self, consult: &Consult, queue: &str) {
        let solved = i64::from(consult.outcome == Some("solved"));
        let counts = [("consults", 1), ("consults_solved", solved), ("consult_hold_ms", consult.hold_ms)];
        self.add(consult.ended_at, queue, Some(&consult.agent), &counts);
        for one in &consult.invitations {
            let took = one.settled_at.0 - one.asked_at.0;
            let in_time = one.outcome == "accepted" && took <= EXPERT_LATE_MS;
            let counts = [("invitations", 1), (one.outcome, 1), ("accepted_in_time", i64::from(in_time))];
            self.add(one.ended_at, queue, Some(&consult.agent), &counts);
        }
    }

    fn add(&mut self, at: Moment, queue: &str, agent: Option<&str>, counts: &[(&'static str, i64)]) {
        let half_hour = at.0 - at.0.rem_euclid(HALF_HOUR);
        let queue = self.queues.entry((half_hour, queue.to_owned())).or_default();
        for (column, count) in counts {
            *queue.entry(column).or_default() += count;
        }
        if let Some(agent) = agent {
            let agent = self.agents.entry(agent.to_owned()).or_default();
            for (column, count) in counts {
                *agent.entry(column).or_default() += count;
            }
        }
    }

    /// Writes `queues.csv` and `agents.csv` (RFC 4180).
    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        std::fs::create_dir_all(folder)?;
        let queues =
            self.queues.iter().map(|((at, queue), row)| (format!("{},{queue}", Moment(*at).text()), row));
        let agents = self.agents.iter().map(|(agent, row)| (agent.clone(), row));
        for (name, head, text) in
            [("queues.csv", "interval,queue", csv(queues)), ("agents.csv", "agent", csv(agents))]
        {
            let file = folder.join(name);
            std::fs::write(&file, format!("{head},{}\r\n{text}", COLUMNS.join(",")))
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }
}

fn csv<'a>(rows: impl Iterator<Item = (String, &'a Row)>) -> String {
    let mut text = String::new();
    for (key, row) in rows {
        text.push_str(&key);
        for column in COLUMNS {
            // Writing to a string cannot fail.
            let _ = write!(text, ",{}", row.get(column).copied().unwrap_or(0));
        }
        text.push_str("\r\n");
    }
    text
}
