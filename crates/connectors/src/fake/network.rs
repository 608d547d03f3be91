//! The test's hand on the fake network.

use super::{
    FakeAnswer, FakeConnector, FakeMessage, FakePerson,
    state::{AgentState, Phase, State},
};
use crate::{Capabilities, ChatId, Duty, OwnPresence, SessionEvent, Team};
use bytes::Bytes;
use hookflash_domain::{NetworkId, PersonId, Presence, PresenceReport};
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::watch;

/// A network in memory. Clones are the same network.
#[derive(Debug, Clone)]
pub struct FakeNetwork {
    pub(super) name: NetworkId,
    pub(super) state: Arc<Mutex<State>>,
    /// Changes whenever the state did.
    pub(super) changed: watch::Sender<u64>,
}

impl FakeNetwork {
    /// An empty network.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: NetworkId(name.to_owned()), state: Arc::default(), changed: watch::Sender::new(0) }
    }

    /// The agents' way in, able to do everything.
    #[must_use]
    pub fn connector(&self) -> FakeConnector {
        FakeConnector::new(self.clone())
    }

    /// The agents' way in to a network that can do less. Only what is shown changes.
    #[must_use]
    pub fn connector_with(&self, capabilities: Capabilities) -> FakeConnector {
        FakeConnector { network: self.clone(), capabilities }
    }

    /// Adds or replaces somebody.
    pub fn add(&self, person: FakePerson) -> PersonId {
        let id = person.person.id.clone();
        self.change(|state| state.people.insert(id.clone(), person));
        id
    }

    /// Says what somebody does from here on when invited.
    pub fn set_answer(&self, person: &PersonId, answer: FakeAnswer) {
        self.change(|state| {
            if let Some(known) = state.people.get_mut(person) {
                known.answer = answer;
            }
        });
    }

    /// Changes somebody's presence and tells those who watch.
    pub fn set_presence(&self, person: &PersonId, presence: Presence) {
        self.show(person, |known| known.presence = presence);
    }

    /// Changes what somebody has written beside their name and tells those who watch.
    pub fn set_note(&self, person: &PersonId, note: &str) {
        self.show(person, |known| known.note = Some(note.to_owned()));
    }

    fn show(&self, person: &PersonId, change: impl FnOnce(&mut FakePerson)) {
        self.change(|state| {
            let Some(known) = state.people.get_mut(person) else { return };
            change(known);
            let report = PresenceReport { since: Some(crate::clock::now()), ..known.report() };
            let event = SessionEvent::Presence { person: person.clone(), report };
            for agent in state.agents.values_mut().filter(|agent| agent.watched.contains(person)) {
                agent.unconfirmed.push_back(event.clone());
            }
        });
    }

    /// Gives somebody a photo.
    pub fn set_photo(&self, person: &PersonId, photo: Bytes) {
        self.change(|state| {
            if let Some(known) = state.people.get_mut(person) {
                known.photo = Some(photo);
            }
        });
    }

    /// The agent (by account id) puts somebody into a group of favourites in another client.
    pub fn add_favourite(&self, agent: &str, person: &PersonId, group: &str) {
        self.change(|state| {
            let own = state.agents.entry(agent.to_owned()).or_default();
            own.favourites.entry(person.clone()).or_default().push(group.to_owned());
            state.tell(agent, SessionEvent::FavouritesChanged);
        });
    }

    /// The agent (by account id) chooses a presence in another client.
    pub fn choose_presence(&self, agent: &str, presence: OwnPresence) {
        self.change(|state| state.agents.entry(agent.to_owned()).or_default().presence = Some(presence));
    }

    /// The agent answers an incoming chat in another client.
    pub fn answer_elsewhere(&self, chat: &ChatId) {
        let withdrawn = SessionEvent::Withdrawn { chat: chat.clone(), elsewhere: true, words: None };
        self.change(|state| state.end(chat, withdrawn));
    }

    /// The network loses the agent's next message to a chat, after it has taken it.
    pub fn lose_next(&self, chat: &ChatId) {
        self.change(|state| {
            if let Some(chat) = state.chats.get_mut(chat) {
                chat.losing += 1;
            }
        });
    }

    /// The person accepts a pending invitation; false when it is not pending.
    pub fn accept(&self, chat: &ChatId) -> bool {
        self.change(|state| state.open(chat))
    }

    /// The person declines a pending invitation.
    pub fn decline(&self, chat: &ChatId, reason: Option<&str>) {
        let reason = reason.map(str::to_owned);
        let news = SessionEvent::Declined { chat: chat.clone(), reason, words: None };
        self.change(|state| state.end(chat, news));
    }

    /// The network gives up waiting for the person.
    pub fn give_up(&self, chat: &ChatId) {
        self.change(|state| state.end(chat, SessionEvent::NoAnswer { chat: chat.clone(), words: None }));
    }

    /// The person says something; false when the chat is not open.
    pub fn say(&self, chat: &ChatId, text: &str) -> bool {
        self.change(|state| state.say(chat, text))
    }

    /// The person starts or stops typing.
    pub fn types(&self, chat: &ChatId, typing: bool) {
        self.change(|state| {
            if let Some(agent) = state.chats.get(chat).map(|chat| chat.agent.clone()) {
                state.tell(&agent, SessionEvent::Typing { chat: chat.clone(), typing });
            }
        });
    }

    /// The person leaves an open chat, or takes back the invitation that they sent.
    pub fn leave(&self, chat: &ChatId) {
        self.change(|state| {
            let pending = state.chats.get(chat).is_some_and(|chat| chat.phase == Phase::Pending);
            let chat_id = chat.clone();
            let news = if pending {
                SessionEvent::Missed { chat: chat_id, words: None }
            } else {
                SessionEvent::Left { chat: chat_id }
            };
            state.end(chat, news);
        });
    }

    /// The person asks the agent (by account id) to a chat.
    pub fn start_chat(&self, person: &PersonId, agent: &str, text: &str) -> Option<ChatId> {
        self.change(|state| state.ring(person, agent, None, text))
    }

    /// The person writes to the address of a team; the chats that ring, one for each agent.
    pub fn write_to_team(&self, person: &PersonId, team: &str, text: &str) -> Vec<ChatId> {
        self.change(|state| {
            let rung = state.rung_for(team);
            rung.iter().filter_map(|agent| state.ring(person, agent, Some(team), text)).collect()
        })
    }

    /// The teams that experts can write to.
    #[must_use]
    pub fn teams(&self) -> Vec<Team> {
        self.state.lock().teams.clone()
    }

    /// For which teams an agent (by account id) is rung.
    #[must_use]
    pub fn duties(&self, agent: &str) -> Vec<Duty> {
        self.state.lock().agents.get(agent).map(|agent| agent.duties.clone()).unwrap_or_default()
    }

    /// Cuts all sessions off the network, or mends the line. What happens meanwhile is kept.
    pub fn cut(&self, cut: bool) {
        self.change(|state| state.link_cut = cut);
    }

    /// Makes sign-ins of the account (by id) fail for a wrong password.
    pub fn refuse_password(&self, agent: &str) {
        self.change(|state| state.wrong_password.insert(agent.to_owned()));
    }

    /// What the person of the chat has got, in order, openings first.
    #[must_use]
    pub fn got(&self, chat: &ChatId) -> Vec<FakeMessage> {
        self.state.lock().chats.get(chat).map(|chat| chat.got.clone()).unwrap_or_default()
    }

    /// The chats with a person, oldest key first, each with whether it is still pending or open.
    #[must_use]
    pub fn chats_with(&self, person: &PersonId) -> Vec<(ChatId, bool)> {
        let state = self.state.lock();
        let with = state.chats.iter().filter(|(_, chat)| chat.person == *person);
        with.map(|(id, chat)| (id.clone(), chat.phase != Phase::Over)).collect()
    }

    /// What a person has got in all their chats, as the conformance suite counts.
    #[must_use]
    pub fn seen_by(&self, person: &PersonId) -> crate::conformance::Got {
        let state = self.state.lock();
        let mut seen = crate::conformance::Got::default();
        for chat in state.chats.values().filter(|chat| chat.person == *person) {
            seen.rings += usize::from(!chat.from_person);
            seen.ringing += usize::from(!chat.from_person && chat.phase == Phase::Pending);
            seen.open += usize::from(chat.phase == Phase::Open);
            seen.texts.extend(chat.got.iter().map(|message| message.text.clone()));
            seen.typed += usize::from(chat.agent_typed > 0);
            seen.declined += usize::from(chat.declined);
            seen.importance = seen.importance.max(chat.importance);
        }
        seen
    }

    /// How often the agent was seen typing in the chat.
    #[must_use]
    pub fn agent_typed(&self, chat: &ChatId) -> u64 {
        self.state.lock().chats.get(chat).map_or(0, |chat| chat.agent_typed)
    }

    /// With which words the agent declined the chat.
    #[must_use]
    pub fn declined_with(&self, chat: &ChatId) -> Option<String> {
        self.state.lock().chats.get(chat).and_then(|chat| chat.declined_with.clone())
    }

    /// What others see of the agent (by account id).
    #[must_use]
    pub fn agent_presence(&self, agent: &str) -> Option<OwnPresence> {
        self.state.lock().agents.get(agent).and_then(AgentState::shown)
    }

    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let outcome = change(&mut self.state.lock());
        self.changed.send_modify(|count| *count += 1);
        outcome
    }
}
