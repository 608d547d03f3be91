//! What a consult comes to in figures, once it has ended, and what it was about where it was solved.

use crate::engine::helped::topics;
use crate::engine::shared::Shared;
use hookflash_domain::consult::{Consult, Event, Outcome, SolvedState};
use hookflash_domain::figures::{hold_during, of_consult};
use hookflash_domain::interaction::Interaction;
use hookflash_domain::{InteractionId, Span};
use hookflash_store::Write;
use hookflash_store::figures::FactsOf;
use hookflash_store::helped::ConsultTopicRow;

impl Shared {
    /// The facts that an outcome makes or changes: what an agent says after the end replaces them.
    pub(super) async fn consult_facts(&self, consult: &Consult, outcome: &Outcome) -> Vec<Write> {
        let is_told = |event: &Event| matches!(event, Event::Ended | Event::Judged { .. });
        let Some(ended_at) = consult.ended_at.filter(|_| outcome.events.iter().any(is_told)) else {
            return Vec::new();
        };
        let beside = match consult.interaction {
            Some(id) => self.interaction_beside(id).await,
            None => None,
        };
        let span = Span { from_at: consult.started_at, to_at: ended_at };
        let holds = beside.as_ref().map(|interaction| interaction.call.holds_until(ended_at));
        let hold_ms = hold_during(span, &holds.unwrap_or_default());
        let facts = of_consult(consult, beside.as_ref().map(|interaction| interaction.queue), hold_ms);
        let mut writes = vec![Write::CorrectFacts { of: FactsOf::Consult(consult.id), facts }];
        if let Some(interaction) = beside.filter(|_| consult.outcome == Some(SolvedState::Solved)) {
            writes.push(Write::Topics(self.topics_of(consult, &interaction)));
        }
        writes
    }

    fn topics_of(&self, consult: &Consult, interaction: &Interaction) -> Vec<ConsultTopicRow> {
        let row = |(key, value): (&str, &str)| ConsultTopicRow {
            key: key.to_owned(),
            value: value.to_owned(),
            started_at: consult.started_at,
            consult_id: consult.id,
        };
        topics(interaction, &self.rules()).map(row).collect()
    }

    /// The interaction on the board, or what is stored of it when it is over.
    async fn interaction_beside(&self, id: InteractionId) -> Option<Interaction> {
        if let Some(interaction) = self.board.interaction(id) {
            return Some(interaction.as_ref().clone());
        }
        match self.store.interaction(id).await {
            Ok(stored) => crate::engine::interaction::parse_body(&stored?.interaction.body),
            Err(error) => {
                tracing::warn!(%error, "the figures of a consult do without its interaction");
                None
            }
        }
    }
}
