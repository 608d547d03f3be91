//! `messagingInvitation` events (UCWA 5.1, 5.2, 5.4).

use super::{Event, Reading, Todo};
use crate::{
    ChatId, SessionEvent,
    skype::{
        chat::told,
        chats::{Chat, ChatLinks, Phase, Renewal},
        codec::{decode, plain, tidy},
        outcome::{self, Failed},
        people::{person_id, person_of},
        resource::{embedded, link, text},
        sent::Outcome,
    },
};
use hookflash_domain::{Importance, MessageId};
use serde_json::Value;

/// Most chats of one agent at a time; invitations beyond are left to ring out.
const MOST_CHATS: usize = 500;

/// Longest id of a chat, in bytes.
const LONGEST_CHAT: usize = 512;

impl Reading<'_> {
    pub(super) fn invitation(&mut self, event: &Event<'_>) {
        let direction = text(event.resource, "direction").unwrap_or_default();
        let known = self.known(event);
        match (event.kind, known) {
            ("started", Some(chat)) if direction == "Incoming" => self.again(event, &chat),
            ("started", Some(chat)) => self.rings(event, &chat),
            ("started", None) if direction == "Incoming" => self.offered(event),
            ("started" | "completed", None) if direction == "Outgoing" => self.unforeseen(event),
            ("completed", Some(chat)) => self.completed(event, &chat),
            _ => {}
        }
    }

    /// The chat that an invitation is about.
    fn known(&self, event: &Event<'_>) -> Option<ChatId> {
        if let Some(operation) = operation(event)
            && let Some(chat) = self.chats.of_renewal(operation)
        {
            return Some(chat);
        }
        if let Some(chat) = self.chats.of_invitation(event.href) {
            return Some(chat);
        }
        let operation = text(event.resource, "operationId").map(|id| ChatId(id.to_owned()));
        if let Some(chat) = operation.filter(|id| self.chats.by_id.contains_key(id)) {
            return Some(chat);
        }
        let conversation = link(event.resource, "conversation");
        if let Some(chat) = conversation.and_then(|href| self.chats.of_conversation(href)) {
            return Some(chat);
        }
        text(event.resource, "threadId").and_then(|thread| self.chats.of_thread(thread))
    }

    /// An invitation of ours rings: the chat's first, or one that continues it.
    fn rings(&mut self, event: &Event<'_>, id: &ChatId) {
        let now = self.now;
        let Some(chat) = self.chats.by_id.get_mut(id) else { return };
        if chat.kept.phase == Phase::Open && (renewal(chat, event).is_some() || chat.is_dormant()) {
            chat.renewal.iter_mut().for_each(|renewal| renewal.is_sure = true);
            place(chat, event);
            return;
        }
        if chat.kept.phase != Phase::Inviting {
            return;
        }
        place(chat, event);
        chat.kept.started_at.get_or_insert(now);
        if chat.leaving {
            // It was given up before the pool had told where it is.
            self.todo.extend(chat.links.stop.clone().map(Todo::Post));
        }
        self.told.push(SessionEvent::Reached { chat: id.clone() });
    }

    /// An invitation of ours from before a restart; its operation id is the chat's.
    fn unforeseen(&mut self, event: &Event<'_>) {
        let operation = text(event.resource, "operationId").filter(|id| id.len() <= LONGEST_CHAT);
        let Some(operation) = operation else { return };
        let id = ChatId(operation.to_owned());
        if self.chats.has_ended(&id) {
            return;
        }
        let person = text(event.resource, "to").map(|uri| person_id(self.network, uri));
        self.chats.by_id.insert(id.clone(), Chat::new(Phase::Inviting, person));
        if event.kind == "started" { self.rings(event, &id) } else { self.completed(event, &id) }
    }

    /// Somebody asks the agent.
    fn offered(&mut self, event: &Event<'_>) {
        let conversation = link(event.resource, "conversation").filter(|href| href.len() <= LONGEST_CHAT);
        let Some(conversation) = conversation else { return };
        let Some(from) = embedded(event.resource, "from").and_then(|from| person_of(self.network, from))
        else {
            return;
        };
        if self.chats.by_id.len() >= MOST_CHATS {
            return;
        }
        let id = ChatId(conversation.to_owned());
        let mut chat = Chat::new(Phase::Offered, Some(from.id.clone()));
        place(&mut chat, event);
        self.chats.by_id.insert(id.clone(), chat);
        let subject = text(event.resource, "subject").map(tidy);
        let importance = importance(event.resource);
        let text = opening(event.resource);
        let from = Box::new(from);
        self.told.push(SessionEvent::Incoming { chat: id, from, team: None, subject, importance, text });
    }

    /// The far side goes on in a chat whose window it had closed (UCWA 5.4): taken without asking.
    fn again(&mut self, event: &Event<'_>, id: &ChatId) {
        let Some(chat) = self.chats.by_id.get_mut(id) else { return };
        place(chat, event);
        // That the chat was opened may be told after this, in the same document.
        self.rings_again.extend(chat.links.accept.clone().map(|accept| (id.clone(), accept)));
    }

    fn completed(&mut self, event: &Event<'_>, id: &ChatId) {
        let Some(chat) = self.chats.by_id.get_mut(id) else { return };
        // The invitation that began the chat is repeated after a restart; any other rang in an open chat.
        let is_first = text(event.resource, "operationId") == Some(id.0.as_str());
        if chat.kept.phase == Phase::Open && !is_first {
            self.continued(event, id);
            return;
        }
        if event.failed() {
            self.ended(event, id);
            return;
        }
        place(chat, event);
        chat.kept.phase = Phase::Open;
        let accepted = embedded(event.resource, "acceptedByParticipant");
        if chat.kept.person.is_none() {
            chat.kept.person = accepted.and_then(|person| person_of(self.network, person)).map(|who| who.id);
        }
        // Too late to take it back: who hears of it says so, and leaves.
        chat.leaving = false;
        self.told.push(SessionEvent::Accepted { chat: id.clone() });
    }

    /// An invitation that continues an open chat is over, and with it the message in it has arrived
    /// or not. A message that waits behind an invitation is told why it cannot go.
    fn continued(&mut self, event: &Event<'_>, id: &ChatId) {
        let Some(chat) = self.chats.by_id.get_mut(id) else { return };
        let Some(operation) = operation(event) else { return };
        let is_ours = renewal(chat, event).is_some();
        if is_ours {
            chat.renewal = None;
        }
        let outcome = match event.failed() {
            true => Outcome::Failed(reason_words(event.raw)),
            false => Outcome::Delivered,
        };
        if is_ours && !chat.sent.knows(operation) {
            // It rang without a message, which was too long for it.
            if let Outcome::Failed(words) = outcome {
                chat.refused = Some(words.unwrap_or_else(|| "the other side did not come back".to_owned()));
            }
            return;
        }
        if !event.failed() {
            place(chat, event);
        }
        let verdict = chat.sent.outcome(event.href, Some(operation), outcome);
        self.told.extend(verdict.map(|verdict| told(id, verdict)));
    }

    fn ended(&mut self, event: &Event<'_>, id: &ChatId) {
        let Some(chat) = self.chats.end(id) else { return };
        let rang_ms = chat.kept.started_at.map_or(0, |at| self.now.since_ms(at));
        let failed = Failed {
            chat: id.clone(),
            reason: event.raw.get("reason"),
            ours: chat.leaving,
            rang_long: u128::try_from(rang_ms).unwrap_or(0) >= self.no_answer_after.as_millis(),
        };
        let incoming = chat.kept.phase == Phase::Offered;
        outcome::count_unknown(self.network, &failed);
        self.told.push(if incoming { outcome::incoming(failed) } else { outcome::outgoing(failed) });
    }
}

/// The operation id of an invitation that continues a chat.
fn operation(event: &Event<'_>) -> Option<MessageId> {
    text(event.resource, "operationId")?.parse().ok()
}

/// The renewal of the chat, if this invitation is it.
fn renewal<'c>(chat: &'c Chat, event: &Event<'_>) -> Option<&'c Renewal> {
    let operation = operation(event)?;
    chat.renewal.as_ref().filter(|renewal| renewal.operation == operation)
}

/// Notes where the parts of an invitation are.
fn place(chat: &mut Chat, event: &Event<'_>) {
    let href = |rel: &str| link(event.resource, rel).map(str::to_owned);
    chat.kept.invitation = Some(event.href.to_owned());
    chat.kept.conversation = href("conversation").or(chat.kept.conversation.take());
    chat.kept.thread = text(event.resource, "threadId").map(str::to_owned).or(chat.kept.thread.take());
    let links = std::mem::take(&mut chat.links);
    chat.links = ChatLinks {
        stop: href("cancel").or(links.stop),
        accept: href("accept"),
        decline: href("decline"),
        ..links
    };
}

/// How urgent an incoming invitation is; an unknown word is taken as usual.
fn importance(resource: &Value) -> Importance {
    match text(resource, "importance").unwrap_or_default().to_ascii_lowercase().as_str() {
        "urgent" => Importance::Urgent,
        "emergency" => Importance::Emergency,
        _ => Importance::Normal,
    }
}

/// The first message of an incoming invitation.
fn opening(resource: &Value) -> Option<String> {
    let (kind, text) = decode(link(resource, "message")?)?;
    Some(tidy(&if kind == "text/html" { plain(&text) } else { text })).filter(|text| !text.is_empty())
}

/// The network's own words of a failure.
pub(super) fn reason_words(raw: &Value) -> Option<String> {
    raw.get("reason").and_then(|reason| text(reason, "message")).map(tidy)
}
