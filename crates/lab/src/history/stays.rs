//! Agents' states over a day, as their shifts and the day's calls have them.

use super::floor::{Agent, Floor};
use super::lines::{AgentState, Interaction};
use super::moment::Moment;
use std::collections::BTreeMap;

const MINUTE: i64 = 60_000;
/// From signing in to being ready.
const SETTLES_MS: i64 = 3 * MINUTE;
/// Without calls after one that was not answered.
const NOT_RESPONDING_MS: i64 = MINUTE;

/// What an agent was busy with, from and until when.
type Piece = (i64, i64, &'static str);

/// What the agents were busy with on a day.
#[derive(Debug, Default)]
pub(super) struct Day {
    pieces: BTreeMap<String, Vec<Piece>>,
}

impl Day {
    pub(super) fn count(&mut self, interaction: &Interaction) {
        for offer in &interaction.offers {
            let (from, to) = (offer.offered_at.0, offer.ended_at.0);
            self.add(&offer.agent, (from, to, "offered"));
            if matches!(offer.outcome, "declined" | "no_answer") {
                self.add(&offer.agent, (to, to + NOT_RESPONDING_MS, "not_responding"));
            }
        }
        for part in &interaction.handlings {
            let (from, to) = (part.connected_at.0, part.completed_at.0);
            let hung_up_at = to - part.wrap_up_ms;
            self.add(&part.agent, (from, hung_up_at, "engaged"));
            self.add(&part.agent, (hung_up_at, to, "wrap_up"));
        }
    }

    fn add(&mut self, agent: &str, piece: Piece) {
        self.pieces.entry(agent.to_owned()).or_default().push(piece);
    }

    /// The states of all agents: one agent after the other, each in order, none at the same time as another.
    pub(super) fn stays(mut self, floor: &Floor, midnight: i64) -> Vec<AgentState> {
        let of_agent = |agent: &Agent| {
            let mut pieces = self.pieces.remove(&agent.sign_in_name).unwrap_or_default();
            pieces.sort_unstable();
            let stays = laid_out(&pieces, midnight + agent.begins * MINUTE);
            let name = agent.sign_in_name.clone();
            stays.into_iter().map(move |(from, to, state)| AgentState {
                agent: name.clone(),
                state,
                from: Moment(from),
                to: Moment(to),
            })
        };
        floor.agents.iter().flat_map(of_agent).collect()
    }
}

/// What is between the pieces is filled as far as the shift goes; of two at the same time the first goes on.
fn laid_out(pieces: &[Piece], begins: i64) -> Vec<Piece> {
    let ends = begins + 510 * MINUTE;
    let mut stays = Vec::new();
    let first = pieces.first().map_or(begins, |piece| piece.0.min(begins));
    push(&mut stays, (first - SETTLES_MS, first, "signed_in"));
    let mut until = first;
    for (from, to, state) in pieces {
        fill(&mut stays, (until, *from), begins);
        push(&mut stays, (until.max(*from), *to, state));
        until = until.max(*to);
    }
    fill(&mut stays, (until, ends), begins);
    stays
}

/// Ready or at a meal, within the shift alone.
fn fill(stays: &mut Vec<Piece>, (from, to): (i64, i64), begins: i64) {
    let meal = begins + 240 * MINUTE;
    let (after, ends) = (meal + 30 * MINUTE, begins + 510 * MINUTE);
    for (first, last, state) in [(begins, meal, "ready"), (meal, after, "meal"), (after, ends, "ready")] {
        push(stays, (from.max(first), to.min(last), state));
    }
}

/// Adds a stay that lasts; one that goes on is one.
fn push(stays: &mut Vec<Piece>, (from, to, state): Piece) {
    match stays.last_mut() {
        _ if to <= from => {}
        Some(last) if last.1 == from && last.2 == state => last.1 = to,
        _ => stays.push((from, to, state)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_is_filled_and_nothing_is_at_the_same_time() {
        let begins = 100 * MINUTE;
        let pieces = [
            // Before the shift, by a transfer.
            (10 * MINUTE, 12 * MINUTE, "engaged"),
            (110 * MINUTE, 120 * MINUTE, "engaged"),
            (115 * MINUTE, 125 * MINUTE, "engaged"),
            (125 * MINUTE, 126 * MINUTE, "wrap_up"),
        ];
        let minutes: Vec<_> = laid_out(&pieces, begins)
            .into_iter()
            .map(|(from, to, state)| (from / MINUTE, to / MINUTE, state))
            .collect();
        assert_eq!(
            minutes,
            [
                (7, 10, "signed_in"),
                (10, 12, "engaged"),
                (100, 110, "ready"),
                (110, 125, "engaged"),
                (125, 126, "wrap_up"),
                (126, 340, "ready"),
                (340, 370, "meal"),
                (370, 610, "ready"),
            ]
        );
    }
}
