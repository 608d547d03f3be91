//! A chat between two people. Each side is seen through seats: an endpoint with its own conversation and
//! invitation ids. While it rings the invited side has a seat for every endpoint that rings.

use std::collections::HashMap;

use super::AppId;
use super::archive::Line;
use super::sip::SipId;
use crate::pool::people::PersonIndex;
use crate::pool::wire::data_uri::Text;

/// The key of a chat inside the pool; never on the wire.
pub(crate) type ChatKey = u64;

/// What a person uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// A UCWA application.
    App(AppId),
    /// A SIP client.
    Sip(SipId),
    /// The person's persona.
    Persona,
}

/// One endpoint's view of the chat.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    pub(crate) endpoint: Endpoint,
    /// A guid.
    pub(crate) conversation: String,
    /// 32 hexadecimal digits; a new one for each round of inviting.
    pub(crate) invitation: String,
    /// The number of the last message; shared by both directions (ucwa.md §5.5).
    pub(crate) last_message: u32,
    /// The endpoint takes HTML.
    pub(crate) html: bool,
    /// Numbers of sent messages by their operationContext.
    pub(crate) sent: HashMap<String, u32>,
}

/// One side of a chat.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub(crate) uri: String,
    pub(crate) name: String,
    /// `None` is a stranger.
    pub(crate) person: Option<PersonIndex>,
    pub(crate) seats: Vec<Seat>,
    /// Until when this side shows as typing; 0 is not at all.
    pub(crate) typing_until: u64,
}

impl Party {
    /// The path segment of the participant.
    pub(crate) fn address(&self) -> &str {
        self.uri.strip_prefix("sip:").unwrap_or(&self.uri)
    }
}

/// A pending invitation.
#[derive(Debug, Clone)]
pub(crate) struct Invite {
    /// The side that invites.
    pub(crate) by: usize,
    pub(crate) operation: Option<String>,
    pub(crate) first: Option<Text>,
    /// A `data:` link of the inviter that is passed on as it is.
    pub(crate) custom: Option<String>,
    /// Endpoints of the invited side that declined for themselves only.
    pub(crate) declined: Vec<Endpoint>,
}

impl Invite {
    /// An invitation that nobody has answered.
    pub(crate) fn new(
        by: usize,
        operation: Option<String>,
        first: Option<Text>,
        custom: Option<String>,
    ) -> Self {
        Self { by, operation, first, custom, declined: Vec::new() }
    }
}

/// Where the messaging of a chat is.
#[derive(Debug, Clone)]
pub(crate) enum Messaging {
    Inviting(Invite),
    Open,
    /// Closed by an idle desktop; the conversation lives and can be invited again (`addMessaging`).
    Idle,
}

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct Chat {
    pub(crate) key: ChatKey,
    pub(crate) thread: String,
    pub(crate) subject: String,
    pub(crate) importance: String,
    /// The starter of the chat and the other.
    pub(crate) parties: [Party; 2],
    pub(crate) messaging: Messaging,
    /// Counts the rounds of inviting, so that an old timer does nothing.
    pub(crate) round: u32,
    /// The chat was open before: ringing again keeps the conversations.
    pub(crate) reopened: bool,
    pub(crate) spoken_at: u64,
    /// Html may be sent: both sides take it. Negotiated when the invitation is accepted.
    pub(crate) html: bool,
    /// What was said, for the log.
    pub(crate) lines: Vec<Line>,
}

impl Chat {
    /// The pending invitation.
    pub(crate) fn invite(&self) -> Option<&Invite> {
        match &self.messaging {
            Messaging::Inviting(invite) => Some(invite),
            Messaging::Open | Messaging::Idle => None,
        }
    }

    /// A seat by side and endpoint.
    pub(crate) fn seat_mut(&mut self, side: usize, endpoint: Endpoint) -> Option<&mut Seat> {
        self.parties[side].seats.iter_mut().find(|seat| seat.endpoint == endpoint)
    }

    /// The side on which a person sits.
    pub(crate) fn side_of(&self, person: PersonIndex) -> Option<usize> {
        self.parties.iter().position(|party| party.person == Some(person))
    }
}
