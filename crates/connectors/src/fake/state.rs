//! What the fake network knows.

use super::{FakeMessage, FakePerson};
use crate::{ChatId, EarlierMessage, OwnPresence, SessionEvent};
use hookflash_domain::{Importance, PersonId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) people: BTreeMap<PersonId, FakePerson>,
    pub(super) agents: BTreeMap<String, AgentState>,
    pub(super) chats: BTreeMap<ChatId, ChatState>,
    pub(super) link_cut: bool,
    pub(super) wrong_password: BTreeSet<String>,
    pub(super) numbered: u64,
}

#[derive(Debug, Default)]
pub(super) struct AgentState {
    /// Events that were not confirmed.
    pub(super) unconfirmed: VecDeque<SessionEvent>,
    pub(super) watched: BTreeSet<PersonId>,
    /// What they chose, here or in another client of theirs.
    pub(super) presence: Option<OwnPresence>,
    pub(super) in_a_call: bool,
    /// Favourites, with their groups.
    pub(super) favourites: BTreeMap<PersonId, Vec<String>>,
}

#[derive(Debug)]
pub(super) struct ChatState {
    pub(super) agent: String,
    pub(super) person: PersonId,
    pub(super) phase: Phase,
    pub(super) from_person: bool,
    pub(super) importance: Importance,
    /// Both sides' messages, oldest first.
    pub(super) history: Vec<EarlierMessage>,
    /// Messages of the agent that are to be lost on the way.
    pub(super) losing: u32,
    /// What the person has got.
    pub(super) got: Vec<FakeMessage>,
    /// What the person said before the agent took the chat.
    pub(super) opening: Option<String>,
    pub(super) agent_typed: u64,
    pub(super) declined: bool,
    pub(super) declined_with: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Pending,
    Open,
    Over,
}

impl ChatState {
    /// A chat that has just been asked for.
    pub(super) fn new(agent: &str, person: &PersonId) -> Self {
        Self {
            agent: agent.to_owned(),
            person: person.clone(),
            phase: Phase::Pending,
            from_person: false,
            importance: Importance::Normal,
            history: Vec::new(),
            losing: 0,
            got: Vec::new(),
            opening: None,
            agent_typed: 0,
            declined: false,
            declined_with: None,
        }
    }

    /// Writes a message down.
    pub(super) fn note(&mut self, own: bool, text: &str) {
        let at = crate::clock::now();
        self.history.push(EarlierMessage { own, text: text.to_owned(), subject: None, at });
    }
}

impl AgentState {
    /// What others see of the agent.
    pub(super) fn shown(&self) -> Option<OwnPresence> {
        let covered = self.in_a_call && self.presence != Some(OwnPresence::DoNotDisturb);
        if covered { Some(OwnPresence::InACall) } else { self.presence }
    }
}

impl State {
    /// Puts news into the agent's queue.
    pub(super) fn tell(&mut self, agent: &str, event: SessionEvent) {
        self.agents.entry(agent.to_owned()).or_default().unconfirmed.push_back(event);
    }

    pub(super) fn next_number(&mut self) -> u64 {
        self.numbered += 1;
        self.numbered
    }

    /// The person says something in an open chat.
    pub(super) fn say(&mut self, chat: &ChatId, text: &str) -> bool {
        let number = self.next_number();
        let Some(state) = self.chats.get_mut(chat).filter(|state| state.phase == Phase::Open) else {
            return false;
        };
        state.note(false, text);
        let (agent, from) = (state.agent.clone(), state.person.clone());
        let event = SessionEvent::Message {
            chat: chat.clone(),
            network_message_id: format!("m{number}"),
            from,
            text: text.to_owned(),
            html: None,
            at: crate::clock::now(),
        };
        self.tell(&agent, event);
        true
    }

    /// Ends a chat and tells the agent.
    pub(super) fn end(&mut self, chat: &ChatId, news: SessionEvent) {
        let Some(state) = self.chats.get_mut(chat).filter(|state| state.phase != Phase::Over) else {
            return;
        };
        state.phase = Phase::Over;
        let agent = state.agent.clone();
        self.tell(&agent, news);
    }

    /// Opens a pending chat and tells the agent.
    pub(super) fn open(&mut self, chat: &ChatId) -> bool {
        let Some(state) = self.chats.get_mut(chat).filter(|state| state.phase == Phase::Pending) else {
            return false;
        };
        state.phase = Phase::Open;
        let (agent, opening) = (state.agent.clone(), state.opening.take());
        self.tell(&agent, SessionEvent::Accepted { chat: chat.clone() });
        if let Some(text) = opening {
            self.say(chat, &text);
        }
        true
    }
}
