//! Events become facts and agents' time, one after the other as they happen. Live figures use this; the
//! database is given the same facts by `of_interaction` and `of_consult`, which need no memory of events.

use super::facts::{Fact, Handling, NO_AGENT, Visit, VisitOutcome};
use super::of_consult::{hold_during, of_consult};
use super::service_level::Target;
use crate::consult::{self, Consult};
use crate::{ConsultId, InteractionId, QueueId, Span, Timestamp, UserId, interaction};
use std::collections::BTreeMap;

/// What is under way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fold {
    targets: BTreeMap<QueueId, Target>,
    open: BTreeMap<InteractionId, Open>,
    /// Over, but a consult that began beside it is not.
    outlived: BTreeMap<InteractionId, Open>,
    /// Consults under way, by the interaction beside which they began.
    beside: BTreeMap<ConsultId, InteractionId>,
}

/// An interaction under way.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Open {
    queue: QueueId,
    entered_at: Timestamp,
    answered: Option<(UserId, Timestamp)>,
    held_since: Option<Timestamp>,
    holds: Vec<Span>,
    ended_at: Option<Timestamp>,
}

impl Fold {
    /// Takes a queue's present target; stays that end from then on are measured by it.
    pub fn set_target(&mut self, queue: QueueId, target: Target) {
        self.targets.insert(queue, target);
    }

    /// Takes an event of an interaction of a queue: gives its facts when it is over.
    pub fn interaction(
        &mut self,
        now: Timestamp,
        id: InteractionId,
        queue: QueueId,
        event: &interaction::Event,
    ) -> Vec<Fact> {
        let open = self.open.entry(id).or_insert_with(|| Open::new(queue, now));
        match event {
            interaction::Event::Answered { agent } => open.answered = Some((*agent, now)),
            interaction::Event::Held => open.held_since = Some(now),
            interaction::Event::Resumed { .. } => open.resume(now),
            interaction::Event::CallEnded { .. } => {
                open.resume(now);
                open.ended_at = Some(now);
            }
            interaction::Event::Completed => {
                let target = self.targets.get(&queue).copied().unwrap_or_default();
                let Some(open) = self.open.remove(&id) else { return Vec::new() };
                if self.beside.values().any(|other| *other == id) {
                    self.outlived.insert(id, open.clone());
                }
                return open.facts(now, id, target);
            }
            _ => {}
        }
        Vec::new()
    }

    /// Takes an event of a consult, which has changed already: gives its facts when it is over.
    pub fn consult(&mut self, consult: &Consult, event: &consult::Event) -> Vec<Fact> {
        match (event, consult.ended_at) {
            (consult::Event::Started { .. }, _) => {
                self.beside.extend(consult.interaction.map(|interaction| (consult.id, interaction)));
                Vec::new()
            }
            (consult::Event::Ended, Some(ended_at)) => self.consult_ended(consult, ended_at),
            _ => Vec::new(),
        }
    }

    fn consult_ended(&mut self, consult: &Consult, ended_at: Timestamp) -> Vec<Fact> {
        let interaction = self.beside.remove(&consult.id);
        let open = interaction.and_then(|id| self.open.get(&id).or_else(|| self.outlived.get(&id)));
        let span = Span { from_at: consult.started_at, to_at: ended_at };
        let hold_ms = open.map_or(0, |open| hold_during(span, &open.holds_until(ended_at)));
        let facts = of_consult(consult, open.map(|open| open.queue), hold_ms);
        self.outlived.retain(|id, _| self.beside.values().any(|other| other == id));
        facts
    }
}

impl Open {
    fn new(queue: QueueId, entered_at: Timestamp) -> Self {
        Self { queue, entered_at, answered: None, held_since: None, holds: Vec::new(), ended_at: None }
    }

    fn resume(&mut self, now: Timestamp) {
        self.holds.extend(self.held_since.take().map(|from_at| Span { from_at, to_at: now }));
    }

    fn holds_until(&self, now: Timestamp) -> Vec<Span> {
        let under_way = self.held_since.map(|from_at| Span { from_at, to_at: now });
        self.holds.iter().copied().chain(under_way).collect()
    }

    fn facts(self, now: Timestamp, interaction: InteractionId, target: Target) -> Vec<Fact> {
        let ended_at = self.ended_at.unwrap_or(now);
        let (left_at, outcome, agent) = match self.answered {
            Some((agent, at)) => (at, VisitOutcome::Answered, agent),
            None => (ended_at, VisitOutcome::Abandoned, NO_AGENT),
        };
        let (queue, entered_at) = (self.queue, self.entered_at);
        let visit = Visit { interaction, no: 0, queue, agent, entered_at, left_at, outcome, target };
        let hold_ms: i64 = self.holds.iter().map(|hold| hold.ms()).sum();
        let handling = self.answered.map(|(agent, connected_at)| Handling {
            interaction,
            no: 0,
            queue,
            agent,
            connected_at,
            completed_at: now,
            talk_ms: (ended_at.since_ms(connected_at) - hold_ms).max(0),
            hold_ms,
            wrap_up_ms: now.since_ms(ended_at),
            dialling_ms: 0,
            contacting_ms: 0,
            transfer: None,
        });
        std::iter::once(Fact::Visit(visit)).chain(handling.map(Fact::Handling)).collect()
    }
}
