//! A line as rows and facts.

use super::batch::Item;
use super::line::{self, AgentState, Consult, Interaction, Invitation, Offer, Visit};
use super::names::Names;
use hookflash_domain::acd::OfferOutcome;
use hookflash_domain::attached::AttachedData;
use hookflash_domain::consult::{self, ANSWER_WITHIN_MS, InvitationState, Side, SolvedState, Unreachable};
use hookflash_domain::figures::{
    AgentTime, Alert, ConsultFact, Fact, Handling, InvitationFact, InvitationOutcome, NO_AGENT, Stay, Target,
    Transfer, Visit as VisitFact, VisitOutcome,
};
use hookflash_domain::interaction::{self, Call, CallState, EndReason, Stage};
use hookflash_domain::wrap_up::{WrapUp, WrapUpRule};
use hookflash_domain::{
    ConsultId, Importance, InteractionId, NetworkId, OfferId, Person, PersonId, QueueId, Timestamp, UserId,
};
use hookflash_store::{ConsultRow, InteractionRow, Write};
use std::collections::BTreeMap;

const END_REASONS: [EndReason; 7] = [
    EndReason::CallerHungUp,
    EndReason::AgentHungUp,
    EndReason::CallerCancelled,
    EndReason::MediaLost,
    EndReason::SessionExpired,
    EndReason::ServerRestarted,
    EndReason::Failed,
];
const VISITS: [VisitOutcome; 3] = [VisitOutcome::Answered, VisitOutcome::Abandoned, VisitOutcome::FlowedOut];
const TRANSFERS: [Transfer; 2] = [Transfer::Blind, Transfer::Consult];
const OFFERS: [OfferOutcome; 5] = [
    OfferOutcome::Accepted,
    OfferOutcome::Declined,
    OfferOutcome::NoAnswer,
    OfferOutcome::CallerGone,
    OfferOutcome::Withdrawn,
];
const SOLVED: [SolvedState; 3] = [SolvedState::Solved, SolvedState::Partly, SolvedState::NotSolved];
const INVITATIONS: [InvitationOutcome; 5] = [
    InvitationOutcome::Accepted,
    InvitationOutcome::Declined,
    InvitationOutcome::NoAnswer,
    InvitationOutcome::Withdrawn,
    InvitationOutcome::Unreachable,
];
/// The one of a word.
fn of_word<T: Copy>(
    what: &str,
    all: &[T],
    word: impl Fn(&T) -> &'static str,
    text: &str,
) -> Result<T, String> {
    let found = all.iter().find(|one| word(one) == text).copied();
    found.ok_or_else(|| format!("{what} {text:?} is not known"))
}

/// An agent's stay in a state.
pub(super) fn of_state(names: &Names, line: u64, state: &AgentState) -> Result<Item, String> {
    let time = AgentTime::of_word(&state.state)
        .ok_or_else(|| format!("the state {:?} is not known", state.state))?;
    let (agent, _) = names.agent(&state.agent)?;
    let stay = Stay { agent, time, from_at: state.from.0, to_at: state.to.0 };
    Ok(Item { line, id: None, writes: vec![Write::Stay(stay)] })
}

/// An interaction with all that belongs to it.
pub(super) fn of_interaction(names: &Names, line: u64, one: &Interaction) -> Result<Item, String> {
    let id = InteractionId(one.id);
    let queue = names.queue(one.visits.first().map_or("", |visit| &visit.queue))?;
    let mut facts = Vec::new();
    for (no, visit) in (0..).zip(&one.visits) {
        facts.push(visit_fact(names, id, no, visit)?);
    }
    for (no, part) in (0..).zip(&one.handlings) {
        facts.push(part_fact(names, id, no, part)?);
    }
    for (no, offer) in (0..).zip(&one.offers) {
        facts.push(offer_fact(names, id, no, offer)?);
    }
    let mut writes = vec![Write::Interaction(Box::new(row(names, id, queue, one)?))];
    for consult in &one.consults {
        let (agent, name) = names.agent(&consult.agent)?;
        facts.extend(consult_facts(id, queue, agent, consult)?);
        writes.push(Write::Consult(Box::new(consult_row(id, agent, name, consult)?)));
    }
    writes.push(Write::Facts(facts));
    Ok(Item { line, id: Some(id), writes })
}

fn visit_fact(names: &Names, interaction: InteractionId, no: i64, visit: &Visit) -> Result<Fact, String> {
    Ok(Fact::Visit(VisitFact {
        interaction,
        no,
        queue: names.queue(&visit.queue)?,
        agent: visit.agent.as_ref().map_or(Ok(NO_AGENT), |name| names.agent(name).map(|(id, _)| id))?,
        entered_at: visit.entered_at.0,
        left_at: visit.left_at.0,
        outcome: of_word("the outcome", &VISITS, VisitOutcome::word, &visit.outcome)?,
        target: Target::default(),
    }))
}

fn part_fact(
    names: &Names,
    interaction: InteractionId,
    no: i64,
    part: &line::Handling,
) -> Result<Fact, String> {
    let transfer = |word: &String| of_word("the transfer", &TRANSFERS, Transfer::word, word);
    Ok(Fact::Handling(Handling {
        interaction,
        no,
        queue: names.queue(&part.queue)?,
        agent: names.agent(&part.agent)?.0,
        connected_at: part.connected_at.0,
        completed_at: part.completed_at.0,
        talk_ms: part.talk_ms.into(),
        hold_ms: part.hold_ms.into(),
        wrap_up_ms: part.wrap_up_ms.into(),
        dialling_ms: 0,
        contacting_ms: 0,
        transfer: part.transfer.as_ref().map(transfer).transpose()?,
    }))
}

/// An offer's id is made of the interaction's and its place, so that the same line makes the same one.
fn offer_fact(names: &Names, interaction: InteractionId, no: u128, offer: &Offer) -> Result<Fact, String> {
    Ok(Fact::Alert(Alert {
        offer: OfferId(uuid::Uuid::from_u128(interaction.0.as_u128().wrapping_add(no + 1))),
        interaction,
        queue: names.queue(&offer.queue)?,
        agent: names.agent(&offer.agent)?.0,
        offered_at: offer.offered_at.0,
        ended_at: offer.ended_at.0,
        outcome: of_word("the outcome", &OFFERS, OfferOutcome::word, &offer.outcome)?,
    }))
}

fn consult_facts(
    interaction: InteractionId,
    queue: QueueId,
    agent: UserId,
    one: &Consult,
) -> Result<Vec<Fact>, String> {
    let consult = ConsultId(one.id);
    let experts: std::collections::BTreeSet<_> = one.invitations.iter().map(|one| &one.expert).collect();
    let mut facts = vec![Fact::Consult(ConsultFact {
        consult,
        interaction: Some(interaction),
        queue,
        agent,
        asked_at: one.invitations.first().map_or(one.asked_at, |first| first.asked_at).0,
        ended_at: one.ended_at.0,
        outcome: outcome(one)?,
        attempt_count: i64::try_from(one.invitations.len()).unwrap_or(i64::MAX),
        expert_count: i64::try_from(experts.len()).unwrap_or(i64::MAX),
        hold_ms: one.hold_ms.into(),
    })];
    for (no, invitation) in (0..).zip(&one.invitations) {
        let person = person(&one.network, invitation);
        facts.push(Fact::Invitation(InvitationFact {
            consult,
            no,
            queue,
            agent,
            expert: person.id,
            expert_name: person.name,
            asked_at: invitation.asked_at.0,
            settled_at: invitation.settled_at.0,
            replied_at: invitation.replied_at.map(|at| at.0),
            ended_at: invitation.ended_at.0,
            outcome: of_word("the outcome", &INVITATIONS, InvitationOutcome::word, &invitation.outcome)?,
            target_ms: ANSWER_WITHIN_MS,
        }));
    }
    Ok(facts)
}

fn outcome(one: &Consult) -> Result<Option<SolvedState>, String> {
    let state = |word: &String| of_word("the outcome", &SOLVED, SolvedState::word, word);
    one.outcome.as_ref().map(state).transpose()
}

fn person(network: &str, invitation: &Invitation) -> Person {
    let id = PersonId { network: NetworkId(network.to_owned()), address: invitation.expert.clone() };
    Person::new(id, invitation.name.clone().unwrap_or_else(|| invitation.expert.clone()))
}

/// The interaction as the engine would have left it, so that its page shows it like any other.
fn row(
    names: &Names,
    id: InteractionId,
    queue: QueueId,
    one: &Interaction,
) -> Result<InteractionRow, String> {
    let agent = one.handlings.last().map(|part| names.agent(&part.agent)).transpose()?.map(|(id, _)| id);
    let reason = of_word("the end reason", &END_REASONS, EndReason::word, &one.end_reason)?;
    let disposition = one.disposition.as_ref().map(|name| names.disposition(name)).transpose()?;
    let sum =
        |ms: fn(&line::Handling) -> u32| one.handlings.iter().map(|part| i64::from(ms(part))).sum::<i64>();
    let answered_at = one.handlings.first().map(|part| part.connected_at.0);
    let whole = interaction::Interaction {
        id,
        queue,
        caller_number: one.caller_number.clone(),
        caller_name: one.caller_name.clone().filter(|name| !name.is_empty()),
        dialled_number: one.dialled_number.clone(),
        attached: AttachedData::default(),
        demand: hookflash_domain::routing::Demand::default(),
        started_at: one.started_at.0,
        answered_at,
        stage: Stage::Completed { agent, at: one.completed_at.0 },
        call: Call {
            state: CallState::Ended { at: one.ended_at.0, reason },
            held_total_ms: sum(|part| part.hold_ms),
            ..Call::default()
        },
        wrap_up_rule: WrapUpRule::default(),
        wrap_up: WrapUp { disposition, note: one.note.clone(), ..WrapUp::default() },
    };
    Ok(InteractionRow {
        interaction_id: id,
        queue_id: queue,
        agent_id: agent,
        state: whole.stage.word().to_owned(),
        started_at: whole.started_at,
        answered_at,
        call_ended_at: Some(one.ended_at.0),
        completed_at: Some(one.completed_at.0),
        end_reason: Some(reason.word().to_owned()),
        disposition_id: disposition,
        wait_ms: one.visits.iter().map(|visit| visit.left_at.0.since_ms(visit.entered_at.0)).sum(),
        talk_ms: sum(|part| part.talk_ms),
        hold_ms: sum(|part| part.hold_ms),
        wrap_up_ms: sum(|part| part.wrap_up_ms),
        consult_count: i64::try_from(one.consults.len()).unwrap_or(i64::MAX),
        attached: serde_json::to_string(&whole.attached).unwrap_or_default(),
        body: serde_json::to_string(&whole).unwrap_or_default(),
        caller_number: whole.caller_number,
        caller_name: whole.caller_name,
        dialled_number: whole.dialled_number,
        note: whole.wrap_up.note,
    })
}

fn consult_row(
    interaction: InteractionId,
    agent: UserId,
    agent_name: &str,
    one: &Consult,
) -> Result<ConsultRow, String> {
    let invitations: Vec<_> =
        one.invitations.iter().map(|invitation| invited(&one.network, invitation)).collect();
    let whole = consult::Consult {
        id: ConsultId(one.id),
        agent,
        agent_name: agent_name.to_owned(),
        interaction: Some(interaction),
        network: NetworkId(one.network.clone()),
        state: consult::State::Ended,
        invitations,
        question: String::new(),
        shared: Vec::new(),
        outcome: outcome(one)?,
        unread_count: 0,
        unsettled: BTreeMap::new(),
        started_at: one.asked_at.0,
        ended_at: Some(one.ended_at.0),
        hunt: None,
    };
    let last = whole.invitations.last().map(|invitation| invitation.expert.name.clone());
    Ok(ConsultRow {
        consult_id: whole.id,
        interaction_id: whole.interaction,
        agent_id: agent,
        network: whole.network.clone(),
        state: whole.state.word().to_owned(),
        outcome: whole.outcome.map(|outcome| outcome.word().to_owned()),
        started_at: whole.started_at,
        ended_at: whole.ended_at,
        expert_name: last.unwrap_or_default(),
        last_text: String::new(),
        body: serde_json::to_string(&whole).unwrap_or_default(),
    })
}

fn invited(network: &str, one: &Invitation) -> consult::Invitation {
    let state = match one.outcome.as_str() {
        "accepted" => InvitationState::Accepted,
        "declined" => InvitationState::Declined { reason: None },
        "no_answer" => InvitationState::NoAnswer,
        "withdrawn" => InvitationState::Withdrawn,
        _ => InvitationState::Unreachable { why: Unreachable::NetworkTrouble },
    };
    let left_at: Option<Timestamp> = (state == InvitationState::Accepted).then_some(one.ended_at.0);
    consult::Invitation {
        expert: person(network, one),
        by: Side::Agent,
        state,
        chat: None,
        question: String::new(),
        shared: Vec::new(),
        asked_at: one.asked_at.0,
        expires_at: one.asked_at.0.plus_ms(ANSWER_WITHIN_MS),
        settled_at: Some(one.settled_at.0),
        left_at,
        cut_off: None,
        first_reply_at: one.replied_at.map(|at| at.0),
        subject: None,
        importance: Importance::Normal,
        quiet: false,
        team: None,
        link: None,
        words: None,
    }
}
