//! The lines of the file, as the format's documentation has them.

use super::moment::Moment;
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(super) enum Line {
    History { version: u32, source: &'static str },
    Queue { name: String },
    Agent { sign_in_name: String, name: String },
    Disposition { name: String },
    Interaction(Box<Interaction>),
    AgentState(AgentState),
}

#[derive(Debug, Serialize)]
pub(super) struct AgentState {
    pub(super) agent: String,
    pub(super) state: &'static str,
    pub(super) from: Moment,
    pub(super) to: Moment,
}

#[derive(Debug, Serialize)]
pub(super) struct Interaction {
    pub(super) id: String,
    pub(super) caller_number: String,
    pub(super) caller_name: String,
    pub(super) dialled_number: String,
    pub(super) started_at: Moment,
    pub(super) ended_at: Moment,
    pub(super) completed_at: Moment,
    pub(super) end_reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) disposition: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) note: String,
    pub(super) visits: Vec<Visit>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) handlings: Vec<Handling>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) offers: Vec<Offer>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) consults: Vec<Consult>,
}

#[derive(Debug, Serialize)]
pub(super) struct Visit {
    pub(super) queue: String,
    pub(super) entered_at: Moment,
    pub(super) left_at: Moment,
    pub(super) outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agent: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Handling {
    pub(super) queue: String,
    pub(super) agent: String,
    pub(super) connected_at: Moment,
    pub(super) completed_at: Moment,
    pub(super) talk_ms: i64,
    pub(super) hold_ms: i64,
    pub(super) wrap_up_ms: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) transfer: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub(super) struct Offer {
    pub(super) queue: String,
    pub(super) agent: String,
    pub(super) offered_at: Moment,
    pub(super) ended_at: Moment,
    pub(super) outcome: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct Consult {
    pub(super) id: String,
    pub(super) agent: String,
    pub(super) network: &'static str,
    pub(super) asked_at: Moment,
    pub(super) ended_at: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) outcome: Option<&'static str>,
    pub(super) hold_ms: i64,
    pub(super) invitations: Vec<Invitation>,
}

#[derive(Debug, Serialize)]
pub(super) struct Invitation {
    pub(super) expert: String,
    pub(super) name: String,
    pub(super) asked_at: Moment,
    pub(super) settled_at: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) replied_at: Option<Moment>,
    pub(super) ended_at: Moment,
    pub(super) outcome: &'static str,
}
