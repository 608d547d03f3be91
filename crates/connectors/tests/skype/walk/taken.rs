//! What the agent's side has been told and has committed.

use super::model::{Pair, Stands};
use hookflash_connectors::{Batch, ChatId, ResumePoint, SessionEvent};
use hookflash_domain::PersonId;
use std::collections::BTreeSet;

/// One expert, as seen so far.
pub(super) struct Seen {
    pub(super) person: PersonId,
    pub(super) pair: Pair,
    /// The agent's chat with them.
    pub(super) chat: Option<ChatId>,
    /// What the agent has heard from them: each message once, by its id.
    pub(super) heard: Vec<String>,
    ids: BTreeSet<(ChatId, String)>,
    /// The agent was told that the chat is open, and not that it is over.
    pub(super) accepted: bool,
}

/// What was committed.
pub(super) struct Taken {
    pub(super) experts: Vec<Seen>,
    pub(super) resume: Option<ResumePoint>,
    /// Chats that the agent has left.
    pub(super) left: BTreeSet<ChatId>,
    /// Those of them to which an expert said yes all the same: the engine leaves them again.
    pub(super) late: Vec<ChatId>,
    /// Whether batches are committed, or dropped.
    pub(super) confirming: bool,
    /// What was done and told, for the words of a failure.
    pub(super) journal: Vec<String>,
}

impl Taken {
    pub(super) fn new(experts: Vec<PersonId>) -> Self {
        let seen = |person| Seen {
            person,
            pair: Pair::new(),
            chat: None,
            heard: Vec::new(),
            ids: BTreeSet::new(),
            accepted: false,
        };
        let experts = experts.into_iter().map(seen).collect();
        let (left, late) = (BTreeSet::new(), Vec::new());
        Self { experts, resume: None, left, late, confirming: true, journal: Vec::new() }
    }

    /// Commits a batch as the engine does: what comes twice is known by its id.
    pub(super) fn batch(&mut self, batch: Batch) {
        if !self.confirming {
            return;
        }
        batch.events.into_iter().for_each(|event| self.event(event));
        self.resume = batch.resume.or(self.resume.take());
        batch.done.confirm();
    }

    fn event(&mut self, event: SessionEvent) {
        match event {
            SessionEvent::Incoming { chat, from, text, .. } => {
                // News of an earlier invitation may come late.
                let asked = |seen: &&mut Seen| {
                    seen.person == from.id && seen.pair.stands == Stands::Offered && seen.pair.opening == text
                };
                if let Some(seen) = self.experts.iter_mut().find(asked) {
                    seen.chat = Some(chat);
                }
            }
            SessionEvent::Message { chat, network_message_id, text, from, .. } => {
                let seen = self.experts.iter_mut().find(|seen| seen.person == from);
                if let Some(seen) =
                    seen.filter(|seen| !seen.ids.contains(&(chat.clone(), network_message_id.clone())))
                {
                    seen.ids.insert((chat, network_message_id));
                    seen.heard.push(text);
                }
            }
            SessionEvent::Accepted { chat } => {
                self.note_open(&chat, true);
                if self.left.contains(&chat) {
                    self.late.push(chat);
                }
            }
            SessionEvent::Declined { chat, .. }
            | SessionEvent::NoAnswer { chat, .. }
            | SessionEvent::Unreachable { chat, .. }
            | SessionEvent::Withdrawn { chat, .. }
            | SessionEvent::Missed { chat, .. }
            | SessionEvent::Left { chat } => self.note_open(&chat, false),
            _ => {}
        }
    }

    fn note_open(&mut self, chat: &ChatId, open: bool) {
        let of_chat = |seen: &(usize, &mut Seen)| seen.1.chat.as_ref() == Some(chat);
        if let Some((at, seen)) = self.experts.iter_mut().enumerate().find(of_chat) {
            seen.accepted = open;
            self.journal.push(format!("<- {at} {}", if open { "open" } else { "over" }));
        }
    }
}
