//! `consult.hunt` as it comes over the wire.

use crate::engine::command::{Command, ConsultCommand, Hunt};
use hookflash_domain::consult::{ANSWER_WITHIN_MS, HuntMode};
use hookflash_domain::{ConsultId, Importance, InteractionId, PersonId};
use serde::Deserialize;

/// The fields of the operation.
#[derive(Debug, Deserialize)]
pub(super) struct HuntFields {
    /// The consult in which to ask; a new one where absent.
    pub(super) consult_id: Option<ConsultId>,
    interaction_id: Option<InteractionId>,
    people: Vec<PersonId>,
    mode: HuntMode,
    within_ms: Option<i64>,
    question: String,
    #[serde(default)]
    share: Vec<String>,
    #[serde(default)]
    as_link: bool,
    #[serde(default)]
    importance: Importance,
}

impl HuntFields {
    /// What is asked of the engine.
    pub(super) fn command(self) -> Command {
        let hunt = Hunt {
            people: self.people,
            mode: self.mode,
            within_ms: self.within_ms.unwrap_or(ANSWER_WITHIN_MS),
            text: self.question,
            share: self.share,
            as_link: self.as_link,
            importance: self.importance,
        };
        match self.consult_id {
            Some(consult) => Command::Consult { consult, command: ConsultCommand::Hunt(hunt) },
            None => Command::StartHunt { interaction: self.interaction_id, hunt },
        }
    }
}
