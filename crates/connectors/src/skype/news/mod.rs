//! From a pool's event document (UCWA 3) to what the engine is told. Pure: what has to be asked of
//! the pool comes out as [`Todo`].

mod conversation;
mod invitation;
mod message;
mod order;
#[cfg(test)]
mod traces;

use super::{
    chats::{Chats, Phase},
    people::Shown,
    resource::text,
    unknown,
};
use crate::{ChatId, SessionEvent};
use hookflash_domain::{NetworkId, Timestamp};
use serde_json::Value;
use std::time::Duration;

pub(super) use conversation::note_messaging;

/// Most events of one document that are read; a pool that sends more is broken.
const MOST_EVENTS: usize = 5_000;

/// Longest href that is believed; they become ids.
const LONGEST_HREF: usize = 2_048;

/// What the reading of events depends on besides the events.
pub(super) struct Reading<'a> {
    pub(super) network: &'a NetworkId,
    pub(super) now: Timestamp,
    pub(super) no_answer_after: Duration,
    pub(super) chats: &'a mut Chats,
    pub(super) told: Vec<SessionEvent>,
    pub(super) todo: Vec<Todo>,
    /// Conversations deleted in this document whose invitation has not been told to have ended.
    gone: Vec<ChatId>,
    /// Invitations of the far side in chats that were not open yet when they were read, with where
    /// they are accepted.
    rings_again: Vec<(ChatId, String)>,
}

/// What is to be asked of the pool after a document was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Todo {
    /// Post to this href: an invitation that is ours to accept, or one to take back.
    Post(String),
    /// Fetch a presence or note (its href, and that of its contact).
    Shown { href: String, contact: Option<String>, what: Shown },
    /// A presence subscription is about to end, or has ended.
    Subscription { href: String, over: bool },
}

/// One event of a document.
#[derive(Clone, Copy)]
pub(super) struct Event<'a> {
    pub(super) sender: &'a str,
    pub(super) rel: &'a str,
    pub(super) href: &'a str,
    pub(super) kind: &'a str,
    /// The embedded resource, or null.
    pub(super) resource: &'a Value,
    pub(super) raw: &'a Value,
}

impl Event<'_> {
    pub(super) fn failed(&self) -> bool {
        text(self.raw, "status").is_some_and(|status| status.eq_ignore_ascii_case("Failure"))
    }

    /// Whether it is about the agent's own list: a contact in it or in a group, or a group.
    fn within_list(&self) -> bool {
        self.rel != "contact" || !(self.within("subscribedContacts") || self.within("presenceSubscription"))
    }

    pub(super) fn within(&self, rel: &str) -> bool {
        self.raw.get("in").and_then(|within| text(within, "rel")).is_some_and(|known| known == rel)
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        network: &'a NetworkId,
        now: Timestamp,
        no_answer_after: Duration,
        chats: &'a mut Chats,
    ) -> Self {
        Self {
            network,
            now,
            no_answer_after,
            chats,
            told: Vec::new(),
            todo: Vec::new(),
            gone: Vec::new(),
            rings_again: Vec::new(),
        }
    }

    /// Reads a document; unknown and malformed events are passed over. What began comes before
    /// what was said in it, whatever the document's order.
    pub(super) fn document(&mut self, document: &Value) {
        let mut all: Vec<_> = events(document).collect();
        all.sort_by_key(order::rank);
        order::by_time(&mut all);
        for event in &all {
            self.event(event);
        }
        self.orphans();
        for (chat, accept) in std::mem::take(&mut self.rings_again) {
            let is_open = self.chats.by_id.get(&chat).is_some_and(|chat| chat.kept.phase == Phase::Open);
            self.todo.extend(is_open.then_some(Todo::Post(accept)));
        }
        for chat in std::mem::take(&mut self.gone) {
            if self.chats.end(&chat).is_some() {
                self.told.push(SessionEvent::Left { chat });
            }
        }
    }

    fn event(&mut self, event: &Event<'_>) {
        match event.rel {
            "messagingInvitation" => self.invitation(event),
            "conversation" => self.conversation(event),
            "messaging" => self.messaging(event),
            "message" => self.message(event),
            "participant" if event.within("typingParticipants") => self.typing(event),
            "contactPresence" if event.kind != "deleted" => self.shown(event, Shown::Presence),
            "contactNote" if event.kind != "deleted" => self.shown(event, Shown::Note),
            "contact" | "group" | "pinnedGroup" if event.within_list() => self.favourites_changed(),
            "presenceSubscription" if event.kind != "added" => {
                let over = event.kind == "deleted";
                self.todo.push(Todo::Subscription { href: event.href.to_owned(), over });
            }
            "contactPresence" | "contactNote" | "presenceSubscription" => {}
            rel => unknown::relation(self.network, rel),
        }
    }

    fn shown(&mut self, event: &Event<'_>, what: Shown) {
        let contact = event.raw.get("in").and_then(|within| text(within, "href")).map(str::to_owned);
        self.todo.push(Todo::Shown { href: event.href.to_owned(), contact, what });
    }

    fn favourites_changed(&mut self) {
        if !self.told.contains(&SessionEvent::FavouritesChanged) {
            self.told.push(SessionEvent::FavouritesChanged);
        }
    }

    /// Reads messages that came before their chat.
    fn orphans(&mut self) {
        for (conversation, raw) in self.chats.claim_orphans() {
            if let Some(event) = read(&conversation, &raw) {
                self.message(&event);
            }
        }
    }
}

/// The events of a document, in order.
pub(super) fn events(document: &Value) -> impl Iterator<Item = Event<'_>> {
    let senders = document.get("sender").and_then(Value::as_array).into_iter().flatten();
    let of_sender = |sender| {
        let from = text(sender, "href").unwrap_or_default();
        let events = sender.get("events").and_then(Value::as_array).into_iter().flatten();
        events.filter_map(move |raw| read(from, raw))
    };
    senders.flat_map(of_sender).take(MOST_EVENTS)
}

/// Where the sender of an incoming invitation is, if the event does not show them.
pub(super) fn unnamed_sender<'a>(event: &Event<'a>) -> Option<&'a str> {
    let is_incoming = event.rel == "messagingInvitation"
        && event.kind == "started"
        && text(event.resource, "direction") == Some("Incoming");
    let has_none = super::resource::embedded(event.resource, "from").is_none();
    super::resource::link(event.resource, "from").filter(|_| is_incoming && has_none)
}

fn read<'a>(sender: &'a str, raw: &'a Value) -> Option<Event<'a>> {
    let link = raw.get("link")?;
    let rel = text(link, "rel")?;
    let resource = super::resource::embedded(raw, rel).unwrap_or(&Value::Null);
    let href = text(link, "href").filter(|href| href.len() <= LONGEST_HREF)?;
    Some(Event { sender, rel, href, kind: text(raw, "type")?, resource, raw })
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Reading, Todo};
    use crate::{
        ChatId, SessionEvent,
        skype::chats::{Chat, Chats, Phase},
    };
    use hookflash_domain::{NetworkId, Timestamp};
    use serde_json::{Value, json};
    use std::time::Duration;

    /// Reads documents one after the other, a minute apart.
    pub(in crate::skype) fn read(chats: &mut Chats, documents: &[Value]) -> Vec<SessionEvent> {
        let network = NetworkId("skype".to_owned());
        let mut told = Vec::new();
        for (at, document) in documents.iter().enumerate() {
            let now = Timestamp(60_000 * i64::try_from(at).expect("small"));
            let mut reading = Reading::new(&network, now, Duration::from_secs(25), chats);
            reading.document(document);
            told.extend(reading.told);
        }
        told
    }

    #[test]
    fn rubbish_is_passed_over() {
        let rubbish = [
            json!(null),
            json!({"sender": 7}),
            json!({"sender": [{"events": [{}, 3, {"link": {}}, {"link": {"rel": "message"}}]}]}),
            json!({"sender": [{"href": "/c", "events": [
                {"link": {"rel": "message", "href": "/m"}, "type": "completed", "_embedded": {"message": 5}},
                {"link": {"rel": "messagingInvitation", "href": "/i"}, "type": "started", "_embedded": []},
                {"link": {"rel": "conversation", "href": "/c"}, "type": "deleted"},
                {"link": {"rel": "brandNew", "href": "/x"}, "type": "exploded"}]}]}),
        ];
        assert_eq!(read(&mut Chats::default(), &rubbish), []);
    }

    #[test]
    fn what_rings_again_is_taken_although_the_chat_opened_in_the_same_document() {
        let event = |href: &str, kind: &str, resource: Value| {
            json!({"link": {"rel": "messagingInvitation", "href": href}, "type": kind, "status": "Success",
                   "_embedded": {"messagingInvitation": resource}})
        };
        let ours =
            json!({"direction": "Outgoing", "operationId": "k", "_links": {"conversation": {"href": "/c"}}});
        let theirs = json!({"direction": "Incoming", "_links": {
            "conversation": {"href": "/c"}, "accept": {"href": "/i/2/accept"}}});
        let started = event("/i/1", "started", ours.clone());
        let rest = [event("/i/1", "completed", ours), event("/i/2", "started", theirs)];
        let mut chats = Chats::default();
        chats.by_id.insert(ChatId("k".to_owned()), Chat::new(Phase::Inviting, None));
        let network = NetworkId("skype".to_owned());
        let mut reading = Reading::new(&network, Timestamp(0), Duration::from_secs(25), &mut chats);
        reading.document(&json!({"sender": [{"href": "/communication", "events": [started]}]}));
        assert_eq!(reading.todo, []);
        reading.document(&json!({"sender": [{"href": "/communication", "events": rest}]}));
        assert_eq!(reading.todo, [Todo::Post("/i/2/accept".to_owned())]);
    }
}
