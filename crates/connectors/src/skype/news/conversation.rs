//! `conversation`, `messaging` and typing events (UCWA 5.1, 5.6, 5.7).

use super::{Event, Reading};
use crate::{
    SessionEvent,
    skype::{
        chats::{Chat, Phase},
        resource::{link, text},
    },
};
use serde_json::Value;

impl Reading<'_> {
    pub(super) fn conversation(&mut self, event: &Event<'_>) {
        let Some(id) = self.chats.of_conversation(event.href) else { return };
        let Some(chat) = self.chats.by_id.get_mut(&id) else { return };
        if event.kind != "deleted" {
            if let Some(thread) = text(event.resource, "threadId") {
                chat.kept.thread = Some(thread.to_owned());
            }
            return;
        }
        if chat.kept.phase == Phase::Open && chat.renewal.is_none() {
            self.chats.end(&id);
            self.told.push(SessionEvent::Left { chat: id });
        } else {
            // How the invitation ended may be told after this, in the same document.
            self.gone.push(id);
        }
    }

    pub(super) fn messaging(&mut self, event: &Event<'_>) {
        let conversation = link(event.resource, "conversation").unwrap_or(event.sender);
        let id = self.chats.of_conversation(conversation);
        let Some(chat) = id.and_then(|id| self.chats.by_id.get_mut(&id)) else { return };
        if event.resource.is_object() {
            note_messaging(chat, event.resource);
        }
    }

    pub(super) fn typing(&mut self, event: &Event<'_>) {
        let Some(id) = self.chats.of_conversation(event.sender) else { return };
        let typing = match event.kind {
            "added" | "updated" => true,
            "deleted" => false,
            _ => return,
        };
        self.told.push(SessionEvent::Typing { chat: id, typing });
    }
}

/// Notes what a chat can do: a link that is absent is not possible at present.
pub(in crate::skype) fn note_messaging(chat: &mut Chat, resource: &Value) {
    let href = |rel: &str| link(resource, rel).map(str::to_owned);
    chat.links.send = href("sendMessage");
    chat.links.typing = href("setIsTyping");
    chat.links.stop = href("stopMessaging").or(chat.links.stop.take());
    chat.links.add = href("addMessaging");
    if chat.links.send.is_some() || chat.links.add.is_some() {
        chat.rings_unknown = None;
    }
    let formats = resource.get("negotiatedMessageFormats").and_then(Value::as_array);
    let takes = |format: &str| {
        let each = formats.into_iter().flatten().filter_map(Value::as_str);
        each.into_iter().any(|known| known.eq_ignore_ascii_case(format))
    };
    chat.links.only_html = takes("Html") && !takes("Plain");
}
