//! The people of the fake network.

use crate::Unreachable;
use bytes::Bytes;
use hookflash_domain::{MessageId, NetworkId, Note, Person, PersonId, Presence, PresenceReport};

/// Somebody who can be asked.
#[derive(Debug, Clone)]
pub struct FakePerson {
    /// What search tells.
    pub person: Person,
    /// What watchers see.
    pub presence: Presence,
    /// What they have written beside their name.
    pub note: Option<String>,
    /// Their photo.
    pub photo: Option<Bytes>,
    /// What they do when they are invited.
    pub answer: FakeAnswer,
    /// What they say, one for each message that they get.
    pub replies: Vec<String>,
}

impl FakePerson {
    /// Someone available who accepts and says nothing.
    #[must_use]
    pub fn new(network: &NetworkId, address: &str, name: &str) -> Self {
        Self {
            person: Person::new(PersonId { network: network.clone(), address: address.to_owned() }, name),
            presence: Presence::Available,
            note: None,
            photo: None,
            answer: FakeAnswer::Accept,
            replies: Vec::new(),
        }
    }

    /// What watchers see.
    pub(super) fn report(&self) -> PresenceReport {
        let note = self.note.clone().map(|text| Note { text, out_of_office: false });
        PresenceReport { note, ..PresenceReport::new(self.presence, crate::clock::now()) }
    }

    /// The same person with another answer.
    #[must_use]
    pub fn answering(mut self, answer: FakeAnswer) -> Self {
        self.answer = answer;
        self
    }

    /// The same person with things to say.
    #[must_use]
    pub fn replying(mut self, replies: &[&str]) -> Self {
        self.replies = replies.iter().map(|&text| text.to_owned()).collect();
        self
    }
}

/// What a person does when invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FakeAnswer {
    /// Says yes at once.
    Accept,
    /// Says no at once.
    Decline(Option<String>),
    /// Leaves it ringing until the test answers.
    Silent,
    /// The network gives up at once.
    NoAnswer,
    /// The invitation does not get through.
    Unreachable(Unreachable),
}

/// What a person has got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FakeMessage {
    /// The key of an ordinary message; absent for openings and farewells.
    pub key: Option<MessageId>,
    /// Its text.
    pub text: String,
}
