//! What an agent can do on the fake network.

use super::{
    FakeAnswer, FakeMessage, FakeNetwork,
    state::{ChatState, Phase, State},
};
use crate::{
    Capabilities, ChatId, ConnectorError, Duty, EarlierMessage, Favourite, Found, Opening, Outgoing,
    OwnPresence, Page, Photo, Session, SessionEvent,
};
use async_trait::async_trait;
use hookflash_domain::{Person, PersonId};
use tokio::sync::watch;

/// What a call during an outage is told.
const RETRY_MS: u64 = 100;

pub(super) struct FakeSession {
    pub(super) network: FakeNetwork,
    pub(super) capabilities: Capabilities,
    pub(super) agent: String,
    pub(super) over: watch::Sender<bool>,
}

impl FakeSession {
    /// Changes the network if the line is up.
    fn call<T>(
        &self,
        change: impl FnOnce(&mut State) -> Result<T, ConnectorError>,
    ) -> Result<T, ConnectorError> {
        if *self.over.borrow() {
            return Err(ConnectorError::NotSignedIn);
        }
        self.network.change(|state| {
            if state.link_cut {
                return Err(ConnectorError::TryLater { retry_ms: RETRY_MS });
            }
            change(state)
        })
    }
}

#[async_trait]
impl Session for FakeSession {
    async fn search(&self, text: &str, page: Page) -> Result<Found, ConnectorError> {
        let wanted = text.to_lowercase();
        self.call(|state| {
            let everybody = state.people.values().map(|known| &known.person);
            let mut hits = everybody.filter(|person| begins_with(person, &wanted)).skip(page.skip);
            let people: Vec<_> = hits.by_ref().take(page.limit).cloned().collect();
            let more = hits.next().is_some();
            Ok(Found { next: more.then_some(page.skip + people.len()), people, more })
        })
    }

    async fn watch(&self, people: &[PersonId]) -> Result<(), ConnectorError> {
        let limit = self.capabilities.most_watched;
        if people.len() > limit {
            return Err(refused("LimitExceeded", &format!("at most {limit} people can be watched")));
        }
        self.network.change(|state| {
            let agent = state.agents.entry(self.agent.clone()).or_default();
            let added: Vec<_> = people.iter().filter(|id| !agent.watched.contains(id)).cloned().collect();
            agent.watched = people.iter().cloned().collect();
            for person in added {
                let Some(known) = state.people.get(&person) else {
                    continue;
                };
                let report = known.report();
                state.tell(&self.agent, SessionEvent::Presence { person, report });
            }
        });
        Ok(())
    }

    async fn favourites(&self) -> Result<Vec<Favourite>, ConnectorError> {
        self.call(|state| {
            let own = state.agents.get(&self.agent).map(|agent| &agent.favourites).into_iter().flatten();
            let favourite = |(id, groups): (&PersonId, &Vec<String>)| {
                let person = state.people.get(id)?.person.clone();
                Some(Favourite { person, groups: groups.clone() })
            };
            Ok(own.filter_map(favourite).take(Favourite::MOST).collect())
        })
    }

    async fn set_favourite(&self, person: &PersonId, favourite: bool) -> Result<(), ConnectorError> {
        self.call(|state| {
            if !state.people.contains_key(person) {
                return Err(ConnectorError::Unreachable { words: "there is no such person".to_owned() });
            }
            let own = &mut state.agents.entry(self.agent.clone()).or_default().favourites;
            if favourite == own.contains_key(person) {
                return Ok(());
            }
            if favourite {
                own.insert(person.clone(), Vec::new());
            } else {
                own.remove(person);
            }
            state.tell(&self.agent, SessionEvent::FavouritesChanged);
            Ok(())
        })
    }

    async fn photo(&self, person: &PersonId, _edge: u16) -> Result<Option<Photo>, ConnectorError> {
        let bytes = self.call(|state| Ok(state.people.get(person).and_then(|known| known.photo.clone())))?;
        Ok(bytes.and_then(Photo::read))
    }

    async fn history(&self, person: &PersonId, limit: usize) -> Result<Vec<EarlierMessage>, ConnectorError> {
        self.call(|state| {
            let with = state.chats.values().filter(|chat| chat.person == *person && chat.agent == self.agent);
            let mut all: Vec<_> = with.flat_map(|chat| chat.history.iter().cloned()).collect();
            all.sort_by_key(|message| message.at);
            Ok(all.split_off(all.len().saturating_sub(limit)))
        })
    }

    async fn adopt(&self, chats: &[ChatId]) -> Result<(), ConnectorError> {
        self.network.change(|state| {
            for chat in chats {
                let event = match state.chats.get(chat).map(|chat| chat.phase) {
                    Some(Phase::Open) => SessionEvent::Accepted { chat: chat.clone() },
                    Some(Phase::Pending) => continue,
                    Some(Phase::Over) | None => SessionEvent::Left { chat: chat.clone() },
                };
                state.tell(&self.agent, event);
            }
        });
        Ok(())
    }

    async fn invite(&self, person: &PersonId, opening: &Opening) -> Result<ChatId, ConnectorError> {
        let limit = self.capabilities.longest_opening;
        if opening.text.len() > limit {
            return Err(ConnectorError::TooLong { limit });
        }
        let chat = ChatId(opening.key.clone());
        self.call(|state| {
            if !state.chats.contains_key(&chat) {
                invite(state, &self.agent, person, opening, &chat);
            }
            Ok(chat.clone())
        })
    }

    async fn accept(&self, chat: &ChatId) -> Result<(), ConnectorError> {
        self.call(|state| {
            let pending = state.chats.get(chat).is_some_and(|chat| chat.from_person);
            if pending && state.open(chat) { Ok(()) } else { Err(ConnectorError::ChatGone) }
        })
    }

    async fn decline(&self, chat: &ChatId, reason: Option<&str>) -> Result<(), ConnectorError> {
        self.call(|state| {
            let pending = state.chats.get(chat).filter(|chat| chat.phase == Phase::Pending);
            pending.ok_or(ConnectorError::ChatGone)?;
            state.turn_down(chat, reason, SessionEvent::Left { chat: chat.clone() });
            Ok(())
        })
    }

    async fn answer_for(&self, duties: &[Duty]) -> Result<(), ConnectorError> {
        self.network.change(|state| {
            let own = state.agents.entry(self.agent.clone()).or_default();
            let before = std::mem::replace(&mut own.duties, duties.to_vec());
            let left = before.iter().filter(|one| duties.iter().all(|other| other.team != one.team));
            for team in left.map(|duty| duty.team.as_str()) {
                for chat in state.ringing(&self.agent, team) {
                    state.turn_down(&chat, None, SessionEvent::Missed { chat: chat.clone(), words: None });
                }
            }
            for duty in duties.iter().filter(|duty| duty.free && !before.contains(duty)) {
                state.ring_too(&self.agent, &duty.team);
            }
        });
        Ok(())
    }

    async fn open(&self, chat: &ChatId) -> Result<(), ConnectorError> {
        self.call(|state| match state.chats.get_mut(chat) {
            Some(known) if known.phase == Phase::Open => Ok(()),
            Some(known) if known.phase == Phase::Pending && !known.from_person => {
                known.phase = Phase::Open;
                Ok(())
            }
            _ => Err(ConnectorError::ChatGone),
        })
    }

    async fn send(&self, chat: &ChatId, message: &Outgoing) -> Result<(), ConnectorError> {
        let limit = self.capabilities.longest_message;
        if message.text.len() > limit {
            return Err(ConnectorError::TooLong { limit });
        }
        self.call(|state| send(state, chat, message))
    }

    async fn typing(&self, chat: &ChatId) {
        // Best effort by contract.
        let _ = self.call(|state| {
            if let Some(chat) = state.chats.get_mut(chat) {
                chat.agent_typed += 1;
            }
            Ok(())
        });
    }

    async fn leave(&self, chat: &ChatId, farewell: Option<&str>) -> Result<(), ConnectorError> {
        self.call(|state| {
            let Some(known) = state.chats.get_mut(chat) else {
                return Ok(());
            };
            let open = known.phase == Phase::Open;
            if open && let Some(text) = farewell {
                known.got.push(FakeMessage { key: None, text: text.to_owned() });
            }
            let chat_id = chat.clone();
            let news = if open {
                SessionEvent::Left { chat: chat_id }
            } else {
                SessionEvent::Withdrawn { chat: chat_id, elsewhere: false, words: None }
            };
            state.end(chat, news);
            Ok(())
        })
    }

    async fn set_presence(&self, presence: OwnPresence) -> Result<(), ConnectorError> {
        self.network.change(|state| {
            let agent = state.agents.entry(self.agent.clone()).or_default();
            match presence {
                OwnPresence::InACall => agent.in_a_call = true,
                OwnPresence::Automatic if std::mem::take(&mut agent.in_a_call) => {}
                chosen => {
                    agent.in_a_call = false;
                    agent.presence = Some(chosen);
                }
            }
        });
        Ok(())
    }

    async fn sign_out(&self) {
        self.network.change(|state| {
            let open = state.chats.values_mut().filter(|chat| chat.agent == self.agent);
            open.for_each(|chat| chat.phase = Phase::Over);
            if let Some(agent) = state.agents.get_mut(&self.agent) {
                agent.unconfirmed.clear();
                agent.duties.clear();
            }
        });
        self.over.send_replace(true);
    }
}

fn begins_with(person: &Person, wanted: &str) -> bool {
    let name = person.name.to_lowercase();
    !wanted.is_empty()
        && (name.starts_with(wanted)
            || name.split_whitespace().any(|word| word.starts_with(wanted))
            || person.id.address.to_lowercase().starts_with(wanted))
}

fn refused(code: &str, words: &str) -> ConnectorError {
    ConnectorError::Refused { code: code.to_owned(), words: words.to_owned() }
}

fn invite(state: &mut State, agent: &str, person: &PersonId, opening: &Opening, chat: &ChatId) {
    let answer = state
        .people
        .get(person)
        .map_or(FakeAnswer::Unreachable(crate::Unreachable::NotFound), |known| known.answer.clone());
    let mut begun = ChatState {
        importance: opening.importance,
        got: vec![FakeMessage { key: None, text: opening.text.clone() }],
        ..ChatState::new(agent, person)
    };
    begun.note(true, &opening.text);
    state.chats.insert(chat.clone(), begun);
    let id = chat.clone();
    state.tell(agent, SessionEvent::Reached { chat: id.clone() });
    match answer {
        FakeAnswer::Silent => {}
        FakeAnswer::Accept => {
            state.open(chat);
        }
        FakeAnswer::Decline(reason) => {
            state.end(chat, SessionEvent::Declined { chat: id, reason, words: None });
        }
        FakeAnswer::NoAnswer => state.end(chat, SessionEvent::NoAnswer { chat: id, words: None }),
        FakeAnswer::Unreachable(why) => {
            state.end(chat, SessionEvent::Unreachable { chat: id, why, words: None });
        }
    }
}

fn send(state: &mut State, chat: &ChatId, message: &Outgoing) -> Result<(), ConnectorError> {
    let open = state.chats.get_mut(chat).filter(|chat| chat.phase == Phase::Open);
    let open = open.ok_or(ConnectorError::ChatGone)?;
    if open.got.iter().any(|got| got.key == Some(message.key)) {
        return Ok(());
    }
    let (agent, person) = (open.agent.clone(), open.person.clone());
    if open.losing > 0 {
        open.losing -= 1;
        let reason = Some("The message could not be delivered.".to_owned());
        state.tell(&agent, SessionEvent::Failed { chat: chat.clone(), key: message.key, reason });
        return Ok(());
    }
    open.got.push(FakeMessage { key: Some(message.key), text: message.text.clone() });
    open.note(true, &message.text);
    state.tell(&agent, SessionEvent::Delivered { chat: chat.clone(), key: message.key });
    let replies = state.people.get_mut(&person).map(|known| &mut known.replies);
    if let Some(replies) = replies.filter(|replies| !replies.is_empty()) {
        let reply = replies.remove(0);
        state.say(chat, &reply);
    }
    Ok(())
}
