//! Giving events to the seats of a chat.

use super::Core;
use super::chat::{Chat, Endpoint, Seat};
use crate::clock::now_ms;
use crate::pool::view::Scene;
use crate::pool::wire::Event;

impl Core {
    /// Calls `make` for every application seat of a side and queues the events that it returns.
    pub(crate) fn tell(&mut self, chat: &Chat, side: usize, make: impl Fn(&Scene<'_>) -> Vec<Event>) {
        for seat in &chat.parties[side].seats {
            self.tell_seat(chat, side, seat, &make);
        }
    }

    /// The same for one seat.
    pub(crate) fn tell_seat(
        &mut self,
        chat: &Chat,
        side: usize,
        seat: &Seat,
        make: impl Fn(&Scene<'_>) -> Vec<Event>,
    ) {
        let Endpoint::App(id) = seat.endpoint else { return };
        let Some(app) = self.apps.get_mut(&id) else { return };
        let events = make(&Scene { path: &app.path, chat, side, seat });
        let now = now_ms();
        for event in events {
            app.push(event, now);
        }
    }

    /// The next event of the seats of a side starts a batch of its own.
    pub(crate) fn split_batch(&mut self, chat: &Chat, side: usize) {
        for seat in &chat.parties[side].seats {
            if let Endpoint::App(id) = seat.endpoint
                && let Some(app) = self.apps.get_mut(&id)
            {
                app.start_batch();
            }
        }
    }

    /// Takes a chat out to work on it; it has to be put back with `put` unless it ended.
    pub(crate) fn take(&mut self, key: u64) -> Option<Chat> {
        self.chats.remove(&key)
    }

    /// Puts a chat back.
    pub(crate) fn put(&mut self, chat: Chat) {
        self.chats.insert(chat.key, chat);
    }
}
