//! What a network tells.

use crate::{ChatId, LinkState, Secret};
use hookflash_domain::{Importance, MessageId, Person, PersonId, PresenceReport, Timestamp};

/// News from a network. It may come twice and may be stale; the receiver copes with both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionEvent {
    /// How the connection to the network is.
    Link(LinkState),
    /// The agent's authorisation was renewed: what is stored of it is to be replaced.
    Authorised {
        /// For [`crate::Credential::Authorisation`] at the next sign-in.
        authorisation: Secret,
    },
    /// A watched person's presence.
    Presence {
        /// Who.
        person: PersonId,
        /// What, and when it was told.
        report: PresenceReport,
    },
    /// The invitation has got through to the network: silence from here on is "no answer".
    Reached {
        /// Which invitation.
        chat: ChatId,
    },
    /// The chat is open. For an invitation of ours: the expert said yes.
    Accepted {
        /// Which chat.
        chat: ChatId,
    },
    /// The expert said no.
    Declined {
        /// Which invitation.
        chat: ChatId,
        /// Why, as the expert said it.
        reason: Option<String>,
        /// The network's own words, kept for the timeline.
        words: Option<String>,
    },
    /// The network gave up waiting for an answer.
    NoAnswer {
        /// Which invitation.
        chat: ChatId,
        /// The network's own words, kept for the timeline.
        words: Option<String>,
    },
    /// The invitation did not get to the expert.
    Unreachable {
        /// Which invitation.
        chat: ChatId,
        /// Why.
        why: Unreachable,
        /// The network's own words, kept for the timeline.
        words: Option<String>,
    },
    /// A pending invitation is over without anybody's fault: our own was taken back after `leave`,
    /// or an incoming one was answered (yes or no) by the agent in another client of theirs, or by another
    /// agent of the team.
    Withdrawn {
        /// Which invitation.
        chat: ChatId,
        /// The agent answered it in another client, or another agent of the team took it.
        elsewhere: bool,
        /// The network's own words, kept for the timeline.
        words: Option<String>,
    },
    /// An incoming invitation is over unanswered: its sender gave up, or its time was up.
    Missed {
        /// Which invitation.
        chat: ChatId,
        /// The network's own words, kept for the timeline.
        words: Option<String>,
    },
    /// Someone asks the agent to a chat; answer with `accept` or `decline`, at once or when the
    /// agent was asked. Until then it rings, and ends as [`Self::Withdrawn`] or [`Self::Missed`].
    Incoming {
        /// The new chat.
        chat: ChatId,
        /// Who asks.
        from: Box<Person>,
        /// The local part of the team's address where they wrote to one.
        team: Option<String>,
        /// What it is about.
        subject: Option<String>,
        /// How urgent it is to the sender.
        importance: Importance,
        /// Preview of the first message. The message itself comes as [`Self::Message`] after the
        /// chat was accepted.
        text: Option<String>,
    },
    /// A message to the agent.
    Message {
        /// In which chat.
        chat: ChatId,
        /// Unique within the chat and the same when the message comes again.
        network_message_id: String,
        /// Who wrote it.
        from: PersonId,
        /// Plain text; nothing in it is markup.
        text: String,
        /// The same as safe HTML (no scripts, images, styles or forms) where the sender used it.
        html: Option<String>,
        /// When the network took it.
        at: Timestamp,
    },
    /// A message of ours has arrived.
    Delivered {
        /// In which chat.
        chat: ChatId,
        /// Its key.
        key: MessageId,
    },
    /// A message of ours, taken by the network before, did not arrive.
    Failed {
        /// In which chat.
        chat: ChatId,
        /// Its key.
        key: MessageId,
        /// The network's own words.
        reason: Option<String>,
    },
    /// The other side started or stopped typing.
    Typing {
        /// In which chat.
        chat: ChatId,
        /// Typing, or stopped.
        typing: bool,
    },
    /// The agent's favourites have changed, here or in another client; ask for them again.
    FavouritesChanged,
    /// The chat is over, or is not there any more.
    Left {
        /// Which chat.
        chat: ChatId,
    },
}

/// Why an invitation did not get to the expert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// Signed out.
    Offline,
    /// No such person.
    NotFound,
    /// Does not want to be disturbed.
    DoNotDisturb,
    /// Busy.
    Busy,
    /// Policy forbids it, or the person's client cannot chat.
    NotAllowed,
    /// Anything else the network reports.
    Network,
}
