//! Presence subscriptions (ucwa.md §4.4).

use super::{AppId, Core};
use crate::clock::{now_ms, random_hex};
use crate::pool::people::PersonIndex;
use crate::pool::view::{contact, subscription as view};
use crate::pool::wire::{Kind, Priority};

/// One subscription of an application.
#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    /// 8 hexadecimal digits.
    pub(crate) id: String,
    pub(crate) expires_at: u64,
    pub(crate) members: Vec<PersonIndex>,
    /// The event "about to expire" was sent.
    pub(crate) warned: bool,
}

const MINUTE_MS: u64 = 60_000;

impl Core {
    /// Makes a subscription; `None` when there are too many.
    pub(crate) fn subscribe(
        &mut self,
        id: AppId,
        minutes: u64,
        people: &[PersonIndex],
    ) -> Option<Subscription> {
        let limit = self.behaviour.max_subscriptions;
        let app = self.apps.get_mut(&id)?;
        if app.subscriptions.len() >= limit {
            return None;
        }
        let name = random_hex().get(..8).unwrap_or_default().to_owned();
        let now = now_ms();
        let expires_at = now + minutes.clamp(10, 30) * MINUTE_MS;
        app.subscriptions.push(Subscription {
            id: name.clone(),
            expires_at,
            members: Vec::new(),
            warned: false,
        });
        self.watch(id, &name, people);
        let app = self.apps.get_mut(&id)?;
        let made = app.subscriptions.last()?.clone();
        app.push(view::event(app, &name, Kind::Added), now);
        for person in made.members.clone() {
            self.push_presence(id, person);
        }
        Some(made)
    }

    /// Adds people to a subscription; those that are members already are left as they are.
    pub(crate) fn watch(&mut self, id: AppId, subscription: &str, people: &[PersonIndex]) {
        let now = now_ms();
        for &person in people {
            let Some(address) = self.people.person(person).map(|p| p.address().to_owned()) else { continue };
            let Some(app) = self.apps.get_mut(&id) else { return };
            let Some(found) = app.subscriptions.iter_mut().find(|s| s.id == subscription) else { return };
            if found.members.contains(&person) {
                continue;
            }
            found.members.push(person);
            let times = app.watching.entry(person).or_insert(0);
            *times += 1;
            if *times == 1 {
                self.watchers.entry(person).or_default().push(id);
                app.push(contact::subscribed(app, &address, Kind::Added), now);
            }
        }
    }

    /// Presence of newly added people, as events.
    pub(crate) fn push_presence(&mut self, id: AppId, person: PersonIndex) {
        let Some(address) = self.people.person(person).map(|p| p.address().to_owned()) else { return };
        let Some(app) = self.apps.get_mut(&id) else { return };
        let (sender, path) = (app.sender("people"), app.path.clone());
        for channel in &mut app.channels {
            channel.push_presence(person, now_ms(), || contact::presence_updated(&path, &sender, &address));
        }
    }

    /// Prolongs: what is left plus `minutes`, 30 minutes at most.
    pub(crate) fn extend(&mut self, id: AppId, subscription: &str, minutes: u64) -> Option<Subscription> {
        let now = now_ms();
        let app = self.apps.get_mut(&id)?;
        let found = app.subscriptions.iter_mut().find(|s| s.id == subscription)?;
        found.expires_at = (found.expires_at + minutes * MINUTE_MS).min(now + 30 * MINUTE_MS);
        found.warned = false;
        Some(found.clone())
    }

    /// Removes one person from a subscription.
    pub(crate) fn unwatch(&mut self, id: AppId, subscription: &str, person: PersonIndex) -> bool {
        let Some(app) = self.apps.get_mut(&id) else { return false };
        let Some(found) = app.subscriptions.iter_mut().find(|s| s.id == subscription) else { return false };
        let before = found.members.len();
        found.members.retain(|member| *member != person);
        let removed = found.members.len() < before;
        if removed {
            self.stop_watching(id, person);
        }
        removed
    }

    /// Ends a subscription, asked or expired.
    pub(crate) fn unsubscribe(&mut self, id: AppId, subscription: &str) -> bool {
        let Some(app) = self.apps.get_mut(&id) else { return false };
        let Some(at) = app.subscriptions.iter().position(|s| s.id == subscription) else { return false };
        let ended = app.subscriptions.remove(at);
        for person in ended.members {
            self.stop_watching(id, person);
        }
        if let Some(app) = self.apps.get_mut(&id) {
            app.push(view::event(app, subscription, Kind::Deleted), now_ms());
        }
        true
    }

    /// Ends all that have expired and warns of those that soon will (30 s before, [I]).
    pub(crate) fn expire_subscriptions(&mut self, id: AppId, now: u64) {
        let Some(app) = self.apps.get_mut(&id) else { return };
        let mut warn = Vec::new();
        let mut over = Vec::new();
        for subscription in &mut app.subscriptions {
            if subscription.expires_at <= now {
                over.push(subscription.id.clone());
            } else if subscription.expires_at <= now + MINUTE_MS / 2 && !subscription.warned {
                subscription.warned = true;
                warn.push(subscription.clone());
            }
        }
        for subscription in warn {
            let body = view::resource(app, &subscription);
            let event = view::event(app, &subscription.id, Kind::Updated).embed(body);
            app.push(event.priority(Priority::Medium), now);
        }
        for name in over {
            self.unsubscribe(id, &name);
        }
    }

    fn stop_watching(&mut self, id: AppId, person: PersonIndex) {
        let Some(address) = self.people.person(person).map(|p| p.address().to_owned()) else { return };
        let Some(app) = self.apps.get_mut(&id) else { return };
        let Some(times) = app.watching.get_mut(&person) else { return };
        *times -= 1;
        if *times > 0 {
            return;
        }
        app.watching.remove(&person);
        app.push(contact::subscribed(app, &address, Kind::Deleted), now_ms());
        self.forget_watcher(id, person);
    }

    /// Takes an application off the watchers of a person.
    pub(crate) fn forget_watcher(&mut self, id: AppId, person: PersonIndex) {
        if let Some(watchers) = self.watchers.get_mut(&person) {
            watchers.retain(|watcher| *watcher != id);
            if watchers.is_empty() {
                self.watchers.remove(&person);
            }
        }
    }
}
