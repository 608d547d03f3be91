//! Reports whose rows are sums of queues or agents.

use super::count::Sums;
use super::figures::{seconds, value};
use super::{ByQueue, Clock, table};
use crate::history::moment::Moment;
use std::collections::BTreeMap;
use std::path::Path;

/// Columns of `queues.csv` and `agents.csv`, as the sums are called.
const SUMS: [&str; 41] = [
    "offered",
    "answered",
    "answered_late",
    "abandoned",
    "abandoned_short",
    "flowed_out",
    "answered_wait_ms",
    "abandoned_wait_ms",
    "flowed_out_wait_ms",
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
    "consults_partly",
    "consults_not_solved",
    "first_expert_solved",
    "solved_attempts",
    "solution_ms",
    "experts",
    "consult_hold_ms",
    "invitations",
    "accepted",
    "accepted_in_time",
    "declined",
    "no_answer",
    "withdrawn",
    "withdrawn_early",
    "unreachable",
    "accept_ms",
    "replied",
    "reply_ms",
];
const QUEUE: &[&str] = &[
    "Offered",
    "Answered",
    "Abandoned",
    "Flow-out",
    "Service level",
    "ASA (s)",
    "Average wait (s)",
    "Handled",
    "AHT (s)",
    "Transferred",
    "Consults",
];
const SERVICE_LEVEL: &[&str] =
    &["Offered", "Answered", "Abandoned", "Short abandoned", "Flow-out", "Service level", "ASA (s)"];
const ABANDONS: &[&str] = &["Offered", "Abandoned", "Abandoned %", "Short abandoned", "Average abandon (s)"];
const CONSULTS: &[&str] = &[
    "Consults",
    "Solved %",
    "Unknown %",
    "First expert success",
    "Experts per consult",
    "Invitations",
    "Accepted",
    "Time to accept (s)",
    "Time to first reply (s)",
    "Time to solution (s)",
    "Hold during consult (s)",
];
const AGENT: &[&str] = &[
    "Offers",
    "Not responding",
    "Answered",
    "Handled",
    "Average talk (s)",
    "Average hold (s)",
    "Average ACW (s)",
    "AHT (s)",
    "Transferred",
    "Consults",
    "Solved %",
    "Occupancy",
];
/// How states are called in a history, and over their columns.
const STATES: [(&str, &str); 12] = [
    ("ready", "Ready (s)"),
    ("offered_state", "Call offered (s)"),
    ("engaged", "On a call (s)"),
    ("wrap_up", "Wrap-up (s)"),
    ("break", "Break (s)"),
    ("meal", "Meal (s)"),
    ("meeting", "Meeting (s)"),
    ("training", "Training (s)"),
    ("other", "Other (s)"),
    ("signed_in", "Not ready (s)"),
    ("not_responding_state", "Did not answer (s)"),
    ("desk_closed", "Desk was closed (s)"),
];

/// The plain sums.
pub(super) fn sums(folder: &Path, queues: &ByQueue, agents: &BTreeMap<String, Sums>) -> anyhow::Result<()> {
    let values = |sums: &Sums| SUMS.map(|name| sums.of(name).to_string()).to_vec();
    let mut file = table(folder, "queues", &[&["interval", "queue"], &SUMS[..]].concat())?;
    for ((at, queue), sums) in queues {
        file.write_record([vec![Moment(*at).text(), queue.clone()], values(sums)].concat())?;
    }
    file.flush()?;
    let mut file = table(folder, "agents", &[&["agent"], &SUMS[..]].concat())?;
    for (agent, sums) in agents {
        file.write_record([vec![agent.clone()], values(sums)].concat())?;
    }
    Ok(file.flush()?)
}

/// The reports of queues.
pub(super) fn queues(folder: &Path, queues: &ByQueue, clock: Clock) -> anyhow::Result<()> {
    type Key = fn(Clock, i64, &str) -> Vec<String>;
    let whole: Key = |_, _, queue| vec![queue.to_owned()];
    let interval: Key = |clock, at, queue| vec![clock.moment(at), queue.to_owned()];
    let daily: Key = |clock, at, queue| vec![clock.day(at), queue.to_owned()];
    let day: Key = |clock, at, _| vec![clock.day(at)];
    let from = &["From", "Queue"][..];
    for (name, keys, key, columns) in [
        ("queue-summary", &["Queue"][..], whole, QUEUE),
        ("queue-interval", from, interval, QUEUE),
        ("queue-daily", from, daily, QUEUE),
        ("service-level", &["From"], day, SERVICE_LEVEL),
        ("abandons", from, daily, ABANDONS),
        ("consults", from, daily, CONSULTS),
    ] {
        let mut rows = BTreeMap::<Vec<String>, Sums>::new();
        for ((at, queue), sums) in queues {
            // Of consults alone, a day without any is no row.
            if name != "consults" || sums.of("consults") + sums.of("invitations") > 0 {
                rows.entry(key(clock, *at, queue)).or_default().join(sums);
            }
        }
        let mut file = table(folder, name, &[keys, columns].concat())?;
        for (key, sums) in rows {
            let values = columns.iter().map(|heading| value(heading, &sums));
            file.write_record(key.into_iter().chain(values))?;
        }
        file.flush()?;
    }
    Ok(())
}

/// The reports of agents, who are there when they had anything to do with calls or were signed in.
pub(super) fn agents(
    folder: &Path,
    agents: &BTreeMap<String, Sums>,
    names: &BTreeMap<String, String>,
) -> anyhow::Result<()> {
    let name = |agent: &String| names.get(agent).unwrap_or(agent).clone();
    let mut summary = table(folder, "agent-summary", &[&["Agent"], AGENT].concat())?;
    let states = STATES.map(|(_, heading)| heading);
    let columns = [&["Agent", "Signed in (s)"], &states[..], &["Occupancy"]].concat();
    let mut status = table(folder, "agent-status-summary", &columns)?;
    for (agent, sums) in agents {
        let values = AGENT.iter().map(|heading| value(heading, sums));
        summary.write_record(std::iter::once(name(agent)).chain(values))?;
        let at_work = STATES.iter().map(|(state, _)| sums.of(state)).sum();
        let times = STATES.iter().map(|(state, _)| seconds(sums.of(state)));
        let row = [name(agent), seconds(at_work)].into_iter().chain(times);
        status.write_record(row.chain([value("Occupancy", sums)]))?;
    }
    summary.flush()?;
    Ok(status.flush()?)
}
