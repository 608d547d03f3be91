//! What the fake network knows.

use super::{FakeMessage, FakePerson};
use crate::{ChatId, Duty, EarlierMessage, OwnPresence, SessionEvent, Team};
use hookflash_domain::{Importance, PersonId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) people: BTreeMap<PersonId, FakePerson>,
    pub(super) agents: BTreeMap<String, AgentState>,
    pub(super) chats: BTreeMap<ChatId, ChatState>,
    pub(super) teams: Vec<Team>,
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
    /// The teams for which they are rung.
    pub(super) duties: Vec<Duty>,
    /// Favourites, with their groups.
    pub(super) favourites: BTreeMap<PersonId, Vec<String>>,
}

#[derive(Debug)]
pub(super) struct ChatState {
    pub(super) agent: String,
    pub(super) person: PersonId,
    pub(super) phase: Phase,
    pub(super) from_person: bool,
    /// The team's address that the person wrote to.
    pub(super) team: Option<String>,
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
            team: None,
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
        for other in self.rung_beside(chat) {
            let news = SessionEvent::Withdrawn { chat: other.clone(), elsewhere: true, words: None };
            self.end(&other, news);
        }
        self.tell(&agent, SessionEvent::Accepted { chat: chat.clone() });
        if let Some(text) = opening {
            self.say(chat, &text);
        }
        true
    }

    /// The chats that ring at other agents of the team for the same person.
    pub(super) fn rung_beside(&self, chat: &ChatId) -> Vec<ChatId> {
        let Some(state) = self.chats.get(chat).filter(|state| state.team.is_some()) else {
            return Vec::new();
        };
        let is_beside = |(id, other): &(&ChatId, &ChatState)| {
            *id != chat
                && other.phase == Phase::Pending
                && other.team == state.team
                && other.person == state.person
        };
        self.chats.iter().filter(is_beside).map(|(id, _)| id.clone()).collect()
    }

    /// The agents whom a team rings: those who are free, or all where nobody is.
    pub(super) fn rung_for(&self, team: &str) -> Vec<String> {
        let duty = |agent: &AgentState| agent.duties.iter().find(|duty| duty.team == team).cloned();
        let all: Vec<_> =
            self.agents.iter().filter_map(|(id, agent)| Some((id.clone(), duty(agent)?.free))).collect();
        let is_somebody_free = all.iter().any(|(_, free)| *free);
        all.into_iter().filter(|(_, free)| *free || !is_somebody_free).map(|(id, _)| id).collect()
    }

    /// The person asks an agent to a chat, or each of a team's.
    pub(super) fn ring(
        &mut self,
        person: &PersonId,
        agent: &str,
        team: Option<&str>,
        text: &str,
    ) -> Option<ChatId> {
        let from = Box::new(self.people.get(person)?.person.clone());
        let chat = ChatId(format!("in-{}", self.next_number()));
        let (opening, team) = (Some(text.to_owned()), team.map(str::to_owned));
        let begun =
            ChatState { from_person: true, opening, team: team.clone(), ..ChatState::new(agent, person) };
        self.chats.insert(chat.clone(), begun);
        let (text, subject, importance) = (Some(text.to_owned()), None, Importance::Normal);
        self.tell(
            agent,
            SessionEvent::Incoming { chat: chat.clone(), from, team, subject, importance, text },
        );
        Some(chat)
    }

    /// Our side lets a ringing chat go; the person hears of it unless others of the team are rung.
    pub(super) fn turn_down(&mut self, chat: &ChatId, reason: Option<&str>, news: SessionEvent) {
        let is_last = self.rung_beside(chat).is_empty();
        if let Some(state) = self.chats.get_mut(chat).filter(|_| is_last) {
            state.declined = true;
            state.declined_with = reason.map(str::to_owned);
        }
        self.end(chat, news);
    }

    /// The chats of a team that ring at an agent.
    pub(super) fn ringing(&self, agent: &str, team: &str) -> Vec<ChatId> {
        let ringing = self.chats.iter().filter(|(_, chat)| {
            chat.agent == agent && chat.phase == Phase::Pending && chat.team.as_deref() == Some(team)
        });
        ringing.map(|(id, _)| id.clone()).collect()
    }

    /// An agent has become free: what rings for the team rings there too.
    pub(super) fn ring_too(&mut self, agent: &str, team: &str) {
        let waiting = self
            .chats
            .values()
            .filter(|chat| chat.phase == Phase::Pending && chat.team.as_deref() == Some(team));
        let waiting: BTreeMap<_, _> =
            waiting.map(|chat| (chat.person.clone(), chat.opening.clone().unwrap_or_default())).collect();
        for (person, text) in waiting {
            let rings = |chat: &&ChatId| self.chats.get(*chat).is_some_and(|chat| chat.person == person);
            if self.ringing(agent, team).iter().find(rings).is_none() {
                self.ring(&person, agent, Some(team), &text);
            }
        }
    }
}
