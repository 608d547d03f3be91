//! Facts of a consult that is over.

use super::facts::{ConsultFact, Fact, InvitationFact, InvitationOutcome, NO_QUEUE};
use super::workload::union_ms;
use crate::consult::{ANSWER_WITHIN_MS, Consult, Invitation, InvitationState, Side};
use crate::{QueueId, Span, Timestamp};
use std::collections::BTreeSet;

/// The facts of an ended consult: itself and its invitations. None before it has ended, and none of a chat
/// that an expert began. `hold_ms` is [`hold_during`] it.
#[must_use]
pub fn of_consult(consult: &Consult, queue: Option<QueueId>, hold_ms: i64) -> Vec<Fact> {
    let queue = queue.unwrap_or(NO_QUEUE);
    let sent: Vec<_> = consult
        .invitations
        .iter()
        .enumerate()
        .filter(|(_, invitation)| invitation.by == Side::Agent)
        .collect();
    let (Some(ended_at), Some((_, first))) = (consult.ended_at, sent.first()) else {
        return Vec::new();
    };
    let experts: BTreeSet<_> = sent.iter().map(|(_, invitation)| &invitation.expert.id).collect();
    let whole = Fact::Consult(ConsultFact {
        consult: consult.id,
        interaction: consult.interaction,
        queue,
        agent: consult.agent,
        asked_at: first.asked_at,
        ended_at,
        outcome: consult.outcome,
        attempt_count: count(sent.len()),
        expert_count: count(experts.len()),
        hold_ms,
    });
    let invitations = sent.iter().map(|(no, invitation)| {
        Fact::Invitation(invitation_fact(consult, queue, count(*no), invitation, ended_at))
    });
    std::iter::once(whole).chain(invitations).collect()
}

/// How long the customer was on hold while a consult ran.
#[must_use]
pub fn hold_during(consult: Span, holds: &[Span]) -> i64 {
    let common: Vec<_> = holds.iter().map(|hold| hold.within(consult)).collect();
    union_ms(&common)
}

fn invitation_fact(
    consult: &Consult,
    queue: QueueId,
    no: i64,
    invitation: &Invitation,
    consult_ended_at: Timestamp,
) -> InvitationFact {
    let outcome = outcome(&invitation.state);
    let settled_at = invitation.settled_at.unwrap_or(consult_ended_at);
    let ended_at = match outcome {
        InvitationOutcome::Accepted => invitation.left_at.unwrap_or(consult_ended_at),
        _ => settled_at,
    };
    InvitationFact {
        consult: consult.id,
        no,
        queue,
        agent: consult.agent,
        expert: invitation.expert.id.clone(),
        expert_name: invitation.expert.name.clone(),
        asked_at: invitation.asked_at,
        settled_at,
        replied_at: invitation.first_reply_at,
        ended_at,
        outcome,
        target_ms: ANSWER_WITHIN_MS,
    }
}

/// What is pending when a consult ends was taken back with it.
fn outcome(state: &InvitationState) -> InvitationOutcome {
    match state {
        InvitationState::Accepted => InvitationOutcome::Accepted,
        InvitationState::Declined { .. } => InvitationOutcome::Declined,
        InvitationState::NoAnswer | InvitationState::Missed => InvitationOutcome::NoAnswer,
        InvitationState::Unreachable { .. } => InvitationOutcome::Unreachable,
        InvitationState::Withdrawn
        | InvitationState::Taken
        | InvitationState::AnsweredElsewhere
        | InvitationState::Sending
        | InvitationState::Alerting => InvitationOutcome::Withdrawn,
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
