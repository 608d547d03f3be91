//! The life of an application: created, made available, active, removed (ucwa.md §2).

use std::collections::HashMap;

use super::app::{App, Available, Identity};
use super::channel::Channel;
use super::{AppId, Core};
use crate::clock::{now_ms, random_guid, random_u64};
use crate::pool::people::PersonIndex;
use crate::pool::view::{application, contact, me};
use crate::pool::wire::{Event, Kind, Link, Priority};

/// What a client wants when it makes itself available.
#[derive(Debug, Clone, Default)]
pub(crate) struct AvailableArgs {
    pub(crate) sign_in_as: String,
    pub(crate) modalities: Vec<String>,
    pub(crate) formats: Vec<String>,
    pub(crate) inactive_ms: u64,
    pub(crate) phone_number: String,
}

impl Core {
    /// Creates an application, or finds the one of the same identity (`true` when it is new). `None` when
    /// the user has too many.
    pub(crate) fn create_application(
        &mut self,
        person: PersonIndex,
        identity: Identity,
        instance: &str,
    ) -> Option<(AppId, bool)> {
        let now = now_ms();
        let mine = self.apps_of.entry(person).or_default();
        for id in mine.iter() {
            let Some(app) = self.apps.get_mut(id).filter(|app| app.identity == identity) else { continue };
            app.seen_at = now;
            if !app.channels.iter().any(|channel| channel.instance == instance) {
                app.channels.push(Channel::new(instance, now));
            }
            return Some((*id, false));
        }
        if mine.len() >= self.behaviour.max_applications {
            return None;
        }
        let id = 100_000_000_000 + random_u64() % 900_000_000_000;
        mine.push(id);
        let app = App {
            person,
            path: format!("/ucwa/oauth/v1/applications/{id}"),
            identity,
            echo_key: random_guid(),
            available: None,
            modalities: Vec::new(),
            formats: vec!["Plain".to_owned()],
            phone_number: String::new(),
            history: self.behaviour.history,
            channels: vec![Channel::new(instance, now)],
            subscriptions: Vec::new(),
            list_until: 0,
            list_warned: false,
            watching: HashMap::new(),
            conversations: HashMap::new(),
            invitations: HashMap::new(),
            operations: HashMap::new(),
            seen_at: now,
        };
        self.apps.insert(id, app);
        Some((id, true))
    }

    /// Leaves lurker mode; false when it was left before.
    pub(crate) fn make_available(&mut self, id: AppId, args: AvailableArgs) -> bool {
        let now = now_ms();
        let Some(app) = self.apps.get_mut(&id) else { return false };
        if app.available.is_some() {
            return false;
        }
        app.available = Some(Available {
            chosen: args.sign_in_as,
            activity: String::new(),
            inactive_ms: args.inactive_ms,
            active_at: now,
            idleness: 0,
        });
        app.modalities = args.modalities;
        if !args.formats.is_empty() {
            app.formats = args.formats;
        }
        app.phone_number = args.phone_number;
        let sender = app.sender("me");
        let medium = |kind, rel, below: &str| {
            let link = Link::new(rel, app.href(below));
            Event::new(sender.clone(), kind, link).priority(Priority::Medium)
        };
        let events = [
            medium(Kind::Updated, "me", "me"),
            medium(Kind::Added, "presence", "me/presence"),
            medium(Kind::Added, "note", "me/note"),
            medium(Kind::Added, "location", "me/location"),
            application::communication_updated(app),
        ];
        for event in events {
            app.push(event, now);
        }
        let person = app.person;
        self.refresh_presence(person);
        true
    }

    /// A request came for an application; false when there is none of this user.
    pub(crate) fn touch(&mut self, id: AppId, user: PersonIndex) -> bool {
        let Some(app) = self.apps.get_mut(&id).filter(|app| app.person == user) else { return false };
        app.seen_at = now_ms();
        true
    }

    /// The user is there; false in lurker mode.
    pub(crate) fn report_activity(&mut self, id: AppId) -> bool {
        let now = now_ms();
        let Some(app) = self.apps.get_mut(&id) else { return false };
        let person = app.person;
        let Some(available) = app.available.as_mut() else { return false };
        available.active_at = now;
        if std::mem::take(&mut available.idleness) != 0 {
            self.refresh_presence(person);
        }
        true
    }

    /// The application ends with all that hangs on it.
    pub(crate) fn remove_application(&mut self, id: AppId) {
        self.leave_all(id);
        let Some(app) = self.apps.remove(&id) else { return };
        for person in app.watching.keys() {
            self.forget_watcher(id, *person);
        }
        if let Some(mine) = self.apps_of.get_mut(&app.person) {
            mine.retain(|other| *other != id);
        }
        app.wake_all();
        self.refresh_presence(app.person);
    }

    /// The channel of an instance ends; with the last one the application does.
    pub(crate) fn remove_instance(&mut self, id: AppId, instance: &str) {
        if let Some(app) = self.apps.get_mut(&id)
            && app.channels.len() > 1
        {
            app.wake_all();
            app.channels.retain(|channel| channel.instance != instance);
            return;
        }
        self.remove_application(id);
    }

    /// The note changed: tells the person's own clients and watchers.
    pub(crate) fn set_note(&mut self, person: PersonIndex, note: &str, out_of_office: bool) {
        if let Some(presence) = self.presence.get_mut(person as usize) {
            note.clone_into(&mut presence.note);
            presence.out_of_office = out_of_office;
        }
        self.tell_of(person, "note", "contactNote");
    }

    /// The location changed.
    pub(crate) fn set_location(&mut self, person: PersonIndex, location: &str) {
        if let Some(presence) = self.presence.get_mut(person as usize) {
            location.clone_into(&mut presence.location);
        }
        self.tell_of(person, "location", "contactLocation");
    }

    fn tell_of(&mut self, person: PersonIndex, own: &'static str, watched: &'static str) {
        let now = now_ms();
        self.sip_tell_watchers(person);
        let Some(address) = self.address(person) else { return };
        for id in self.apps_of.get(&person).cloned().unwrap_or_default() {
            if let Some(app) = self.apps.get_mut(&id).filter(|app| app.available.is_some()) {
                app.push(me::updated(app, own), now);
            }
        }
        for id in self.watchers.get(&person).cloned().unwrap_or_default() {
            if let Some(app) = self.apps.get_mut(&id) {
                app.push(contact::part_updated(app, &address, watched, own), now);
            }
        }
    }
}
