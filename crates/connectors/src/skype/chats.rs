//! The chats of a session.

use crate::ChatId;
use hookflash_domain::{MessageId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use tokio::time::Instant;

/// Most message keys kept for each chat, to know what was sent.
const KEYS: usize = 256;

/// The chats of a session.
#[derive(Debug, Default)]
pub(super) struct Chats {
    pub(super) by_id: BTreeMap<ChatId, Chat>,
    /// Chats that have ended lately: late news of them begins no new ones.
    ended: VecDeque<ChatId>,
}

/// One chat; in UCWA's words a conversation with its messaging invitation.
#[derive(Debug)]
pub(super) struct Chat {
    pub(super) kept: Kept,
    pub(super) links: ChatLinks,
    /// We have ended it or refused it: what comes is our own doing.
    pub(super) leaving: bool,
    pub(super) typed_at: Option<Instant>,
    /// Held while a message is on its way, so that messages keep their order.
    pub(super) order: Arc<tokio::sync::Mutex<()>>,
    /// Keys of the messages that the pool has taken.
    taken: VecDeque<MessageId>,
    /// Addresses of messages of ours, with their keys.
    sent: VecDeque<(String, MessageId)>,
    /// Outcomes that were told before the message's address was.
    early: VecDeque<(String, bool)>,
}

/// The part of a chat that survives a restart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) phase: Phase,
    pub(super) person: Option<PersonId>,
    pub(super) conversation: Option<String>,
    pub(super) invitation: Option<String>,
    pub(super) thread: Option<String>,
    /// When the pool began to ring.
    pub(super) started_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Phase {
    /// We have asked.
    Inviting,
    /// We are asked.
    Offered,
    /// Both are there.
    Open,
}

/// Where the parts of a chat are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ChatLinks {
    pub(super) send: Option<String>,
    pub(super) typing: Option<String>,
    pub(super) stop: Option<String>,
    pub(super) add: Option<String>,
    pub(super) accept: Option<String>,
    pub(super) decline: Option<String>,
}

impl Chat {
    pub(super) fn new(phase: Phase, person: Option<PersonId>) -> Self {
        let kept =
            Kept { phase, person, conversation: None, invitation: None, thread: None, started_at: None };
        Self::from_kept(kept)
    }

    pub(super) fn from_kept(kept: Kept) -> Self {
        Self {
            kept,
            links: ChatLinks::default(),
            leaving: false,
            typed_at: None,
            order: Arc::default(),
            taken: VecDeque::new(),
            sent: VecDeque::new(),
            early: VecDeque::new(),
        }
    }

    pub(super) fn has_taken(&self, key: MessageId) -> bool {
        self.taken.contains(&key)
    }

    /// The pool took a message; tells its outcome if that is known already.
    pub(super) fn took(&mut self, key: MessageId, href: Option<String>) -> Option<bool> {
        self.note_taken(key);
        let href = href?;
        if let Some(at) = self.early.iter().position(|(early, _)| same_place(early, &href)) {
            return self.early.remove(at).map(|(_, arrived)| arrived);
        }
        push(&mut self.sent, (href, key));
        None
    }

    /// The outcome of a message; its key if that is known.
    pub(super) fn outcome(&mut self, href: &str, key: Option<MessageId>, arrived: bool) -> Option<MessageId> {
        if let Some(key) = key {
            self.note_taken(key);
            return Some(key);
        }
        if let Some(at) = self.sent.iter().position(|(sent, _)| same_place(sent, href)) {
            return self.sent.remove(at).map(|(_, key)| key);
        }
        push(&mut self.early, (href.to_owned(), arrived));
        None
    }

    fn note_taken(&mut self, key: MessageId) {
        if !self.has_taken(key) {
            push(&mut self.taken, key);
        }
    }
}

impl Chats {
    /// The chats of a stored session.
    pub(super) fn restored(by_id: BTreeMap<ChatId, Chat>) -> Self {
        Self { by_id, ended: VecDeque::new() }
    }

    /// Removes a chat that is over.
    pub(super) fn end(&mut self, id: &ChatId) -> Option<Chat> {
        let chat = self.by_id.remove(id)?;
        push(&mut self.ended, id.clone());
        Some(chat)
    }

    /// Whether the chat was there and is over.
    pub(super) fn has_ended(&self, id: &ChatId) -> bool {
        self.ended.contains(id)
    }

    /// The chat of a conversation.
    pub(super) fn of_conversation(&self, href: &str) -> Option<ChatId> {
        self.find(|chat| chat.kept.conversation.as_deref().is_some_and(|known| same_place(known, href)))
    }

    /// The chat of an invitation.
    pub(super) fn of_invitation(&self, href: &str) -> Option<ChatId> {
        self.find(|chat| chat.kept.invitation.as_deref().is_some_and(|known| same_place(known, href)))
    }

    /// The open chat of a thread: a far client that had closed its window goes on in it.
    pub(super) fn of_thread(&self, thread: &str) -> Option<ChatId> {
        self.find(|chat| chat.kept.phase == Phase::Open && chat.kept.thread.as_deref() == Some(thread))
    }

    fn find(&self, wanted: impl Fn(&Chat) -> bool) -> Option<ChatId> {
        self.by_id.iter().find(|(_, chat)| wanted(chat)).map(|(id, _)| id.clone())
    }
}

/// Whether two hrefs lead to the same place: one may be absolute, the other not.
pub(super) fn same_place(left: &str, right: &str) -> bool {
    left.trim_end_matches('/') == right.trim_end_matches('/') || path(left) == path(right)
}

fn path(href: &str) -> &str {
    match href.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"),
        None => href,
    }
}

fn push<T>(queue: &mut VecDeque<T>, item: T) {
    if queue.len() >= KEYS {
        queue.pop_front();
    }
    queue.push_back(item);
}

#[cfg(test)]
mod tests {
    use super::{Chat, Phase, same_place};
    use hookflash_domain::MessageId;

    #[test]
    fn places_are_compared_without_their_host() {
        assert!(same_place("https://pool.lab.test/a/b", "/a/b"));
        assert!(same_place("/a/b", "/a/b/"));
        assert!(!same_place("https://pool.lab.test/a/b", "/a/c"));
    }

    #[test]
    fn an_outcome_finds_its_key_in_either_order() {
        let mut chat = Chat::new(Phase::Open, None);
        let (first, second) = (MessageId(uuid::Uuid::from_u128(1)), MessageId(uuid::Uuid::from_u128(2)));
        assert_eq!(chat.took(first, Some("/m/1".to_owned())), None);
        assert_eq!(chat.outcome("/m/1", None, true), Some(first));
        assert_eq!(chat.outcome("/m/2", None, false), None);
        assert_eq!(chat.took(second, Some("https://h/m/2".to_owned())), Some(false));
        assert!(chat.has_taken(first) && chat.has_taken(second));
    }
}
