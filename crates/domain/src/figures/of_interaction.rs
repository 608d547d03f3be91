//! Facts of an interaction that is over.

use super::facts::{Fact, Handling, NO_AGENT, Visit, VisitOutcome};
use super::service_level::Target;
use crate::interaction::{Interaction, Stage};

/// The facts of a completed interaction; none before. Today an interaction stays in one queue and has one
/// agent, so it has one visit and at most one part.
#[must_use]
pub fn of_interaction(interaction: &Interaction, target: Target) -> Vec<Fact> {
    let Stage::Completed { agent, at: completed_at } = interaction.stage else {
        return Vec::new();
    };
    let call_ended_at = interaction.call_ended_at().unwrap_or(completed_at);
    let visit = |left_at, outcome, agent| Visit {
        interaction: interaction.id,
        no: 0,
        queue: interaction.queue,
        agent,
        entered_at: interaction.started_at,
        left_at,
        outcome,
        target,
    };
    let (Some(connected_at), Some(agent)) = (interaction.answered_at, agent) else {
        return vec![Fact::Visit(visit(call_ended_at, VisitOutcome::Abandoned, NO_AGENT))];
    };
    let hold_ms = interaction.call.held_total_ms;
    let handling = Handling {
        interaction: interaction.id,
        no: 0,
        queue: interaction.queue,
        agent,
        connected_at,
        completed_at,
        talk_ms: (call_ended_at.since_ms(connected_at) - hold_ms).max(0),
        hold_ms,
        wrap_up_ms: completed_at.since_ms(call_ended_at),
        dialling_ms: 0,
        contacting_ms: 0,
        transfer: None,
    };
    vec![Fact::Visit(visit(connected_at, VisitOutcome::Answered, agent)), Fact::Handling(handling)]
}
