//! What one desk was promised, and the check of each snapshot against it.

use std::collections::{BTreeMap, BTreeSet};

use hookflash_bench::desk::{Refused, View, Watcher};
use parking_lot::Mutex;
use serde_json::Value;

/// Refusals that a script may meet: it tries again. `call_ended`, `offer_gone` and `no_line` follow from the
/// death of calls and lines with the server.
const EXPECTED: [&str; 7] =
    ["no_network", "network_trouble", "not_saved", "busy", "call_ended", "offer_gone", "no_line"];

/// The last acknowledged value, and those under way that may have been taken since.
#[derive(Debug, Clone, Default)]
pub(crate) struct Last<T> {
    acknowledged: Option<T>,
    under_way: Vec<T>,
}

impl<T: Clone + PartialEq> Last<T> {
    fn asked(&mut self, value: T) {
        self.under_way.push(value);
    }

    fn done(&mut self, value: &T) {
        self.refused(value);
        self.acknowledged = Some(value.clone());
    }

    fn refused(&mut self, value: &T) {
        if let Some(place) = self.under_way.iter().position(|one| one == value) {
            self.under_way.remove(place);
        }
    }

    /// Whether this is a value that may be seen.
    pub(crate) fn allows(&self, seen: &T) -> bool {
        let nothing_yet = self.acknowledged.is_none();
        nothing_yet || self.acknowledged.as_ref() == Some(seen) || self.under_way.contains(seen)
    }
}

/// What was promised about a consult.
#[derive(Debug, Clone, Default)]
pub(crate) struct ConsultFacts {
    /// Message ids and texts, in the order in which they were acknowledged.
    pub(crate) said: Vec<(String, String)>,
    /// Messages of the expert that were shown: id and text.
    pub(crate) heard: BTreeMap<String, String>,
    pub(crate) outcome: Last<Value>,
    /// It is to end, so it may be gone.
    pub(crate) is_ending: bool,
}

/// What was promised about an interaction: disposition and note.
#[derive(Debug, Clone, Default)]
pub(crate) struct InteractionFacts {
    pub(crate) wrap_up: Last<(Value, Value)>,
    /// It is to be completed, so it may be gone.
    pub(crate) is_ending: bool,
}

/// All that was promised to one desk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub(crate) consults: BTreeMap<String, ConsultFacts>,
    pub(crate) interactions: BTreeMap<String, InteractionFacts>,
    /// What experts were asked.
    pub(crate) questions: Vec<String>,
    /// Of these, those of which the desk says that they were not answered in time: they may have reached the expert.
    pub(crate) given_up: BTreeSet<String>,
    agent: Last<(String, Value)>,
    /// Whether calls change the agent's state too.
    takes_calls: bool,
    pub(crate) snapshot_count: usize,
    pub(crate) state_count: usize,
    pub(crate) faults: Vec<String>,
}

/// The ledger of a desk.
#[derive(Default)]
pub(crate) struct Ledger(Mutex<Facts>);

impl Ledger {
    pub(crate) fn facts(&self) -> Facts {
        self.0.lock().clone()
    }

    /// Notes something that must not happen.
    pub(crate) fn note(&self, fault: String) {
        self.0.lock().faults.push(fault);
    }

    /// Notes that the desk was told of a question that it was not answered in time.
    pub(crate) fn given_up(&self, question: &str) {
        self.0.lock().given_up.insert(question.to_owned());
    }
}

impl Watcher for Ledger {
    fn asked(&self, command: &Value) {
        let facts = &mut *self.0.lock();
        match op(command) {
            "consult.outcome" => facts.consult(command).outcome.asked(command["outcome"].clone()),
            "consult.end" => facts.consult(command).is_ending = true,
            "wrap_up.save" => facts.interaction(command).wrap_up.asked(wrap_up(command)),
            "wrap_up.done" => facts.interaction(command).is_ending = true,
            "agent.ready" | "agent.not_ready" => facts.agent.asked(state(command)),
            "offer.accept" => facts.takes_calls = true,
            _ => {}
        }
    }

    fn done(&self, command: &Value, result: &Value) {
        let facts = &mut *self.0.lock();
        match op(command) {
            "consult.start" | "consult.ask" => {
                facts.consult(result);
                facts.questions.push(text(&command["question"]));
            }
            "consult.say" => {
                let said = (text(&command["message_id"]), text(&command["text"]));
                facts.consult(command).said.push(said);
            }
            "consult.outcome" => facts.consult(command).outcome.done(&command["outcome"]),
            "wrap_up.save" => facts.interaction(command).wrap_up.done(&wrap_up(command)),
            "agent.ready" | "agent.not_ready" => {
                facts.agent.done(&state(command));
                facts.state_count += 1;
            }
            _ => {}
        }
    }

    fn refused(&self, command: &Value, refused: &Refused) {
        let facts = &mut *self.0.lock();
        if !EXPECTED.contains(&refused.code.as_str()) {
            facts.faults.push(format!("{} was refused: {refused}", op(command)));
        }
        match op(command) {
            "consult.outcome" => facts.consult(command).outcome.refused(&command["outcome"]),
            "wrap_up.save" => facts.interaction(command).wrap_up.refused(&wrap_up(command)),
            "agent.ready" | "agent.not_ready" => facts.agent.refused(&state(command)),
            _ => {}
        }
    }

    fn snapshot(&self, view: &View) {
        let facts = &mut *self.0.lock();
        facts.snapshot_count += 1;
        let faults = facts.missing_in(view);
        facts.faults.extend(faults);
        for message in view.messages.values() {
            facts.shown(message);
        }
    }

    fn event(&self, event: &Value) {
        if event["event"] == "message" {
            self.0.lock().shown(&event["message"]);
        }
    }
}

impl Facts {
    fn consult(&mut self, of: &Value) -> &mut ConsultFacts {
        self.consults.entry(text(&of["consult_id"])).or_default()
    }

    fn interaction(&mut self, of: &Value) -> &mut InteractionFacts {
        self.interactions.entry(text(&of["interaction_id"])).or_default()
    }

    fn shown(&mut self, message: &Value) {
        if message["by"] == "expert" {
            let heard = (text(&message["message_id"]), text(&message["text"]));
            self.consult(message).heard.extend([heard]);
        }
    }

    /// What a snapshot lacks, or shows in another way than promised.
    fn missing_in(&self, view: &View) -> Vec<String> {
        let mut faults = Vec::new();
        for (id, facts) in self.consults.iter().filter(|(_, facts)| !facts.is_ending) {
            match view.consults.get(id) {
                None => faults.push(format!("consult {id} is missing")),
                Some(consult) if !facts.outcome.allows(&consult["outcome"]) => {
                    faults.push(format!(
                        "consult {id} has the outcome {}: {:?}",
                        consult["outcome"], facts.outcome
                    ));
                }
                Some(_) => faults.extend(facts.check(id, &view.transcript(id))),
            }
        }
        for (id, facts) in self.interactions.iter().filter(|(_, facts)| !facts.is_ending) {
            let shown = view.interactions.get(id).map(|one| wrap_up(&one["wrap_up"]));
            if !shown.as_ref().is_some_and(|shown| facts.wrap_up.allows(shown)) {
                faults.push(format!("interaction {id} has {shown:?}: {:?}", facts.wrap_up));
            }
        }
        let agent = (text(&view.agent["state"]), view.agent["reason"].clone());
        if !self.takes_calls && !self.agent.allows(&agent) {
            faults.push(format!("the agent's state is {agent:?}: {:?}", self.agent));
        }
        faults
    }
}

impl ConsultFacts {
    /// What a transcript lacks or has twice, or in another order.
    pub(crate) fn check(&self, id: &str, transcript: &[&Value]) -> Vec<String> {
        let mut faults = Vec::new();
        let mut places = BTreeMap::new();
        let mut texts = BTreeSet::new();
        for (place, message) in transcript.iter().enumerate() {
            places.insert(text(&message["message_id"]), (place, text(&message["text"])));
            if !texts.insert(text(&message["text"])) {
                faults.push(format!("consult {id} shows {} twice", message["text"]));
            }
        }
        for (message_id, text) in self.said.iter().map(|(id, text)| (id, text)).chain(&self.heard) {
            if places.get(message_id).is_none_or(|(_, shown)| shown != text) {
                faults.push(format!("consult {id} lacks {text:?}"));
            }
        }
        let order: Vec<_> = self.said.iter().filter_map(|(id, _)| Some(places.get(id)?.0)).collect();
        if !order.is_sorted() {
            faults.push(format!("consult {id} shows messages in the order {order:?}"));
        }
        faults
    }
}

fn op(command: &Value) -> &str {
    command["op"].as_str().unwrap_or_default()
}

/// A text, or nothing where there is none.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn wrap_up(of: &Value) -> (Value, Value) {
    (of["disposition_id"].clone(), of["note"].clone())
}

fn state(command: &Value) -> (String, Value) {
    match op(command) {
        "agent.ready" => ("ready".to_owned(), Value::Null),
        _ => ("not_ready".to_owned(), command["reason"].clone()),
    }
}
