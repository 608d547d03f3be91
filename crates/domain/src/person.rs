//! People on chat networks, and how reachable they are.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// A configured chat network, such as `skype` or `xmpp-office`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NetworkId(pub String);

/// Someone on a network. The address is opaque: only the network's connector reads inside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonId {
    /// The network on which the person is found.
    pub network: NetworkId,
    /// The connector's own key for the person.
    pub address: String,
}

/// What a network tells of a person. Absent values are unknown, not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who this is.
    pub id: PersonId,
    /// The name shown to people.
    pub name: String,
    /// Job title.
    pub title: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Office or site.
    pub office: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Work telephone number.
    pub phone: Option<String>,
    /// Mobile telephone number.
    #[serde(default)]
    pub mobile: Option<String>,
    /// Private telephone number.
    #[serde(default)]
    pub home_phone: Option<String>,
    /// Any other telephone number.
    #[serde(default)]
    pub other_phone: Option<String>,
    /// What kind of account this is.
    #[serde(default)]
    pub kind: PersonKind,
}

impl Person {
    /// Somebody of whom only the name is known.
    #[must_use]
    pub fn new(id: PersonId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            title: None,
            department: None,
            company: None,
            office: None,
            email: None,
            phone: None,
            mobile: None,
            home_phone: None,
            other_phone: None,
            kind: PersonKind::User,
        }
    }
}

/// What kind of account somebody has on a network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    /// A human being, as far as the network tells.
    #[default]
    User,
    /// A program.
    Bot,
    /// A telephone, such as that of a meeting room.
    Phone,
}

/// How reachable a person is on a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Free to be asked.
    Available,
    /// Busy with something that is not a call.
    Busy,
    /// On the telephone or in a conference.
    InACall,
    /// Does not want to be disturbed; the network does not ring.
    DoNotDisturb,
    /// Signed in, not at the desk.
    Away,
    /// Signed out of the network.
    Offline,
    /// The network has not told.
    Unknown,
}

impl Presence {
    /// Order in which people are worth asking: smaller is better.
    #[must_use]
    pub fn reach_rank(self) -> u8 {
        match self {
            Self::Available => 0,
            Self::Away => 1,
            Self::Busy => 2,
            Self::InACall => 3,
            Self::Unknown => 4,
            Self::DoNotDisturb => 5,
            Self::Offline => 6,
        }
    }
}

/// A presence with the moment at which the network last told it: presence without its age may lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceReport {
    /// How reachable.
    pub presence: Presence,
    /// The network's own words beside it, such as "In a meeting".
    pub activity: Option<String>,
    /// Since when, where that is known: for someone away or signed out the moment at which the
    /// network last saw them active, otherwise when the change was seen.
    #[serde(default)]
    pub since: Option<Timestamp>,
    /// What the person has written beside their name.
    #[serde(default)]
    pub note: Option<Note>,
    /// When it was told.
    pub at: Timestamp,
}

impl PresenceReport {
    /// A presence of which nothing else is known.
    #[must_use]
    pub fn new(presence: Presence, at: Timestamp) -> Self {
        Self { presence, activity: None, since: None, note: None, at }
    }
}

/// What a person has written beside their name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Plain text.
    pub text: String,
    /// It is the message of somebody who is away for longer.
    pub out_of_office: bool,
}

/// How urgent a question is, as the expert's client may show it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Importance {
    /// As usual.
    #[default]
    Normal,
    /// Soon.
    Urgent,
    /// At once.
    Emergency,
}
