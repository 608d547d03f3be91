//! The chats of a session.

use super::sent::Sent;
use crate::ChatId;
use hookflash_domain::{MessageId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use tokio::time::Instant;

/// Most chats that have ended kept in mind.
const ENDED: usize = 256;
/// Most messages that wait for their chat to become known.
const ORPHANS: usize = 100;

/// The chats of a session.
#[derive(Debug, Default)]
pub(super) struct Chats {
    pub(super) by_id: BTreeMap<ChatId, Chat>,
    /// Chats that have ended lately: late news of them begins no new ones.
    ended: VecDeque<ChatId>,
    /// Message events that came before the invitation of their chat, with their conversation.
    orphans: VecDeque<(String, Value)>,
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
    /// What became of messages of ours.
    pub(super) sent: Sent,
    /// An invitation of ours that rings in the open chat, because the far client had closed it.
    pub(super) renewal: Option<Renewal>,
    /// Since when something rings in the open chat of which no event has told.
    pub(super) rings_unknown: Option<Instant>,
    /// Why the last such invitation failed, for the message that waits for it.
    pub(super) refused: Option<String>,
    /// Since when the pool does not find its conversation, and has not told why.
    pub(super) missing_since: Option<Instant>,
}

/// An invitation that continues an open chat.
#[derive(Debug, Clone)]
pub(super) struct Renewal {
    /// Its operation id; that of the message in it, if there is one.
    pub(super) operation: MessageId,
    pub(super) began_at: Instant,
    /// The pool has it.
    pub(super) is_sure: bool,
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
    /// The far client takes HTML and no plain text.
    pub(super) only_html: bool,
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
            sent: Sent::default(),
            renewal: None,
            rings_unknown: None,
            refused: None,
            missing_since: None,
        }
    }

    /// The chat is alive to us, and has no conversation at the pool at present: it was lost with
    /// the pool's memory. The next message begins a new one (UCWA 5.4).
    pub(super) fn is_dormant(&self) -> bool {
        self.kept.phase == Phase::Open && self.kept.conversation.is_none()
    }

    /// Makes an open chat dormant.
    pub(super) fn lose_conversation(&mut self) {
        self.kept.conversation = None;
        self.kept.invitation = None;
        self.links = ChatLinks::default();
        self.renewal = None;
        self.missing_since = None;
    }
}

impl Chats {
    /// The chats of a stored session.
    pub(super) fn restored(by_id: BTreeMap<ChatId, Chat>) -> Self {
        Self { by_id, ..Self::default() }
    }

    /// Removes a chat that is over.
    pub(super) fn end(&mut self, id: &ChatId) -> Option<Chat> {
        let chat = self.by_id.remove(id)?;
        push(&mut self.ended, id.clone(), ENDED);
        Some(chat)
    }

    /// Keeps a message event until its chat is known.
    pub(super) fn keep_orphan(&mut self, conversation: &str, event: &Value) {
        push(&mut self.orphans, (conversation.to_owned(), event.clone()), ORPHANS);
    }

    /// Kept message events whose chat is known by now, each with its conversation.
    pub(super) fn claim_orphans(&mut self) -> Vec<(String, Value)> {
        let mut claimed = Vec::new();
        for orphan in std::mem::take(&mut self.orphans) {
            let known = self.of_conversation(&orphan.0).is_some();
            if known { claimed.push(orphan) } else { self.orphans.push_back(orphan) }
        }
        claimed
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

    /// The chat that is being rung again under this operation.
    pub(super) fn of_renewal(&self, operation: MessageId) -> Option<ChatId> {
        self.find(|chat| chat.renewal.as_ref().is_some_and(|renewal| renewal.operation == operation))
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

/// Adds an item to the last `most` of them.
pub(super) fn push<T>(queue: &mut VecDeque<T>, item: T, most: usize) {
    if queue.len() >= most {
        queue.pop_front();
    }
    queue.push_back(item);
}

#[cfg(test)]
mod tests {
    use super::same_place;

    #[test]
    fn places_are_compared_without_their_host() {
        assert!(same_place("https://pool.lab.test/a/b", "/a/b"));
        assert!(same_place("/a/b", "/a/b/"));
        assert!(!same_place("https://pool.lab.test/a/b", "/a/c"));
    }
}
