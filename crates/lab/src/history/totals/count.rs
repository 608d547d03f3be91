//! What each line of the history adds to the sums.

use crate::history::lines::{Consult, Handling, Interaction, Invitation, Offer, Visit};
use std::collections::{BTreeMap, BTreeSet};

/// Answered after so long is late; abandoned before so long is short; an expert's answer after so long is late.
const LATE_MS: i64 = 20_000;
const SHORT_MS: i64 = 5_000;
const EXPERT_LATE_MS: i64 = 30_000;

/// Sums by name; one that is not there is 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums(BTreeMap<&'static str, i64>);

impl Sums {
    pub(super) fn add(&mut self, counts: &[(&'static str, i64)]) {
        for (name, count) in counts {
            *self.0.entry(name).or_default() += count;
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (name, count) in &other.0 {
            *self.0.entry(name).or_default() += count;
        }
    }

    pub(super) fn of(&self, name: &str) -> i64 {
        self.0.get(name).copied().unwrap_or(0)
    }
}

/// What was counted, when and for whom.
pub(super) struct Counted<'a> {
    pub(super) at: i64,
    pub(super) queue: &'a str,
    pub(super) agent: Option<&'a str>,
    pub(super) counts: Vec<(&'static str, i64)>,
}

/// All that an interaction adds.
pub(super) fn counted(one: &Interaction) -> impl Iterator<Item = Counted<'_>> {
    let queue = one.visits.first().map_or("", |visit| visit.queue.as_str());
    let visits = one.visits.iter().map(visit);
    let parts = one.handlings.iter().map(part);
    let offers = one.offers.iter().map(offer);
    let consults = one.consults.iter().flat_map(move |one| consult(one, queue));
    visits.chain(parts).chain(offers).chain(consults)
}

fn visit(visit: &Visit) -> Counted<'_> {
    let waited = visit.left_at.0 - visit.entered_at.0;
    let mut counts = vec![("offered", 1), (visit.outcome, 1)];
    counts.extend(match visit.outcome {
        "answered" => [("answered_wait_ms", waited), ("answered_late", i64::from(waited > LATE_MS))],
        "abandoned" => [("abandoned_wait_ms", waited), ("abandoned_short", i64::from(waited < SHORT_MS))],
        _ => [("flowed_out_wait_ms", waited), ("flowed_out", 0)],
    });
    Counted { at: visit.left_at.0, queue: &visit.queue, agent: visit.agent.as_deref(), counts }
}

/// An agent's part.
pub(super) fn part(part: &Handling) -> Counted<'_> {
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
    Counted { at: part.completed_at.0, queue: &part.queue, agent: Some(&part.agent), counts }
}

fn offer(offer: &Offer) -> Counted<'_> {
    let silent = offer.outcome == "declined" || offer.outcome == "no_answer";
    let rang = offer.ended_at.0 - offer.offered_at.0;
    let counts = vec![("alerts", 1), ("alert_ms", rang), ("not_responding", i64::from(silent))];
    Counted { at: offer.ended_at.0, queue: &offer.queue, agent: Some(&offer.agent), counts }
}

fn consult<'a>(one: &'a Consult, queue: &'a str) -> Vec<Counted<'a>> {
    let experts: BTreeSet<_> = one.invitations.iter().map(|asked| &asked.expert).collect();
    let tries = one.invitations.len() as i64;
    let mut counts =
        vec![("consults", 1), ("experts", experts.len() as i64), ("consult_hold_ms", one.hold_ms)];
    match one.outcome {
        Some("solved") => counts.extend([
            ("consults_solved", 1),
            ("first_expert_solved", i64::from(tries == 1)),
            ("solved_attempts", tries),
            ("solution_ms", one.ended_at.0 - one.asked_at.0),
        ]),
        Some("partly") => counts.push(("consults_partly", 1)),
        Some(_) => counts.push(("consults_not_solved", 1)),
        None => {}
    }
    let agent = Some(one.agent.as_str());
    let mut all = vec![Counted { at: one.ended_at.0, queue, agent, counts }];
    let asked = one.invitations.iter();
    all.extend(asked.map(|asked| Counted { at: asked.ended_at.0, queue, agent, counts: invitation(asked) }));
    all
}

/// What an invitation adds.
pub(super) fn invitation(one: &Invitation) -> Vec<(&'static str, i64)> {
    let took = one.settled_at.0 - one.asked_at.0;
    let mut counts = vec![("invitations", 1), (one.outcome, 1)];
    match one.outcome {
        "accepted" => {
            counts.extend([("accept_ms", took), ("accepted_in_time", i64::from(took <= EXPERT_LATE_MS))]);
        }
        "withdrawn" => counts.push(("withdrawn_early", i64::from(took < EXPERT_LATE_MS))),
        _ => {}
    }
    if let Some(replied_at) = one.replied_at {
        counts.extend([("replied", 1), ("reply_ms", replied_at.0 - one.asked_at.0)]);
    }
    counts
}
