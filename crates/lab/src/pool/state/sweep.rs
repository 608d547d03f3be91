//! What happens by the passing of time, looked at once a second.

use super::chat::{ChatKey, Messaging};
use super::{AppId, Core};

impl Core {
    /// Ends what has expired.
    pub(crate) fn sweep(&mut self, now: u64) {
        self.expire_messages(now);
        let ids: Vec<AppId> = self.apps.keys().copied().collect();
        for id in ids {
            self.expire_subscriptions(id, now);
            self.expire_list_subscription(id, now);
            self.turn_idle(id, now);
            self.shut_silent(id, now);
            self.drop_abandoned(id, now);
        }
        self.close_idle_chats(now);
    }

    fn turn_idle(&mut self, id: AppId, now: u64) {
        let fixed = self.behaviour.inactive_seconds * 1_000;
        let Some(app) = self.apps.get_mut(&id) else { return };
        let person = app.person;
        let Some(available) = app.available.as_mut() else { return };
        let inactive_ms = if fixed > 0 { fixed } else { available.inactive_ms };
        let idle_ms = now.saturating_sub(available.active_at);
        let idleness = if idle_ms < inactive_ms {
            0
        } else if idle_ms < 2 * inactive_ms {
            1
        } else {
            2
        };
        if idleness != available.idleness {
            available.idleness = idleness;
            self.refresh_presence(person);
        }
    }

    fn shut_silent(&mut self, id: AppId, now: u64) {
        let limit = self.behaviour.resume_after_seconds * 1_000;
        if limit == 0 {
            return;
        }
        let Some(app) = self.apps.get(&id) else { return };
        let silent =
            app.channels.iter().all(|c| c.waiting.is_none() && now > c.polled_at + limit && !c.resuming);
        if !silent {
            return;
        }
        self.leave_all(id);
        let names: Vec<String> = self
            .apps
            .get(&id)
            .map(|app| app.subscriptions.iter().map(|s| s.id.clone()).collect())
            .unwrap_or_default();
        for name in names {
            self.unsubscribe(id, &name);
        }
        if let Some(app) = self.apps.get_mut(&id) {
            app.channels.iter_mut().for_each(super::channel::Channel::shut);
        }
    }

    fn drop_abandoned(&mut self, id: AppId, now: u64) {
        let limit = self.behaviour.idle_application_seconds * 1_000;
        let Some(app) = self.apps.get(&id) else { return };
        let last = app.channels.iter().map(|c| c.polled_at).chain([app.seen_at]).max().unwrap_or(0);
        let waits = app.channels.iter().any(|c| c.waiting.is_some());
        if !waits && now > last + limit {
            self.remove_application(id);
        }
    }

    fn close_idle_chats(&mut self, now: u64) {
        let limit = self.behaviour.idle_chat_seconds * 1_000;
        if limit == 0 {
            return;
        }
        let idle: Vec<ChatKey> = self
            .chats
            .values()
            .filter(|chat| matches!(chat.messaging, Messaging::Open) && now > chat.spoken_at + limit)
            .map(|chat| chat.key)
            .collect();
        for key in idle {
            self.go_idle(key);
        }
    }
}
