//! A chat between an agent and an expert.

use super::words::Language;
use hookflash_domain::MessageId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tokio::sync::watch;
use tokio::time::Instant;

/// Most messages of a chat whose keys are remembered.
const MOST_REMEMBERED: usize = 2_000;

/// Whether the server has taken a stanza. Its end without that: it never will.
pub(super) type Taken = watch::Receiver<bool>;

/// A chat between an agent and an expert.
#[derive(Debug)]
pub(super) struct Chat {
    /// The expert's bare address.
    pub(super) with: String,
    /// The local part of the team's address that the expert wrote to; none: to the agent's own.
    pub(super) team: Option<String>,
    /// The name that the expert's client gave.
    pub(super) nick: Option<String>,
    pub(super) phase: Phase,
    /// The expert's client that wrote last, and the expert's version on the board at that time.
    pub(super) client: Option<(String, u64)>,
    pub(super) language: Option<Language>,
    /// Order of beginning.
    pub(super) number: u64,
    /// Whether the invitation is known to have arrived.
    pub(super) reached: bool,
    pub(super) asked: Option<Taken>,
    sent: BTreeMap<String, (u64, Taken)>,
    sent_count: u64,
    /// What the expert said before the agent took the chat.
    pub(super) held: Vec<Held>,
    pub(super) typed_at: Option<Instant>,
    pub(super) expert_types: bool,
}

/// Where a chat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Phase {
    /// The expert is asked.
    Asked,
    /// The agent is asked.
    Ringing,
    Open,
    /// Over; kept for a while for answers that come late.
    Over,
}

/// A message that waits until the agent takes the chat.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Held {
    pub(super) network_id: String,
    pub(super) text: String,
    pub(super) at: hookflash_domain::Timestamp,
    /// The id for which the sender wants a receipt.
    pub(super) receipt: Option<String>,
}

impl Chat {
    pub(super) fn new(with: &str, phase: Phase, number: u64) -> Self {
        Self {
            with: with.to_owned(),
            team: None,
            nick: None,
            phase,
            client: None,
            language: None,
            number,
            reached: false,
            asked: None,
            sent: BTreeMap::new(),
            sent_count: 0,
            held: Vec::new(),
            typed_at: None,
            expert_types: false,
        }
    }

    /// Whether this is the expert's chat with a team, or with the agent where there is none.
    pub(super) fn is_between(&self, team: Option<&str>, with: &str) -> bool {
        self.with == with && self.team.as_deref() == team
    }

    /// How many bytes wait until the agent takes the chat.
    pub(super) fn held_bytes(&self) -> usize {
        self.held.iter().map(|held| held.text.len()).sum()
    }

    /// What became of a message that was sent before.
    pub(super) fn sent(&self, key: &MessageId) -> Option<Taken> {
        self.sent.get(&key.0.to_string()).map(|(_, taken)| taken.clone())
    }

    /// Remembers a message; forgets the oldest when there are too many.
    pub(super) fn note_sent(&mut self, key: &MessageId, taken: Taken) {
        self.sent_count += 1;
        self.sent.insert(key.0.to_string(), (self.sent_count, taken));
        if self.sent.len() > MOST_REMEMBERED {
            let oldest = self.sent.iter().min_by_key(|(_, (number, _))| *number).map(|(id, _)| id.clone());
            oldest.and_then(|id| self.sent.remove(&id));
        }
    }

    /// The key of a message of ours that a stanza is about.
    pub(super) fn key_of(&self, id: &str) -> Option<MessageId> {
        self.sent.contains_key(id).then(|| id.parse().ok().map(MessageId)).flatten()
    }

    /// Where to write to: the client that wrote last, unless the expert's clients have changed since.
    pub(super) fn address(&self, version: u64) -> &str {
        match &self.client {
            Some((address, at)) if *at == version => address,
            _ => &self.with,
        }
    }
}
