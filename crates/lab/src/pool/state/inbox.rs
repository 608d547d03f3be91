//! What an expert has seen and said, for tests that look for loss and duplication.

use super::Core;
use crate::clock::now_ms;
use crate::pool::people::PersonIndex;

/// One message as its receiver has it.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Seen {
    /// The pool's number of the message.
    pub(crate) id: u64,
    /// The chat; the same number in the inboxes of both sides.
    pub(crate) chat: u64,
    /// The receiver's conversation id on the wire.
    pub(crate) conversation: String,
    pub(crate) from: String,
    pub(crate) text: String,
    pub(crate) html: bool,
    /// It came with the invitation.
    pub(crate) opening: bool,
    pub(crate) operation_context: Option<String>,
    pub(crate) at: u64,
    /// How many times it was delivered: put on the wire, for a person with a client; handed to the persona
    /// otherwise.
    pub(crate) deliveries: u32,
}

/// An inbox and what its owner said.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub(crate) struct Inbox {
    pub(crate) messages: Vec<Seen>,
    pub(crate) said: Vec<Said>,
}

/// One message that a person sent.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Said {
    pub(crate) id: u64,
    pub(crate) chat: u64,
    pub(crate) to: String,
    pub(crate) text: String,
    pub(crate) at: u64,
    /// `pending`, `delivered` or `failed`.
    pub(crate) outcome: &'static str,
}

/// More than this of one person is forgotten, oldest first.
const MAX_KEPT: usize = 200_000;

impl Core {
    /// Enters a message; one that carries the context of an earlier one of the chat counts as its second
    /// delivery.
    pub(crate) fn record(&mut self, owner: PersonIndex, seen: Seen) {
        // With deduplication a repeated message never comes this far.
        let repeats = self.behaviour.no_dedupe;
        let inbox = self.inboxes.entry(owner).or_default();
        if repeats
            && seen.operation_context.is_some()
            && let Some(before) = inbox.messages.iter_mut().rev().find(|m| {
                m.chat == seen.chat && m.from == seen.from && m.operation_context == seen.operation_context
            })
        {
            before.deliveries += seen.deliveries;
            return;
        }
        if inbox.messages.len() >= MAX_KEPT {
            inbox.messages.drain(..MAX_KEPT / 10);
        }
        inbox.messages.push(seen);
    }

    /// Counts one more delivery of a message.
    pub(crate) fn count_delivery(&mut self, owner: PersonIndex, id: u64) {
        let Some(inbox) = self.inboxes.get_mut(&owner) else { return };
        if let Some(seen) = inbox.messages.iter_mut().rev().find(|m| m.id == id) {
            seen.deliveries += 1;
        }
    }

    /// Enters what a person said.
    pub(crate) fn record_said(&mut self, owner: PersonIndex, chat: u64, id: u64, to: &str, text: &str) {
        let said = &mut self.inboxes.entry(owner).or_default().said;
        if said.len() >= MAX_KEPT {
            said.drain(..MAX_KEPT / 10);
        }
        let (to, text) = (to.to_owned(), text.to_owned());
        said.push(Said { id, chat, to, text, at: now_ms(), outcome: "pending" });
    }

    /// Enters what became of it.
    pub(crate) fn settle_said(&mut self, owner: PersonIndex, id: u64, outcome: &'static str) {
        let Some(inbox) = self.inboxes.get_mut(&owner) else { return };
        if let Some(said) = inbox.said.iter_mut().rev().find(|s| s.id == id) {
            said.outcome = outcome;
        }
    }
}
