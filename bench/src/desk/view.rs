//! What a desk knows: a snapshot and the events since.

use std::collections::BTreeMap;

use serde_json::Value;

/// A snapshot with the events applied. Collections are kept by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct View {
    /// The epoch and number of the last event; none before the first snapshot.
    pub seen: Option<(String, i64)>,
    /// The agent's state.
    pub agent: Value,
    /// The offer that rings, or null.
    pub offer: Value,
    /// Interactions that are not completed.
    pub interactions: BTreeMap<String, Value>,
    /// Open consults, and those of open interactions.
    pub consults: BTreeMap<String, Value>,
    /// Their messages.
    pub messages: BTreeMap<String, Value>,
    /// The agent's networks.
    pub networks: BTreeMap<String, Value>,
    /// The dispositions that may be chosen.
    pub dispositions: Value,
}

impl View {
    /// Takes the frame of a snapshot.
    pub fn replace(&mut self, frame: &Value) {
        let snapshot = &frame["snapshot"];
        let epoch = frame["epoch"].as_str().unwrap_or_default().to_owned();
        *self = Self {
            seen: Some((epoch, snapshot["seq"].as_i64().unwrap_or_default())),
            agent: snapshot["agent"].clone(),
            offer: snapshot["offer"].clone(),
            interactions: by_id(&snapshot["interactions"], "interaction_id"),
            consults: by_id(&snapshot["consults"], "consult_id"),
            messages: by_id(&snapshot["messages"], "message_id"),
            networks: by_id(&snapshot["networks"], "network"),
            dispositions: snapshot["dispositions"].clone(),
        };
    }

    /// Applies the frame of an event.
    pub fn apply(&mut self, frame: &Value) {
        if let Some((_, seq)) = &mut self.seen {
            *seq = frame["seq"].as_i64().unwrap_or(*seq);
        }
        match frame["event"].as_str().unwrap_or_default() {
            "agent" => self.agent = frame["agent"].clone(),
            "offer" => self.offer = frame["offer"].clone(),
            "interaction" => {
                let completed = frame["interaction"]["state"] == "completed";
                put(&mut self.interactions, &frame["interaction"], "interaction_id", completed);
            }
            "consult" => put(&mut self.consults, &frame["consult"], "consult_id", false),
            "consult_closed" => {
                let closed = &frame["consult_id"];
                self.consults.retain(|_, consult| consult["consult_id"] != *closed);
                self.messages.retain(|_, message| message["consult_id"] != *closed);
            }
            "message" => put(&mut self.messages, &frame["message"], "message_id", false),
            "network" => put(&mut self.networks, &frame["network"], "network", false),
            _ => {}
        }
    }

    /// The messages of a consult in the order of the desk: by moment, then id.
    #[must_use]
    pub fn transcript(&self, consult_id: &str) -> Vec<&Value> {
        let mut messages: Vec<_> =
            self.messages.values().filter(|message| message["consult_id"] == consult_id).collect();
        messages.sort_by_key(|message| (message["at"].as_i64(), message["message_id"].as_str()));
        messages
    }
}

fn by_id(list: &Value, id: &str) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    list.as_array().into_iter().flatten().for_each(|one| put(&mut all, one, id, false));
    all
}

fn put(all: &mut BTreeMap<String, Value>, one: &Value, id: &str, gone: bool) {
    let id = one[id].as_str().unwrap_or_default().to_owned();
    if gone {
        all.remove(&id);
    } else {
        all.insert(id, one.clone());
    }
}
