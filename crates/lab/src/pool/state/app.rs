//! One application: one signed-in endpoint of a user (ucwa.md §2).

use std::collections::HashMap;

use super::channel::Channel;
use super::chat::ChatKey;
use super::subscription::Subscription;
use crate::pool::people::PersonIndex;
use crate::pool::wire::{Event, Sender};

/// What a client says of itself when it creates an application.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Identity {
    pub(crate) user_agent: String,
    pub(crate) endpoint_id: String,
    pub(crate) culture: String,
    pub(crate) kind: String,
}

/// How an application made itself available.
#[derive(Debug, Clone)]
pub(crate) struct Available {
    /// The presence that the user chose; empty is automatic.
    pub(crate) chosen: String,
    /// The activity text that goes with it.
    pub(crate) activity: String,
    /// After this time without activity the presence turns idle.
    pub(crate) inactive_ms: u64,
    /// When activity was last reported.
    pub(crate) active_at: u64,
    /// 0 active, 1 idle, 2 away.
    pub(crate) idleness: u8,
}

impl Available {
    /// The availability and activity that the world sees.
    pub(crate) fn shows(&self) -> (String, String) {
        let chosen = if self.chosen.is_empty() { "Online" } else { self.chosen.as_str() };
        let (availability, activity) = match (chosen, self.idleness) {
            ("Offwork", _) => ("Away", "off-work"),
            ("Online", 1) => ("IdleOnline", ""),
            ("Busy", 1) => ("IdleBusy", ""),
            ("Online" | "Busy", 2) => ("Away", ""),
            (other, _) => (other, self.activity.as_str()),
        };
        (availability.to_owned(), activity.to_owned())
    }
}

/// One application.
pub(crate) struct App {
    pub(crate) person: PersonIndex,
    /// The path of the application, without a slash at its end.
    pub(crate) path: String,
    pub(crate) identity: Identity,
    /// The random name of the property that a PUT of `communication` has to echo.
    pub(crate) echo_key: String,
    pub(crate) available: Option<Available>,
    pub(crate) modalities: Vec<String>,
    pub(crate) formats: Vec<String>,
    pub(crate) phone_number: String,
    /// Past conversations are kept.
    pub(crate) history: bool,
    pub(crate) channels: Vec<Channel>,
    pub(crate) subscriptions: Vec<Subscription>,
    /// Until when (ms) changes of the contact list are told; 0 is not at all.
    pub(crate) list_until: u64,
    /// The event "about to expire" of the list was sent.
    pub(crate) list_warned: bool,
    /// Who is watched, and by how many subscriptions.
    pub(crate) watching: HashMap<PersonIndex, u32>,
    pub(crate) conversations: HashMap<String, ChatKey>,
    pub(crate) invitations: HashMap<String, ChatKey>,
    /// Invitations by the client's operationId, to know a repeated one.
    pub(crate) operations: HashMap<String, String>,
    /// When the last request came.
    pub(crate) seen_at: u64,
}

impl App {
    /// A path below the application.
    pub(crate) fn href(&self, below: &str) -> String {
        format!("{}/{below}", self.path)
    }

    /// One of `communication`, `me`, `people` as a sender.
    pub(crate) fn sender(&self, rel: &'static str) -> Sender {
        Sender { rel, href: self.href(rel) }
    }

    /// The endpoint's part of its GRUU.
    pub(crate) fn epid(&self) -> &str {
        self.echo_key.get(..8).unwrap_or_default()
    }

    /// Gives an event to every channel.
    pub(crate) fn push(&mut self, event: Event, now: u64) {
        if let Some((last, others)) = self.channels.split_last_mut() {
            for channel in others {
                channel.push(event.clone(), now);
            }
            last.push(event, now);
        }
    }

    /// From here on events go into the next batch.
    pub(crate) fn start_batch(&mut self) {
        for channel in &mut self.channels {
            channel.start_batch();
        }
    }

    /// Wakes every pending P-GET.
    pub(crate) fn wake_all(&self) {
        for channel in &self.channels {
            channel.wake();
        }
    }

    /// Whether it takes HTML messages.
    pub(crate) fn takes_html(&self) -> bool {
        self.formats.iter().any(|format| format.eq_ignore_ascii_case("Html"))
    }

    /// Whether it takes incoming chats.
    pub(crate) fn takes_messaging(&self) -> bool {
        self.available.is_some() && self.modalities.iter().any(|m| m.eq_ignore_ascii_case("Messaging"))
    }
}
