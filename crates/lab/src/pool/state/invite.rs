//! Starting a chat, or messaging again in one (ucwa.md §5.1, §5.4).

use std::collections::HashMap;

use super::app::App;
use super::chat::{Chat, ChatKey, Endpoint, Invite, Messaging, Party, Seat};
use super::sip::News;
use super::{Core, Cue};
use crate::clock::{now_ms, random_guid, random_hex};
use crate::pool::people::{PersonIndex, address_of};
use crate::pool::view::{conversation, invitation, messaging, participant};
use crate::pool::wire::Event;
use crate::pool::wire::data_uri::Text;

/// What the inviter asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct InviteArgs {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) importance: String,
    pub(crate) thread: Option<String>,
    pub(crate) operation: Option<String>,
    pub(crate) first: Option<Text>,
    /// A `data:` link that is passed on as it is.
    pub(crate) custom: Option<String>,
    /// Messaging again in this chat.
    pub(crate) again: Option<ChatKey>,
}

/// Why there is no invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InviteError {
    TooManyConversations,
    ThreadIdAlreadyExists,
    ConversationNotFound,
    /// Messaging in the chat is connected or connecting.
    AlreadyConnected,
}

impl Core {
    /// Starts inviting; the chat and the id of the inviter's invitation. What comes of it is told by events.
    pub(crate) fn invite(
        &mut self,
        from: PersonIndex,
        endpoint: Endpoint,
        args: InviteArgs,
    ) -> Result<(ChatKey, String), InviteError> {
        let chat = match args.again {
            Some(key) => self.invite_again(key, from, endpoint, args)?,
            None => self.invite_new(from, endpoint, args)?,
        };
        self.stats.invitations += 1;
        let by = chat.invite().map_or(0, |invite| invite.by);
        let told = chat.parties[by].seats.iter().find(|seat| seat.endpoint == endpoint);
        let id = told.map(|seat| seat.invitation.clone()).unwrap_or_default();
        let key = chat.key;
        self.index(&chat);
        self.tell(&chat, by, |scene| {
            let mut events = vec![invitation::started(scene)];
            if !scene.chat.reopened {
                events.extend([conversation::added(scene), participant::local_added(scene)]);
            }
            events.push(messaging::updated(scene, "Connecting", None));
            events
        });
        self.ring(chat);
        Ok((key, id))
    }

    fn invite_new(
        &mut self,
        from: PersonIndex,
        endpoint: Endpoint,
        args: InviteArgs,
    ) -> Result<Chat, InviteError> {
        if let Endpoint::App(id) = endpoint
            && let Some(app) = self.apps.get(&id)
            && app.conversations.len() >= self.behaviour.max_conversations
        {
            return Err(InviteError::TooManyConversations);
        }
        if let Some(thread) = &args.thread
            && self.chats.values().any(|c| c.thread == *thread && c.side_of(from).is_some())
        {
            return Err(InviteError::ThreadIdAlreadyExists);
        }
        let starter = self.people.person(from).map(|p| p.uri.clone()).unwrap_or_default();
        let seat = self.new_seat(endpoint, u32::from(args.first.is_some()));
        let invite = Invite::new(0, args.operation, args.first, args.custom);
        let key = self.next_key();
        Ok(Chat {
            key,
            thread: args.thread.unwrap_or_else(random_hex),
            subject: args.subject,
            importance: args.importance,
            parties: [
                self.party(&starter, vec![seat]),
                self.party(&format!("sip:{}", address_of(&args.to)), Vec::new()),
            ],
            messaging: Messaging::Inviting(invite),
            round: 1,
            reopened: false,
            spoken_at: now_ms(),
            html: false,
            lines: Vec::new(),
        })
    }

    fn invite_again(
        &mut self,
        key: ChatKey,
        from: PersonIndex,
        endpoint: Endpoint,
        args: InviteArgs,
    ) -> Result<Chat, InviteError> {
        let chat = self.chats.get_mut(&key).ok_or(InviteError::ConversationNotFound)?;
        let by = chat.side_of(from).ok_or(InviteError::ConversationNotFound)?;
        if !matches!(chat.messaging, Messaging::Idle) {
            return Err(InviteError::AlreadyConnected);
        }
        chat.round += 1;
        chat.reopened = true;
        if let Some(seat) = chat.seat_mut(by, endpoint) {
            seat.invitation = random_hex();
            seat.last_message += u32::from(args.first.is_some());
        }
        let invite = Invite::new(by, args.operation, args.first, args.custom);
        chat.messaging = Messaging::Inviting(invite);
        self.take(key).ok_or(InviteError::ConversationNotFound)
    }

    /// Rings every endpoint of the invited person, or finds that nobody can be rung.
    fn ring(&mut self, mut chat: Chat) {
        let Some(invite) = chat.invite() else { return self.put(chat) };
        let (by, first) = (invite.by, u32::from(invite.first.is_some()));
        let other = 1 - by;
        let (key, round) = (chat.key, chat.round);
        let (endpoints, cause) = self.reach(&chat.parties[other], chat.reopened.then_some(&chat));
        if let Some(cause) = cause {
            self.cue(Cue::FailLater { chat: key, round, cause });
            return self.put(chat);
        }
        for endpoint in &endpoints {
            match chat.seat_mut(other, *endpoint) {
                Some(seat) => {
                    seat.invitation = random_hex();
                    seat.last_message += first;
                }
                None => {
                    let seat = self.new_seat(*endpoint, 0);
                    chat.parties[other].seats.push(seat);
                }
            }
        }
        self.index(&chat);
        self.tell(&chat, other, incoming);
        if !chat.reopened {
            self.split_batch(&chat, other);
            self.tell(&chat, other, |scene| vec![participant::other_added(scene, true)]);
        }
        self.ring_sip(&chat, by);
        self.cue(Cue::RingTimeout { chat: key, round });
        if endpoints.contains(&Endpoint::Persona)
            && let Some(person) = chat.parties[other].person
        {
            self.cue(Cue::Invited { person, chat: key });
        }
        self.put(chat);
    }

    fn ring_sip(&self, chat: &Chat, by: usize) {
        let inviter = &chat.parties[by];
        self.sip_tell(chat, 1 - by, || News::Invited {
            chat: chat.key,
            from: inviter.address().to_owned(),
            name: inviter.name.clone(),
            thread: chat.thread.clone(),
            subject: chat.subject.clone(),
            first: chat.invite().and_then(|invite| invite.first.clone()),
        });
    }

    /// The endpoints to ring, or why there are none.
    fn reach(&self, party: &Party, reopened: Option<&Chat>) -> (Vec<Endpoint>, Option<&'static str>) {
        let Some(index) = party.person else {
            let local = party.address().ends_with(&format!("@{}", self.people.domain()));
            return (Vec::new(), Some(if local { "unknown" } else { "federation" }));
        };
        let shown = self.presence.get(index as usize).map_or("", |p| p.availability.as_str());
        if reopened.is_some() && !party.seats.is_empty() {
            let seated: Vec<Endpoint> = party.seats.iter().map(|seat| seat.endpoint).collect();
            let gone = shown == "Offline" && seated.iter().all(|endpoint| *endpoint == Endpoint::Persona);
            return if gone { (Vec::new(), Some("offline")) } else { (seated, None) };
        }
        if shown == "DoNotDisturb" {
            return (Vec::new(), Some("dnd"));
        }
        let apps = self.apps_of.get(&index).map(Vec::as_slice).unwrap_or_default();
        let sips = self.sips_of.get(&index).map(Vec::as_slice).unwrap_or_default();
        let rung: Vec<Endpoint> = apps
            .iter()
            .filter(|id| self.apps.get(id).is_some_and(App::takes_messaging))
            .map(|id| Endpoint::App(*id))
            .chain(sips.iter().map(|id| Endpoint::Sip(*id)))
            .collect();
        if !rung.is_empty() {
            return (rung, None);
        }
        let persona = self.people.person(index).is_some_and(|p| !p.persona.is_empty() && p.persona != "none");
        if persona && shown != "Offline" {
            return (vec![Endpoint::Persona], None);
        }
        (Vec::new(), Some("offline"))
    }

    /// Enters a chat's conversations and invitations into its applications.
    pub(crate) fn index(&mut self, chat: &Chat) {
        let inviting = chat.invite().is_some();
        for seat in chat.parties.iter().flat_map(|party| &party.seats) {
            let Endpoint::App(id) = seat.endpoint else { continue };
            let Some(app) = self.apps.get_mut(&id) else { continue };
            app.conversations.insert(seat.conversation.clone(), chat.key);
            if inviting {
                app.invitations.insert(seat.invitation.clone(), chat.key);
            }
        }
    }

    fn party(&self, uri: &str, seats: Vec<Seat>) -> Party {
        let person = self.people.find(uri);
        Party { uri: uri.to_owned(), name: self.name_of(uri), person, seats, typing_until: 0 }
    }

    fn new_seat(&self, endpoint: Endpoint, last_message: u32) -> Seat {
        Seat {
            endpoint,
            conversation: random_guid(),
            invitation: random_hex(),
            last_message,
            html: self.takes_html(endpoint),
            sent: HashMap::new(),
        }
    }

    fn takes_html(&self, endpoint: Endpoint) -> bool {
        match endpoint {
            Endpoint::App(id) => self.apps.get(&id).is_some_and(App::takes_html),
            // Desktop clients do.
            Endpoint::Persona | Endpoint::Sip(_) => true,
        }
    }
}

/// Batch A of an incoming invitation.
fn incoming(scene: &crate::pool::view::Scene<'_>) -> Vec<Event> {
    let mut events = vec![invitation::started(scene)];
    if !scene.chat.reopened {
        events.extend([conversation::added(scene), participant::local_added(scene)]);
    }
    events
}
