//! The end of a chat, and of its messaging only (ucwa.md §5.7, §5.4).

use super::chat::{Chat, ChatKey, Endpoint, Messaging, Seat};
use super::sip::News;
use super::{AppId, Core};
use crate::pool::view::{conversation, messaging, participant};

impl Core {
    /// One side ends the chat or gives up inviting; false when there is no such chat.
    pub(crate) fn terminate(&mut self, key: ChatKey, side: usize, endpoint: Endpoint) -> bool {
        let Some(chat) = self.take(key) else { return false };
        match &chat.messaging {
            Messaging::Inviting(invite) if invite.by == side => self.cancel(chat),
            Messaging::Inviting(_) => {
                self.put(chat);
                return self.decline(key, endpoint, false, "declined").is_ok();
            }
            Messaging::Open | Messaging::Idle => self.close(&chat),
        }
        true
    }

    /// One side ends the chat for good. [`Self::terminate`] of one that rings again only stops the ringing.
    pub(crate) fn end(&mut self, key: ChatKey, side: usize, endpoint: Endpoint) -> bool {
        let ended = self.terminate(key, side, endpoint);
        let is_left = self.chats.get(&key).is_some_and(|chat| matches!(chat.messaging, Messaging::Idle));
        if ended && is_left { self.terminate(key, side, endpoint) } else { ended }
    }

    fn close(&mut self, chat: &Chat) {
        for side in 0..2 {
            self.sip_tell(chat, side, || News::Ended { chat: chat.key });
            self.tell(chat, side, |scene| {
                let mut events = vec![messaging::updated(scene, "Disconnected", None)];
                events.extend(participant::deleted(scene));
                events.push(conversation::updated(scene, "Disconnected"));
                events.push(conversation::deleted(scene));
                events
            });
        }
        self.archive(chat);
        self.forget_conversations(chat);
    }

    /// A desktop closes the idle messaging; the conversation lives on.
    pub(crate) fn go_idle(&mut self, key: ChatKey) -> bool {
        let Some(mut chat) = self.take(key) else { return false };
        let open = matches!(chat.messaging, Messaging::Open);
        if open {
            chat.messaging = Messaging::Idle;
            for side in 0..2 {
                self.sip_tell(&chat, side, || News::Ended { chat: key });
                self.tell(&chat, side, |scene| {
                    vec![
                        messaging::updated(scene, "Disconnected", None),
                        conversation::updated(scene, "Connected"),
                    ]
                });
            }
        }
        self.put(chat);
        open
    }

    /// An application is gone: its chats end, its pending invitations fail.
    pub(crate) fn leave_all(&mut self, id: AppId) {
        let Some(app) = self.apps.get(&id) else { return };
        let keys: Vec<ChatKey> = app.conversations.values().copied().collect();
        for key in keys {
            let Some(chat) = self.chats.get(&key) else { continue };
            let endpoint = Endpoint::App(id);
            let side = (0..2).find(|s| chat.parties[*s].seats.iter().any(|seat| seat.endpoint == endpoint));
            if let Some(side) = side {
                self.end(key, side, endpoint);
            }
        }
    }

    pub(crate) fn forget_conversations(&mut self, chat: &Chat) {
        for side in 0..2 {
            self.forget_seats(chat, side, |_| true);
        }
    }

    pub(crate) fn forget_seats(&mut self, chat: &Chat, side: usize, which: impl Fn(&Seat) -> bool) {
        for seat in chat.parties[side].seats.iter().filter(|seat| which(seat)) {
            if let Endpoint::App(id) = seat.endpoint
                && let Some(app) = self.apps.get_mut(&id)
            {
                app.conversations.remove(&seat.conversation);
                app.invitations.remove(&seat.invitation);
            }
        }
    }
}
