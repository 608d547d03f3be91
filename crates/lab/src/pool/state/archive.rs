//! Past conversations, as Exchange keeps them for people whose policy says so (ucwa.md §5.7). Kept only with
//! `--history`.

use super::Core;
use super::chat::Chat;
use crate::clock::{now_ms, random_hex};
use crate::pool::people::PersonIndex;
use crate::pool::view::application;
use crate::pool::wire::data_uri::Text;

/// Conversations of one person; more are forgotten, oldest first.
const MAX_LOGS: usize = 500;
/// Messages that are kept of one conversation.
const MAX_LINES: usize = 1_000;

/// One message of a conversation.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// The side that said it; in a log, whether the owner did.
    pub(crate) side: usize,
    pub(crate) text: Text,
    pub(crate) at: u64,
}

/// One conversation as one of its two people has it.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    pub(crate) id: String,
    pub(crate) created_at: u64,
    pub(crate) is_incoming: bool,
    pub(crate) is_missed: bool,
    pub(crate) is_read: bool,
    pub(crate) subject: String,
    pub(crate) importance: String,
    pub(crate) thread: String,
    /// Address and name of the other.
    pub(crate) other: (String, String),
    /// The owner is `mine`.
    pub(crate) mine: usize,
    pub(crate) lines: Vec<Line>,
}

impl Core {
    /// Keeps a message for the log of its chat.
    pub(crate) fn keep_line(&self, chat: &mut Chat, side: usize, text: &Text, at: u64) {
        if self.behaviour.history && chat.lines.len() < MAX_LINES {
            chat.lines.push(Line { side, text: text.clone(), at });
        }
    }

    /// The chat ended after it was open: both have it.
    pub(crate) fn archive(&mut self, chat: &Chat) {
        for side in 0..2 {
            self.archive_for(chat, side, false);
        }
    }

    /// The invited person missed the invitation.
    pub(crate) fn archive_missed(&mut self, chat: &Chat) {
        let Some(invite) = chat.invite() else { return };
        let mut with_first = chat.clone();
        if let Some(first) = &invite.first {
            self.keep_line(&mut with_first, invite.by, first, now_ms());
        }
        self.archive_for(&with_first, 1 - invite.by, true);
    }

    /// The logs of a person, oldest first.
    pub(crate) fn logs(&self, person: PersonIndex) -> &[Log] {
        self.archives.get(&person).map(Vec::as_slice).unwrap_or_default()
    }

    /// Changes a log, or removes it when `change` says false; false when there is none of this id.
    pub(crate) fn change_log(
        &mut self,
        person: PersonIndex,
        id: &str,
        change: impl FnOnce(&mut Log) -> bool,
    ) -> bool {
        let Some(logs) = self.archives.get_mut(&person) else { return false };
        let Some(at) = logs.iter().position(|log| log.id == id) else { return false };
        if !logs.get_mut(at).is_some_and(change) {
            logs.remove(at);
        }
        self.tell_missed_items(person);
        true
    }

    fn archive_for(&mut self, chat: &Chat, side: usize, is_missed: bool) {
        let Some(person) = chat.parties[side].person.filter(|_| self.behaviour.history) else { return };
        let other = &chat.parties[1 - side];
        let log = Log {
            id: random_hex(),
            created_at: now_ms(),
            is_incoming: side == 1,
            is_missed,
            is_read: !is_missed,
            subject: chat.subject.clone(),
            importance: chat.importance.clone(),
            thread: chat.thread.clone(),
            other: (other.address().to_owned(), other.name.clone()),
            mine: side,
            lines: chat.lines.clone(),
        };
        let logs = self.archives.entry(person).or_default();
        if logs.len() >= MAX_LOGS {
            logs.remove(0);
        }
        logs.push(log);
        self.tell_missed_items(person);
    }

    fn tell_missed_items(&mut self, person: PersonIndex) {
        let now = now_ms();
        for id in self.apps_of.get(&person).cloned().unwrap_or_default() {
            if let Some(app) = self.apps.get_mut(&id) {
                app.push(application::missed_items_updated(app), now);
            }
        }
    }
}
