//! What the pool knows: applications, their event channels, chats, presence. One lock guards all of it; no
//! operation waits while holding it, and each takes microseconds. What personas have to do is handed out as
//! cues and done elsewhere.

mod answer;
pub(crate) mod app;
pub(crate) mod app_life;
pub(crate) mod archive;
pub(crate) mod channel;
pub(crate) mod chat;
pub(crate) mod contact_list;
mod end;
pub(crate) mod inbox;
mod invite;
mod message;
mod poll;
pub(crate) mod presence;
pub(crate) mod sip;
pub(crate) mod subscription;
pub(crate) mod sweep;
mod tell;

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::options::{Behaviour, Reasons};
use super::people::{Directory, PersonIndex};
use super::trouble::events::EventTrouble;
use app::App;
use chat::{Chat, ChatKey};
use contact_list::ContactLists;
use inbox::Inbox;
use presence::Presence;
use sip::{News, Publication, SipEndpoint, SipId};

pub(crate) use answer::AnswerError;
pub(crate) use chat::Endpoint;
pub(crate) use invite::{InviteArgs, InviteError};
pub(crate) use message::{SayArgs, SayError};
pub(crate) use poll::{Poll, PollArgs};

/// The number of an application: 12 digits on the wire.
pub(crate) type AppId = u64;

/// Something that a persona or a timer should do soon.
#[derive(Debug, Clone)]
pub(crate) enum Cue {
    /// A person without a client is rung.
    Invited { person: PersonIndex, chat: ChatKey },
    /// A person without a client was told something.
    Told { person: PersonIndex, chat: ChatKey, text: String },
    /// The inviter gave up, or nobody answered in time.
    Missed { person: PersonIndex, inviter: String },
    /// Fail the invitation of the chat after a moment.
    FailLater { chat: ChatKey, round: u32, cause: &'static str },
    /// End the ringing of this round when nobody has answered.
    RingTimeout { chat: ChatKey, round: u32 },
    /// Stop showing that somebody types, unless typing was refreshed.
    TypingEnds { chat: ChatKey, side: usize },
}

/// Counters of `GET /stats`.
#[derive(Debug, Default, Clone, serde::Serialize)]
pub(crate) struct Stats {
    pub(crate) invitations: u64,
    pub(crate) accepted: u64,
    pub(crate) failed: u64,
    pub(crate) messages: u64,
    pub(crate) messages_repeated: u64,
    pub(crate) messages_undelivered: u64,
    pub(crate) events_sent: u64,
    pub(crate) batches: u64,
    pub(crate) batches_replayed: u64,
    pub(crate) resyncs: u64,
    pub(crate) polls_replaced: u64,
    pub(crate) presence_changes: u64,
}

/// The pool's state.
pub(crate) struct Core {
    pub(crate) people: Arc<Directory>,
    pub(crate) behaviour: Arc<Behaviour>,
    pub(crate) reasons: Reasons,
    pub(crate) apps: HashMap<AppId, App>,
    pub(crate) apps_of: HashMap<PersonIndex, Vec<AppId>>,
    pub(crate) chats: HashMap<ChatKey, Chat>,
    pub(crate) presence: Vec<Presence>,
    pub(crate) watchers: HashMap<PersonIndex, Vec<AppId>>,
    pub(crate) contact_lists: ContactLists,
    pub(crate) archives: HashMap<PersonIndex, Vec<archive::Log>>,
    /// Messages to these people fail: how many more, and for what cause.
    pub(crate) failing: HashMap<PersonIndex, (u64, String)>,
    pub(crate) sips: HashMap<SipId, SipEndpoint>,
    pub(crate) sips_of: HashMap<PersonIndex, Vec<SipId>>,
    pub(crate) sip_watchers: HashMap<PersonIndex, Vec<SipId>>,
    pub(crate) publications: HashMap<PersonIndex, Vec<Publication>>,
    pub(crate) inboxes: HashMap<PersonIndex, Inbox>,
    pub(crate) undelivered: HashMap<u64, message::Undelivered>,
    pub(crate) event_troubles: Vec<EventTrouble>,
    pub(crate) stats: Stats,
    cues: mpsc::UnboundedSender<Cue>,
    last_key: u64,
}

impl Core {
    /// A pool in which nobody is signed in.
    pub(crate) fn new(
        people: Arc<Directory>,
        behaviour: Arc<Behaviour>,
        cues: mpsc::UnboundedSender<Cue>,
    ) -> Self {
        let presence = people.all().iter().map(Presence::at_start).collect();
        Self {
            reasons: Reasons::new(&behaviour.reasons),
            people,
            behaviour,
            apps: HashMap::new(),
            apps_of: HashMap::new(),
            chats: HashMap::new(),
            presence,
            watchers: HashMap::new(),
            contact_lists: HashMap::new(),
            archives: HashMap::new(),
            failing: HashMap::new(),
            sips: HashMap::new(),
            sips_of: HashMap::new(),
            sip_watchers: HashMap::new(),
            publications: HashMap::new(),
            inboxes: HashMap::new(),
            undelivered: HashMap::new(),
            event_troubles: Vec::new(),
            stats: Stats::default(),
            cues,
            last_key: 0,
        }
    }

    /// Forgets applications, chats and subscriptions, as a restarted front end does. Presence of people
    /// without a client, and the inboxes, stay.
    pub(crate) fn restart(&mut self) {
        for app in self.apps.values() {
            app.wake_all();
        }
        self.apps.clear();
        for chat in self.chats.values() {
            for side in 0..2 {
                self.sip_tell(chat, side, || News::Ended { chat: chat.key });
            }
        }
        self.chats.clear();
        self.watchers.clear();
        self.undelivered.clear();
        let persons: Vec<PersonIndex> = self.apps_of.drain().map(|(person, _)| person).collect();
        for person in persons {
            self.refresh_presence(person);
        }
    }

    pub(crate) fn cue(&self, cue: Cue) {
        // The director ends only with the process.
        let _ = self.cues.send(cue);
    }

    pub(crate) fn next_key(&mut self) -> u64 {
        self.last_key += 1;
        self.last_key
    }

    /// The name of a person, or the address of a stranger.
    pub(crate) fn name_of(&self, uri: &str) -> String {
        let known = self.people.find(uri).and_then(|index| self.people.person(index));
        known.map_or_else(|| uri.trim_start_matches("sip:").to_owned(), |person| person.name.clone())
    }
}
