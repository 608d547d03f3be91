//! Presence of people and who hears of its changes (ucwa.md §4.2).

use super::{Core, sip};
use crate::clock::now_ms;
use crate::pool::people::{Person, PersonIndex};
use crate::pool::view::contact;
use crate::pool::wire::{Event, Kind, Link, Priority};

/// The words that a presence can show.
pub(crate) const AVAILABILITIES: [&str; 8] =
    ["Online", "Busy", "DoNotDisturb", "BeRightBack", "Away", "Offline", "IdleOnline", "IdleBusy"];

/// A person's presence.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub(crate) struct Presence {
    /// What the world sees.
    pub(crate) availability: String,
    pub(crate) activity: String,
    pub(crate) device_type: String,
    pub(crate) last_active_at: u64,
    pub(crate) note: String,
    /// The note is an out-of-office note, which only Exchange (the control API) sets.
    pub(crate) out_of_office: bool,
    pub(crate) location: String,
    /// What it is while no client is signed in.
    #[serde(skip)]
    resting: (String, String),
    /// What the control API said; wins until the person publishes.
    #[serde(skip)]
    forced: Option<(String, String)>,
}

impl Presence {
    /// As the people file says.
    pub(crate) fn at_start(person: &Person) -> Self {
        let named = |text: &str| if text.is_empty() { "Offline".to_owned() } else { text.to_owned() };
        let resting = (named(&person.availability), person.activity.clone());
        Self {
            availability: resting.0.clone(),
            activity: resting.1.clone(),
            device_type: "PC".to_owned(),
            last_active_at: now_ms(),
            note: person.note.clone(),
            out_of_office: person.out_of_office,
            location: if person.location.is_empty() { &person.office } else { &person.location }.clone(),
            resting,
            forced: None,
        }
    }
}

impl Presence {
    /// What the person publishes counts again.
    pub(crate) fn unforce(&mut self) {
        self.forced = None;
    }
}

impl Core {
    /// What the control API sets: holds whether or not a client is signed in.
    pub(crate) fn force_presence(&mut self, person: PersonIndex, availability: &str, activity: &str) {
        if let Some(presence) = self.presence.get_mut(person as usize) {
            presence.forced = Some((availability.to_owned(), activity.to_owned()));
            presence.resting = (availability.to_owned(), activity.to_owned());
        }
        self.refresh_presence(person);
    }

    /// What the person's own client publishes, for all of the person's clients; empty is automatic.
    pub(crate) fn choose_presence(&mut self, person: PersonIndex, availability: &str, activity: &str) {
        if let Some(presence) = self.presence.get_mut(person as usize) {
            presence.forced = None;
        }
        let now = now_ms();
        for id in self.apps_of.get(&person).cloned().unwrap_or_default() {
            if let Some(available) = self.apps.get_mut(&id).and_then(|app| app.available.as_mut()) {
                availability.clone_into(&mut available.chosen);
                activity.clone_into(&mut available.activity);
                available.active_at = now;
                available.idleness = 0;
            }
        }
        self.refresh_presence(person);
    }

    /// What the person's clients can do: nothing when there is none and no persona is at home.
    pub(crate) fn modalities_of(&self, person: PersonIndex) -> Vec<String> {
        let apps = self.apps_of.get(&person).map(Vec::as_slice).unwrap_or_default();
        let mut all: Vec<String> =
            apps.iter().filter_map(|id| self.apps.get(id)).flat_map(|app| app.modalities.clone()).collect();
        all.sort();
        all.dedup();
        let away = self.presence.get(person as usize).is_none_or(|p| p.availability == "Offline");
        if all.is_empty() && !away {
            all.push("Messaging".to_owned());
        }
        all
    }

    /// Works the presence out again and tells watchers when it changed.
    pub(crate) fn refresh_presence(&mut self, person: PersonIndex) {
        let published = self.published(person);
        let Some(presence) = self.presence.get_mut(person as usize) else { return };
        let (availability, activity) =
            presence.forced.clone().or(published).unwrap_or_else(|| presence.resting.clone());
        if presence.availability == availability && presence.activity == activity {
            return;
        }
        presence.availability = availability;
        presence.activity = activity;
        presence.last_active_at = now_ms();
        self.stats.presence_changes += 1;
        self.tell_watchers(person);
    }

    /// The least idle of the person's available clients, or nothing when no client is signed in.
    fn published(&self, person: PersonIndex) -> Option<(String, String)> {
        let apps = self.apps_of.get(&person).map(Vec::as_slice).unwrap_or_default();
        let of_apps = apps
            .iter()
            .filter_map(|id| self.apps.get(id)?.available.as_ref())
            .map(|available| (available.idleness, available.shows()));
        let of_sips = self.sip_availabilities(person).into_iter().map(|number| {
            let (word, idleness) = sip::word_of(number);
            (idleness, (word.to_owned(), String::new()))
        });
        of_apps.chain(of_sips).min_by_key(|(idleness, _)| *idleness).map(|(_, shown)| shown)
    }

    fn tell_watchers(&mut self, person: PersonIndex) {
        let now = now_ms();
        self.sip_tell_watchers(person);
        let Some(address) = self.people.person(person).map(|p| p.address().to_owned()) else { return };
        for id in self.watchers.get(&person).cloned().unwrap_or_default() {
            let Some(app) = self.apps.get_mut(&id) else { continue };
            let (sender, path) = (app.sender("people"), app.path.clone());
            for channel in &mut app.channels {
                channel.push_presence(person, now, || contact::presence_updated(&path, &sender, &address));
            }
        }
        for id in self.apps_of.get(&person).cloned().unwrap_or_default() {
            let Some(app) = self.apps.get_mut(&id) else { continue };
            if app.available.is_some() {
                let link = Link::new("presence", app.href("me/presence"));
                app.push(Event::new(app.sender("me"), Kind::Updated, link).priority(Priority::Medium), now);
            }
        }
    }
}
