//! The floor as supervisors see it.

use crate::engine::floor::{FloorAgent, FloorInteraction, FloorQueue, Gone, News, Step};
use crate::engine::rules::Membership;
use hookflash_domain::agent::{AgentState, NotReadyReason};
use hookflash_domain::figures::{Figures, METRICS, NO_QUEUE, Totals};
use hookflash_domain::{InteractionId, QueueId, Timestamp, UserId};
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The metrics of a queue's day.
const TODAY_METRICS: [&str; 7] =
    ["offered", "answered", "abandoned", "abandoned_percent", "service_level", "asa", "average_wait"];
/// The sums that those are made of.
const TODAY_TOTALS: [&str; 9] = [
    "offered",
    "answered",
    "answered_late",
    "abandoned",
    "abandoned_short",
    "flowed_out",
    "answered_wait_ms",
    "abandoned_wait_ms",
    "flowed_out_wait_ms",
];

/// The frame that tells a window.
#[derive(Serialize)]
pub struct FloorFrame<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    number: i64,
    whole: bool,
    queues: Vec<QueueView<'a>>,
    agents: Vec<AgentView<'a>>,
    interactions: Vec<InteractionView<'a>>,
    gone: GoneView<'a>,
}

#[derive(Serialize)]
struct GoneView<'a> {
    queues: &'a [QueueId],
    agents: &'a [UserId],
    interactions: &'a [InteractionId],
}

/// `FloorQueue`
#[derive(Serialize)]
struct QueueView<'a> {
    /// Null for all queues together.
    queue_id: Option<QueueId>,
    name: Option<&'a str>,
    waiting_count: usize,
    alerting_count: usize,
    interacting_count: usize,
    longest_waiting_since_at: Option<Timestamp>,
    longest_interacting_since_at: Option<Timestamp>,
    agents: AgentsView,
    today: TodayView,
}

/// Agents by state.
#[derive(Serialize)]
struct AgentsView {
    ready: usize,
    offered: usize,
    engaged: usize,
    wrap_up: usize,
    not_ready: usize,
    not_responding: usize,
}

#[derive(Serialize)]
struct TodayView {
    values: BTreeMap<&'static str, Option<f64>>,
    totals: BTreeMap<&'static str, i64>,
}

/// `FloorAgent`
#[derive(Serialize)]
struct AgentView<'a> {
    agent_id: UserId,
    name: &'a str,
    state: &'static str,
    reason: Option<NotReadyReason>,
    /// Null for who has never been at work.
    since_at: Option<Timestamp>,
    interaction_id: Option<InteractionId>,
    queues: Vec<MembershipView>,
    /// Skills and languages by id, with the proficiency.
    abilities: BTreeMap<Uuid, u8>,
}

#[derive(Serialize)]
struct MembershipView {
    queue_id: QueueId,
    active: bool,
}

/// `FloorInteraction`
#[derive(Serialize)]
struct InteractionView<'a> {
    interaction_id: InteractionId,
    queue_id: QueueId,
    state: &'static str,
    since_at: Timestamp,
    started_at: Timestamp,
    caller_number: &'a str,
    caller_name: Option<&'a str>,
    agent_id: Option<UserId>,
    priority: i32,
    /// Ids of skills and languages.
    asked: Vec<Uuid>,
    held: bool,
}

/// The frame of news.
#[must_use]
pub fn floor_frame(news: &News) -> FloorFrame<'_> {
    let Gone { queues, agents, interactions } = &news.gone;
    FloorFrame {
        kind: "floor",
        number: news.number,
        whole: news.whole,
        queues: news.queues.iter().map(queue_view).collect(),
        agents: news.agents.iter().map(agent_view).collect(),
        interactions: news.interactions.iter().map(interaction_view).collect(),
        gone: GoneView { queues, agents, interactions },
    }
}

fn queue_view(queue: &FloorQueue) -> QueueView<'_> {
    let agents = &queue.agents;
    QueueView {
        queue_id: Some(queue.queue).filter(|id| *id != NO_QUEUE),
        name: queue.name.as_deref(),
        waiting_count: queue.waiting_count,
        alerting_count: queue.alerting_count,
        interacting_count: queue.interacting_count,
        longest_waiting_since_at: queue.longest_waiting_since,
        longest_interacting_since_at: queue.longest_interacting_since,
        agents: AgentsView {
            ready: agents.ready,
            offered: agents.offered,
            engaged: agents.engaged,
            wrap_up: agents.wrap_up,
            not_ready: agents.not_ready,
            not_responding: agents.not_responding,
        },
        today: today_view(queue.today),
    }
}

fn today_view(totals: Totals) -> TodayView {
    let figures = Figures { totals, ..Figures::default() };
    let metrics = METRICS.iter().filter(|metric| TODAY_METRICS.contains(&metric.word));
    let sums = Totals::FIELDS.iter().copied().zip(totals.values());
    TodayView {
        values: metrics.map(|metric| (metric.word, (metric.value)(&figures))).collect(),
        totals: sums.filter(|(field, _)| TODAY_TOTALS.contains(field)).collect(),
    }
}

fn agent_view(agent: &FloorAgent) -> AgentView<'_> {
    let state = agent.seat.as_ref().map_or(AgentState::SignedOut, |seat| seat.state);
    let reason = if let AgentState::NotReady { reason } = state { Some(reason) } else { None };
    let membership = |of: &Membership| MembershipView { queue_id: of.queue, active: of.active };
    AgentView {
        agent_id: agent.agent,
        name: &agent.name,
        state: state.word(),
        reason,
        since_at: agent.seat.as_ref().map(|seat| seat.since),
        interaction_id: agent.interaction,
        queues: agent.memberships.iter().map(membership).collect(),
        abilities: agent.abilities.iter().map(|(ability, level)| (ability.id(), level.level())).collect(),
    }
}

fn interaction_view(interaction: &FloorInteraction) -> InteractionView<'_> {
    InteractionView {
        interaction_id: interaction.interaction,
        queue_id: interaction.queue,
        state: match interaction.step {
            Step::Waiting => "waiting",
            Step::Alerting => "alerting",
            Step::Interacting => "interacting",
            Step::WrapUp => "wrap_up",
        },
        since_at: interaction.since,
        started_at: interaction.started_at,
        caller_number: &interaction.caller_number,
        caller_name: interaction.caller_name.as_deref(),
        agent_id: interaction.agent,
        priority: interaction.priority,
        asked: interaction.asked.iter().map(|ability| ability.id()).collect(),
        held: interaction.held,
    }
}
