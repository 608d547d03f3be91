//! What a report is about, in the words that the API and the database share.

use super::form::{GrainWord, MediumWord};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a report is narrowed down to, and how finely it is laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ReportAbout)]
pub(crate) struct About {
    /// Queues; all where empty.
    pub(crate) queue_ids: Vec<Uuid>,
    /// Users; all where empty.
    pub(crate) agent_ids: Vec<Uuid>,
    /// Dispositions; all where empty.
    pub(crate) disposition_ids: Vec<Uuid>,
    /// Skills and languages: of interactions that asked for all of them.
    pub(crate) ability_ids: Vec<Uuid>,
    /// Media; all where empty.
    pub(crate) media: Vec<MediumWord>,
    /// The report's usual where null.
    pub(crate) grain: Option<GrainWord>,
}
