//! One event of the event channel (ucwa.md §3).

use super::resource::{Link, Resource};

/// What happened to the resource or operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Added,
    Updated,
    Deleted,
    Started,
    Completed,
}

impl Kind {
    /// The word on the wire.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::Started => "started",
            Self::Completed => "completed",
        }
    }
}

/// How long the server may keep an event to send it together with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    /// At once.
    High,
    /// After the channel's `medium` seconds.
    Medium,
    /// After the channel's `low` seconds.
    Low,
}

/// Who an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sender {
    /// `communication`, `conversation`, `me` or `people`.
    pub(crate) rel: &'static str,
    /// Its path.
    pub(crate) href: String,
}

/// Why an operation failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// For example `RemoteFailure`.
    pub(crate) code: String,
    /// For example `Declined`.
    pub(crate) subcode: String,
    /// A sentence for people.
    pub(crate) message: String,
}

/// One event.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) sender: Sender,
    pub(crate) kind: Kind,
    pub(crate) priority: Priority,
    pub(crate) link: Link,
    pub(crate) inside: Option<Link>,
    pub(crate) success: Option<bool>,
    pub(crate) embedded: Option<Resource>,
    pub(crate) reason: Option<Reason>,
}

impl Event {
    /// An event of high priority with only a link.
    pub(crate) fn new(sender: Sender, kind: Kind, link: Link) -> Self {
        Self {
            sender,
            kind,
            priority: Priority::High,
            link,
            inside: None,
            success: None,
            embedded: None,
            reason: None,
        }
    }

    /// Another priority.
    pub(crate) fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// Embeds the resource that the link points at.
    pub(crate) fn embed(mut self, resource: Resource) -> Self {
        self.embedded = Some(resource);
        self
    }

    /// Says what the resource was added to or deleted from.
    pub(crate) fn inside(mut self, link: Link) -> Self {
        self.inside = Some(link);
        self
    }

    /// The outcome of a completed operation.
    pub(crate) fn outcome(mut self, reason: Option<Reason>) -> Self {
        self.success = Some(reason.is_none());
        self.reason = reason;
        self
    }

    /// A reason without an outcome (an `updated` event may carry one).
    pub(crate) fn because(mut self, reason: Option<Reason>) -> Self {
        self.reason = reason;
        self
    }
}
