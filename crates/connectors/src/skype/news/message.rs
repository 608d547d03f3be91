//! `message` events (UCWA 5.5).

use super::{Event, Reading, invitation::reason_words};
use crate::{
    SessionEvent,
    skype::{
        chat::told,
        codec::{decode, parse_date, plain, safe, tidy},
        people::person_id,
        resource::{link, text},
        sent::Outcome,
    },
};
use hookflash_domain::MessageId;

impl Reading<'_> {
    pub(super) fn message(&mut self, event: &Event<'_>) {
        if event.kind != "completed" {
            return;
        }
        if text(event.resource, "direction") == Some("Outgoing") {
            self.sent(event);
        } else {
            self.received(event);
        }
    }

    fn received(&mut self, event: &Event<'_>) {
        let Some(id) = self.chats.of_conversation(event.sender) else {
            return self.chats.keep_orphan(event.sender, event.raw);
        };
        let body = ["plainMessage", "htmlMessage"].iter().find_map(|rel| link(event.resource, rel));
        let Some((kind, body)) = body.and_then(decode) else { return };
        let is_html = kind == "text/html";
        let person = self.chats.by_id.get(&id).and_then(|chat| chat.kept.person.clone());
        self.told.push(SessionEvent::Message {
            chat: id,
            network_message_id: event.href.to_owned(),
            from: person.unwrap_or_else(|| person_id(self.network, "")),
            text: tidy(&if is_html { plain(&body) } else { body.clone() }),
            html: is_html.then(|| safe(&body)),
            at: text(event.resource, "timeStamp").and_then(parse_date).unwrap_or(self.now),
        });
    }

    fn sent(&mut self, event: &Event<'_>) {
        let Some(id) = self.chats.of_conversation(event.sender) else { return };
        let Some(chat) = self.chats.by_id.get_mut(&id) else { return };
        let named = ["operationId", "operationContext"].iter().find_map(|name| text(event.resource, name));
        let operation = named.and_then(|key| key.parse::<MessageId>().ok());
        let outcome = match event.failed() {
            true => Outcome::Failed(reason_words(event.raw)),
            false => Outcome::Delivered,
        };
        let verdict = chat.sent.outcome(event.href, operation, outcome);
        self.told.extend(verdict.map(|verdict| told(&id, verdict)));
    }
}
