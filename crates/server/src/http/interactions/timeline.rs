//! What happened, in order, from the numbered events.

use hookflash_store::NumberedEvent;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Kinds that are shown. Others are steps between them, or are told by the consult's own transcript.
const SHOWN: [&str; 48] = [
    "started",
    "queued",
    "assigned",
    "priority_set",
    "offered",
    "offer_declined",
    "offer_no_answer",
    "answered",
    "held",
    "resumed",
    "caller_held",
    "caller_resumed",
    "digit",
    "desk_away",
    "desk_back",
    "call_ended",
    "consult_started",
    "expert_began",
    "incoming_taken",
    "incoming_declined",
    "incoming_missed",
    "incoming_elsewhere",
    "expert_asked",
    "expert_alerting",
    "expert_accepted",
    "expert_declined",
    "expert_no_answer",
    "expert_unreachable",
    "invitation_withdrawn",
    "invitation_taken",
    "hunt_started",
    "expert_skipped",
    "hunt_ended",
    "expert_late",
    "expert_left",
    "chat_cut_off",
    "data_shared",
    "link_opened",
    "link_revoked",
    "skills_told",
    "consult_ended",
    "disposition_set",
    "note_saved",
    "wrap_up_timed_out",
    "completed",
    "offer_withdrawn",
    "offer_accepted",
    "consult_judged",
];

/// Something that happened.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct TimelineEntry {
    at: i64,
    /// What, as a stable word.
    kind: String,
    /// Who did it, as shown.
    by_name: Option<String>,
    /// The rest, by name.
    params: BTreeMap<String, String>,
}

/// The entries that people read.
pub(super) fn entries(events: Vec<NumberedEvent>) -> Vec<TimelineEntry> {
    let mut entries = Vec::new();
    let mut saved = Saved::default();
    for NumberedEvent { event, .. } in events {
        let payload: Map<String, Value> = serde_json::from_str(&event.payload).unwrap_or_default();
        let entry = |kind: &str, params: &Map<String, Value>| TimelineEntry {
            at: event.at.0,
            kind: kind.to_owned(),
            by_name: event.by_name.clone(),
            params: params.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect(),
        };
        match event.kind.as_str() {
            "wrap_up_saved" => {
                entries.extend(saved.changed(&payload).into_iter().map(|kind| entry(kind, &payload)));
            }
            kind if SHOWN.contains(&kind) => entries.push(entry(kind, &payload)),
            _ => {}
        }
    }
    entries
}

/// What was saved last: the desk saves while the agent types, and only a change is worth a line.
#[derive(Default)]
struct Saved {
    disposition: Option<String>,
    has_note: bool,
}

impl Saved {
    fn changed(&mut self, payload: &Map<String, Value>) -> Vec<&'static str> {
        let mut kinds = Vec::new();
        let disposition = payload.get("disposition_id").and_then(text);
        if disposition.is_some() && disposition != self.disposition {
            kinds.push("disposition_set");
        }
        let has_note = payload.get("note_chars").and_then(Value::as_u64).is_some_and(|chars| chars > 0);
        if has_note && !self.has_note {
            kinds.push("note_saved");
        }
        *self = Self { disposition, has_note };
        kinds
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => Some(items.iter().filter_map(text).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hookflash_domain::Timestamp;
    use hookflash_store::EventRow;

    fn event(kind: &str, payload: &str) -> NumberedEvent {
        let (kind, payload) = (kind.to_owned(), payload.to_owned());
        let ids = (None, None, None);
        let (interaction_id, consult_id, user_id) = ids;
        let event =
            EventRow { at: Timestamp(7), kind, interaction_id, consult_id, user_id, by_name: None, payload };
        NumberedEvent { seq: 1, event }
    }

    #[test]
    fn repeated_saving_gives_one_line_each_and_inner_steps_none() {
        let events = vec![
            event("answered", "{}"),
            event("message_added", r#"{"message_id":"x"}"#),
            event("wrap_up_saved", r#"{"disposition_id":null,"note_chars":3}"#),
            event("wrap_up_saved", r#"{"disposition_id":"d1","disposition_name":"Sold","note_chars":9}"#),
            event("wrap_up_saved", r#"{"disposition_id":"d1","disposition_name":"Sold","note_chars":12}"#),
            event("data_shared", r#"{"keys":["case","topic"],"count":2,"no":null}"#),
            event("completed", "not json"),
        ];
        let found = entries(events);
        let kinds: Vec<_> = found.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(kinds, ["answered", "note_saved", "disposition_set", "data_shared", "completed"]);
        assert_eq!(found[2].params.get("disposition_name").map(String::as_str), Some("Sold"));
        let shared: Vec<_> = found[3].params.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(shared, ["count=2", "keys=case, topic"]);
    }
}
