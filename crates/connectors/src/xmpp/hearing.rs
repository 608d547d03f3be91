//! What an expert's client says to an agent.

use super::{
    agent::Agent,
    chat::{Chat, Held, Phase},
    chats::Chats,
    hub::Hub,
    message::{ChatState, Said},
    stanza::{Refusal, refuse},
    words::{self, Answer},
};
use crate::{ChatId, SessionEvent, Unreachable, clock};
use hookflash_domain::{Importance, Person, Presence};
use minidom::Element;
use uuid::Uuid;

/// Longest message that is taken, in bytes.
const LONGEST: usize = 64 * 1024;
/// Most messages that wait until the agent takes a chat, and most bytes.
const MOST_HELD: usize = 100;
const MOST_HELD_BYTES: usize = LONGEST;

/// Takes a message to an agent, or to a team of theirs; gives what is to be answered at once.
pub(super) fn hear(hub: &Hub, agent: &Agent, team: Option<&str>, stanza: &Element) -> Option<Element> {
    let said = Said::read(stanza)?;
    let with = said.from.to_bare().to_string();
    let ear = Ear { hub, agent, team, said: &said, with: &with };
    if let Some(refusal) = &said.refusal {
        ear.came_back(refusal);
        return None;
    }
    if let Some(language) = said.language {
        hub.note_language(&with, language);
    }
    if let Some(id) = &said.receipt {
        ear.arrived(id);
    }
    if said.body.as_ref().is_some_and(|body| body.len() > LONGEST) {
        return refuse(stanza, "policy-violation", Some(hub.language_of(&with).too_long()));
    }
    if said.body.is_some() && !(agent.has_room() && ear.has_room()) {
        return refuse(stanza, "resource-constraint", Some(hub.language_of(&with).too_much()));
    }
    ear.words();
    ear.state();
    None
}

/// One message, and who hears it.
struct Ear<'a> {
    hub: &'a Hub,
    agent: &'a Agent,
    team: Option<&'a str>,
    said: &'a Said,
    with: &'a str,
}

impl Ear<'_> {
    fn chat(&self) -> Option<ChatId> {
        self.agent.chats.lock().of(self.team, self.said.chat.as_deref(), self.with)
    }

    /// Whether a new chat of this expert may begin, or the one that rings may get longer.
    fn has_room(&self) -> bool {
        let chats = self.agent.chats.lock();
        let more = self.said.body.as_ref().map_or(0, String::len);
        match chats.of(self.team, self.said.chat.as_deref(), self.with).and_then(|id| chats.by_id.get(&id)) {
            Some(chat) => chat.held.len() < MOST_HELD && chat.held_bytes() + more <= MOST_HELD_BYTES,
            None => chats.has_room(),
        }
    }

    /// The id of a message of ours has arrived.
    fn arrived(&self, id: &str) {
        let mut chats = self.agent.chats.lock();
        let named = ChatId(id.to_owned());
        if let Some(chat) = chats.alive(&named).filter(|chat| chat.with == self.with) {
            self.reached(&named, chat);
            return;
        }
        let found = chats.by_id.iter().filter(|(_, chat)| chat.with == self.with);
        let found = found.filter_map(|(chat_id, chat)| Some((chat_id.clone(), chat.key_of(id)?))).next();
        if let Some((chat, key)) = found {
            self.agent.tell(SessionEvent::Delivered { chat, key });
        }
    }

    fn reached(&self, id: &ChatId, chat: &mut Chat) {
        if chat.phase == Phase::Asked && !std::mem::replace(&mut chat.reached, true) {
            self.agent.tell(SessionEvent::Reached { chat: id.clone() });
        }
    }

    /// A message of ours came back.
    fn came_back(&self, refusal: &Refusal) {
        let Some(id) = &self.said.id else { return };
        let mut chats = self.agent.chats.lock();
        let asked = ChatId(id.clone());
        let is_question =
            chats.alive(&asked).is_some_and(|chat| chat.phase == Phase::Asked && chat.with == self.with);
        if is_question {
            chats.set(&asked, Phase::Over);
            let why = why(refusal, self.hub.board.lock().presence(self.with));
            self.agent.tell(SessionEvent::Unreachable { chat: asked, why, words: Some(refusal.words()) });
            return;
        }
        let found = chats.by_id.iter().filter(|(_, chat)| chat.with == self.with);
        let found = found.filter_map(|(chat_id, chat)| Some((chat_id.clone(), chat.key_of(id)?))).next();
        if let Some((chat, key)) = found {
            let reason = Some(refusal.words());
            self.agent.tell(SessionEvent::Failed { chat, key, reason });
        }
    }

    /// Takes what was written.
    fn words(&self) {
        if self.said.body.is_none() && self.said.answer.is_none() {
            return;
        }
        let Some(id) = self.chat() else {
            self.without_chat();
            return;
        };
        let mut chats = self.agent.chats.lock();
        let Some(phase) = chats.by_id.get_mut(&id).map(|chat| self.bind(chat)) else { return };
        match (phase, &self.said.answer) {
            (Phase::Asked, Some(Answer::Decline(reason))) => {
                chats.set(&id, Phase::Over);
                // The answer itself is told already; what stood beside a pressed button is not.
                let words = self.said.body.clone().filter(|body| words::answer(body).is_none());
                let reason = reason.clone();
                let receipt = self.receipt(&id, chats.by_id.get(&id));
                self.agent.tell_with(SessionEvent::Declined { chat: id, reason, words }, receipt);
            }
            (Phase::Asked, answer) => {
                chats.set(&id, Phase::Open);
                let receipt = answer.as_ref().and_then(|_| self.receipt(&id, chats.by_id.get(&id)));
                self.agent.tell_with(SessionEvent::Accepted { chat: id.clone() }, receipt);
                if answer.is_none() {
                    self.message(&id, chats.by_id.get(&id));
                }
            }
            (Phase::Ringing, _) => self.hold(&mut chats, &id),
            (Phase::Open | Phase::Over, _) => self.message(&id, chats.by_id.get(&id)),
        }
    }

    /// An answer that comes late opens the chat again, so that its writer can be told; other words
    /// begin a new one.
    fn without_chat(&self) {
        let mut chats = self.agent.chats.lock();
        let past = chats.past(self.said.chat.as_deref(), self.with);
        match (past, &self.said.answer) {
            // A team asks nobody.
            _ if self.team.is_some() => self.begin(&mut chats),
            (Some(id), Some(Answer::Accept)) => {
                chats.set(&id, Phase::Open);
                self.agent.tell(SessionEvent::Accepted { chat: id });
            }
            (_, Some(_)) => {}
            (_, None) => self.begin(&mut chats),
        }
    }

    fn begin(&self, chats: &mut Chats) {
        let id = ChatId(Uuid::from_bytes(clock::random_bytes()).to_string());
        let chat = chats.begin(&id, self.with, Phase::Ringing);
        chat.team = self.team.map(str::to_owned);
        chat.nick = self.said.nick.clone().filter(|nick| !nick.trim().is_empty());
        self.bind(chat);
        chat.held.extend(self.held());
        ring(self.hub, self.agent, id, chat);
    }

    /// From here on the chat is with this client of the expert.
    fn bind(&self, chat: &mut Chat) -> Phase {
        let version = self.hub.board.lock().version(self.with);
        chat.client = Some((self.said.from.to_string(), version));
        chat.language = self.said.language.or(chat.language);
        chat.expert_types = false;
        chat.phase
    }

    fn held(&self) -> Option<Held> {
        let text = self.said.body.clone()?;
        let receipt = self.said.id.clone().filter(|_| self.said.wants_receipt);
        Some(Held { network_id: self.said.network_id(), text, at: clock::now(), receipt })
    }

    /// Says that an answer has arrived, where its writer wants to know.
    fn receipt(&self, id: &ChatId, chat: Option<&Chat>) -> Option<Element> {
        let of = self.said.id.as_deref().filter(|_| self.said.wants_receipt)?;
        Some(self.agent.envelope(self.hub, id, chat?).receipt(of))
    }

    fn hold(&self, chats: &mut Chats, id: &ChatId) {
        if let Some(held) = self.held() {
            chats.hold(id, held);
        }
    }

    fn message(&self, id: &ChatId, chat: Option<&Chat>) {
        if let (Some(chat), Some(held)) = (chat, self.held()) {
            tell_message(self.hub, self.agent, id, chat, held);
        }
    }

    /// Takes what the expert does.
    fn state(&self) {
        let (Some(state), Some(id)) = (self.said.state, self.chat()) else { return };
        let mut chats = self.agent.chats.lock();
        let Some(chat) = chats.alive(&id) else { return };
        if state == ChatState::Gone {
            let named = self.said.chat.as_deref() == Some(&*id.0) || self.said.chat.is_none();
            let event = match chat.phase {
                Phase::Open if named => SessionEvent::Left { chat: id.clone() },
                Phase::Ringing => SessionEvent::Missed { chat: id.clone(), words: None },
                // Who closes the window of a question has not answered it.
                _ => return,
            };
            chats.set(&id, Phase::Over);
            self.agent.tell(event);
            return;
        }
        let typing = state == ChatState::Composing;
        let changed = std::mem::replace(&mut chat.expert_types, typing) != typing;
        self.reached(&id, chat);
        if changed && chat.phase == Phase::Open {
            self.agent.tell(SessionEvent::Typing { chat: id, typing });
        }
    }
}

/// Has the agent asked whether they take a chat that an expert has begun.
pub(super) fn ring(hub: &Hub, agent: &Agent, id: ChatId, chat: &Chat) {
    let local = chat.with.split('@').next().unwrap_or(&chat.with);
    let from = Box::new(Person::new(hub.person(&chat.with), chat.nick.as_deref().unwrap_or(local)));
    let (subject, importance) = (None, Importance::Normal);
    let (team, text) = (chat.team.clone(), chat.held.first().map(|held| held.text.clone()));
    agent.tell(SessionEvent::Incoming { chat: id, from, team, subject, importance, text });
}

/// Tells a message; its writer hears that it has arrived when it is committed.
pub(super) fn tell_message(hub: &Hub, agent: &Agent, id: &ChatId, chat: &Chat, held: Held) {
    let receipt = held.receipt.as_deref().map(|of| agent.envelope(hub, id, chat).receipt(of));
    let event = SessionEvent::Message {
        chat: id.clone(),
        network_message_id: held.network_id,
        from: hub.person(&chat.with),
        text: held.text,
        html: None,
        at: held.at,
    };
    agent.tell_with(event, receipt);
}

/// Why a question came back. Servers do not tell a blocked sender from an absent reader (XEP-0191 5),
/// so somebody who is there and cannot be reached does not want to be.
fn why(refusal: &Refusal, presence: Presence) -> Unreachable {
    let is_there = !matches!(presence, Presence::Offline | Presence::Unknown);
    match refusal.condition.as_str() {
        "item-not-found" | "jid-malformed" | "gone" => Unreachable::NotFound,
        "service-unavailable" | "recipient-unavailable" if is_there => Unreachable::NotAllowed,
        "service-unavailable" | "recipient-unavailable" => Unreachable::Offline,
        "not-acceptable" | "not-allowed" | "forbidden" | "policy-violation" => Unreachable::NotAllowed,
        _ => Unreachable::Network,
    }
}
