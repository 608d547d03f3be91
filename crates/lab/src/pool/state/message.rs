//! Messages and typing in an open chat (ucwa.md §5.5, §5.6).

use super::chat::{Chat, ChatKey, Endpoint, Messaging};
use super::inbox::Seen;
use super::sip::News;
use super::{Core, Cue};
use crate::clock::now_ms;
use crate::pool::people::PersonIndex;
use crate::pool::view::{conversation, message, participant};
use crate::pool::wire::Reason;
use crate::pool::wire::data_uri::Text;

/// What a side says.
#[derive(Debug, Clone)]
pub(crate) struct SayArgs {
    pub(crate) text: Text,
    pub(crate) operation: Option<String>,
}

/// Why nothing was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SayError {
    /// There is no such chat.
    Gone,
    /// Messaging is not connected.
    NotConnected,
    /// HTML was not negotiated.
    FormatNotNegotiated,
}

/// A message on its way to a client.
#[derive(Debug, Clone)]
pub(crate) struct Undelivered {
    pub(crate) chat: ChatKey,
    /// The side that sent it.
    pub(crate) from: usize,
    /// Its number in the sender's conversation; `None` for the first message of an invitation.
    pub(crate) number: Option<u32>,
    pub(crate) sender: Option<PersonIndex>,
    pub(crate) receiver: Option<PersonIndex>,
    pub(crate) fails_at: u64,
}

impl Core {
    /// Says something; the number of the message in the speaker's conversation.
    pub(crate) fn say(
        &mut self,
        key: ChatKey,
        side: usize,
        endpoint: Endpoint,
        args: SayArgs,
    ) -> Result<u32, SayError> {
        let dedupes = !self.behaviour.no_dedupe;
        let mut chat = self.take(key).ok_or(SayError::Gone)?;
        let (open, can_html) = (matches!(chat.messaging, Messaging::Open), chat.html);
        let Some(seat) = chat.seat_mut(side, endpoint) else {
            self.put(chat);
            return Err(SayError::Gone);
        };
        let known = args.operation.as_ref().and_then(|operation| seat.sent.get(operation).copied());
        if let Some(number) = known.filter(|_| dedupes) {
            self.stats.messages_repeated += 1;
            self.put(chat);
            return Ok(number);
        }
        if !open {
            self.put(chat);
            return Err(SayError::NotConnected);
        }
        if args.text.html && !can_html && matches!(endpoint, Endpoint::App(_)) {
            self.put(chat);
            return Err(SayError::FormatNotNegotiated);
        }
        seat.last_message += 1;
        let number = seat.last_message;
        if let Some(operation) = &args.operation {
            seat.sent.insert(operation.clone(), number);
        }
        self.stop_typing(&mut chat, side);
        self.deliver(&mut chat, 1 - side, Some(number), args.operation.as_deref(), args.text);
        self.put(chat);
        Ok(number)
    }

    /// The opening message of an invitation reaches the one who accepted.
    pub(crate) fn deliver_first(&mut self, chat: &mut Chat, to: usize, operation: Option<&str>, text: Text) {
        self.deliver(chat, to, None, operation, text);
        self.tell(chat, to, |scene| vec![conversation::updated(scene, "Connected")]);
    }

    fn deliver(
        &mut self,
        chat: &mut Chat,
        to: usize,
        number: Option<u32>,
        operation: Option<&str>,
        text: Text,
    ) {
        let now = now_ms();
        chat.spoken_at = now;
        self.stats.messages += 1;
        let id = self.next_key();
        self.keep_line(chat, 1 - to, &text, now);
        let (sender, receiver) = (chat.parties[1 - to].person, chat.parties[to].person);
        let (from, to_uri) = (chat.parties[1 - to].uri.clone(), chat.parties[to].uri.clone());
        if let Some(sender) = sender {
            self.record_said(sender, chat.key, id, &to_uri, &text.body);
        }
        let fails_at = now + self.behaviour.undelivered_ms;
        let pending = Undelivered { chat: chat.key, from: 1 - to, number, sender, receiver, fails_at };
        if let Some(reason) = receiver.and_then(|receiver| self.fails_now(receiver)) {
            return self.settle(chat, id, &pending, Some(&reason));
        }
        let Some(seat) = chat.parties[to].seats.first_mut() else { return };
        let text = if seat.html { text } else { text.as_plain() };
        seat.last_message += 1;
        let seat = seat.clone();
        let at_persona = seat.endpoint == Endpoint::Persona;
        if let Some(receiver) = receiver {
            let seen = Seen {
                id,
                chat: chat.key,
                conversation: seat.conversation.clone(),
                from,
                text: text.body.clone(),
                html: text.html,
                opening: number.is_none(),
                operation_context: operation.map(str::to_owned),
                at: now,
                deliveries: u32::from(at_persona),
            };
            self.record(receiver, seen);
        }
        if let Endpoint::App(app_id) = seat.endpoint {
            if let Some(app) = self.apps.get_mut(&app_id) {
                let scene = crate::pool::view::Scene { path: &app.path, chat, side: to, seat: &seat };
                let event = message::incoming(&scene, seat.last_message, &text, now);
                for channel in &mut app.channels {
                    channel.push_message(event.clone(), id, now);
                }
            }
            self.undelivered.insert(id, pending);
            return;
        }
        if let Endpoint::Sip(_) = seat.endpoint {
            self.sip_tell_seat(seat.endpoint, || News::Message { chat: chat.key, id, text });
            self.undelivered.insert(id, pending);
            return;
        }
        self.settle(chat, id, &pending, None);
        if let Some(person) = receiver {
            self.cue(Cue::Told { person, chat: chat.key, text: text.body });
        }
    }

    /// Whether the control API has messages to this person fail, and why.
    fn fails_now(&mut self, receiver: PersonIndex) -> Option<Reason> {
        let (left, cause) = self.failing.get_mut(&receiver)?;
        let reason = self.reasons.of(cause);
        *left -= 1;
        if *left == 0 {
            self.failing.remove(&receiver);
        }
        Some(reason)
    }

    /// Tells the sender what became of a message.
    fn settle(&mut self, chat: &Chat, id: u64, pending: &Undelivered, reason: Option<&Reason>) {
        if let Some(sender) = pending.sender {
            self.settle_said(sender, id, if reason.is_none() { "delivered" } else { "failed" });
        }
        if reason.is_some() {
            self.stats.messages_undelivered += 1;
        }
        if let Some(number) = pending.number {
            let now = now_ms();
            self.tell(chat, pending.from, |scene| vec![message::sent(scene, number, now, reason.cloned())]);
        }
    }

    /// Messages were put on the wire to their receiver for the first time.
    pub(crate) fn delivered(&mut self, ids: &[u64]) {
        for id in ids {
            let Some(pending) = self.undelivered.remove(id) else { continue };
            if let Some(receiver) = pending.receiver {
                self.count_delivery(receiver, *id);
            }
            if let Some(chat) = self.take(pending.chat) {
                self.settle(&chat, *id, &pending, None);
                self.put(chat);
            } else if let Some(sender) = pending.sender {
                self.settle_said(sender, *id, "delivered");
            }
        }
    }

    /// The receiver's client refused a message.
    pub(crate) fn refused(&mut self, id: u64) {
        if let Some(pending) = self.undelivered.get_mut(&id) {
            pending.fails_at = 0;
        }
        self.expire_messages(1);
    }

    /// Messages that nobody fetched in time are taken back and reported.
    pub(crate) fn expire_messages(&mut self, now: u64) {
        let late: Vec<u64> =
            self.undelivered.iter().filter(|(_, m)| m.fails_at <= now).map(|(id, _)| *id).collect();
        for id in late {
            let Some(pending) = self.undelivered.remove(&id) else { continue };
            let reason = self.reasons.of("undelivered");
            let Some(chat) = self.take(pending.chat) else { continue };
            for seat in &chat.parties[1 - pending.from].seats {
                if let Endpoint::App(app) = seat.endpoint
                    && let Some(app) = self.apps.get_mut(&app)
                {
                    app.channels.iter_mut().for_each(|channel| channel.drop_message(id));
                }
            }
            self.settle(&chat, id, &pending, Some(&reason));
            self.put(chat);
        }
    }

    /// A side types; it shows until the timer ends or something is said.
    pub(crate) fn typing(&mut self, key: ChatKey, side: usize) -> Result<(), SayError> {
        let mut chat = self.take(key).ok_or(SayError::Gone)?;
        if !matches!(chat.messaging, Messaging::Open) {
            self.put(chat);
            return Err(SayError::NotConnected);
        }
        let was = chat.parties[side].typing_until;
        chat.parties[side].typing_until = now_ms() + self.behaviour.typing_ms;
        if was == 0 {
            self.sip_tell(&chat, 1 - side, || News::Typing { chat: key, begins: true });
            self.tell(&chat, 1 - side, |scene| vec![participant::typing(scene, true)]);
            self.cue(Cue::TypingEnds { chat: key, side });
        }
        self.put(chat);
        Ok(())
    }

    /// The typing timer rang; when typing was refreshed it says how long to wait again.
    pub(crate) fn typing_ends(&mut self, key: ChatKey, side: usize, now: u64) -> Option<u64> {
        let mut chat = self.take(key)?;
        let until = chat.parties[side].typing_until;
        let again = (until > now).then(|| until - now);
        if again.is_none() {
            self.stop_typing(&mut chat, side);
        }
        self.put(chat);
        again
    }

    fn stop_typing(&mut self, chat: &mut Chat, side: usize) {
        if chat.parties[side].typing_until == 0 {
            return;
        }
        chat.parties[side].typing_until = 0;
        self.sip_tell(chat, 1 - side, || News::Typing { chat: chat.key, begins: false });
        self.tell(chat, 1 - side, |scene| vec![participant::typing(scene, false)]);
    }
}
