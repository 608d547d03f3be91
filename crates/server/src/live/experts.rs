//! What an agent asks about whom to ask: who helped before, and whom a hunt would skip.

use super::commands::Window;
use crate::engine::command::{Answer, Refused};
use crate::engine::helped::{Helped, Topic};
use hookflash_domain::consult::MAX_HUNTED;
use hookflash_domain::{InteractionId, PersonId};
use serde_json::{Value, json};

impl Window<'_> {
    /// `experts.helped`
    pub(super) async fn helped(&self, interaction: InteractionId) -> Answer {
        let helped = self.engine.helped_before(self.user, interaction).await?;
        let view = |one: &Helped| {
            json!({
                "person": self.person(&one.person),
                "topic": topic_view(&one.topic),
                "count": one.count,
                "last_at": one.last_at,
            })
        };
        Ok(json!({ "helped": helped.iter().map(view).collect::<Vec<_>>() }))
    }

    /// `experts.reach`
    pub(super) fn reach(&self, people: &[PersonId]) -> Answer {
        if people.len() > MAX_HUNTED {
            return Err(Refused::new("bad_request", "At most 20 people may be looked at."));
        }
        let against = people.iter().filter_map(|person| {
            Some(json!({ "person": person, "reason": self.engine.would_skip(self.user, person)? }))
        });
        Ok(json!({ "against": against.collect::<Vec<_>>() }))
    }
}

fn topic_view(topic: &Topic) -> Value {
    match topic {
        Topic::Disposition(name) => json!({ "kind": "disposition", "label": null, "value": name }),
        Topic::Data { label, value } => json!({ "kind": "data", "label": label, "value": value }),
    }
}
