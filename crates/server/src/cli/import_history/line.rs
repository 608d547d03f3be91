//! The lines of a history file. Unknown fields are refused, so that a misspelt one is noticed.

use hookflash_domain::Timestamp;
use serde::{Deserialize, Deserializer, de};
use uuid::Uuid;

/// A line.
#[derive(Debug, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(super) enum Line {
    History(History),
    Queue(Named),
    Agent(Agent),
    Disposition(Named),
    Interaction(Box<Interaction>),
    AgentState(AgentState),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct History {
    pub(super) version: u32,
    #[serde(default, rename = "source")]
    _source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agent {
    pub(super) sign_in_name: String,
    #[serde(default)]
    pub(super) name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgentState {
    pub(super) agent: String,
    pub(super) state: String,
    pub(super) from: Moment,
    pub(super) to: Moment,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Interaction {
    pub(super) id: Uuid,
    #[serde(default)]
    pub(super) caller_number: String,
    #[serde(default)]
    pub(super) caller_name: Option<String>,
    #[serde(default)]
    pub(super) dialled_number: String,
    pub(super) started_at: Moment,
    pub(super) ended_at: Moment,
    pub(super) completed_at: Moment,
    pub(super) end_reason: String,
    #[serde(default)]
    pub(super) disposition: Option<String>,
    #[serde(default)]
    pub(super) note: String,
    pub(super) visits: Vec<Visit>,
    #[serde(default)]
    pub(super) handlings: Vec<Handling>,
    #[serde(default)]
    pub(super) offers: Vec<Offer>,
    #[serde(default)]
    pub(super) consults: Vec<Consult>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Visit {
    pub(super) queue: String,
    pub(super) entered_at: Moment,
    pub(super) left_at: Moment,
    pub(super) outcome: String,
    #[serde(default)]
    pub(super) agent: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Handling {
    pub(super) queue: String,
    pub(super) agent: String,
    pub(super) connected_at: Moment,
    pub(super) completed_at: Moment,
    pub(super) talk_ms: u32,
    #[serde(default)]
    pub(super) hold_ms: u32,
    #[serde(default)]
    pub(super) wrap_up_ms: u32,
    #[serde(default)]
    pub(super) transfer: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Offer {
    pub(super) queue: String,
    pub(super) agent: String,
    pub(super) offered_at: Moment,
    pub(super) ended_at: Moment,
    pub(super) outcome: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consult {
    pub(super) id: Uuid,
    pub(super) agent: String,
    pub(super) network: String,
    pub(super) asked_at: Moment,
    pub(super) ended_at: Moment,
    #[serde(default)]
    pub(super) outcome: Option<String>,
    #[serde(default)]
    pub(super) hold_ms: u32,
    pub(super) invitations: Vec<Invitation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Invitation {
    pub(super) expert: String,
    #[serde(default)]
    pub(super) name: Option<String>,
    pub(super) asked_at: Moment,
    pub(super) settled_at: Moment,
    #[serde(default)]
    pub(super) replied_at: Option<Moment>,
    pub(super) ended_at: Moment,
    pub(super) outcome: String,
}

/// A moment in RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(pub(super) Timestamp);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let at: jiff::Timestamp =
            text.parse().map_err(|_| de::Error::custom(format!("{text:?} is no moment of RFC 3339")))?;
        Ok(Self(Timestamp(at.as_millisecond())))
    }
}
