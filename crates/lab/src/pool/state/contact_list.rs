//! The contact list of a person: the pool keeps it, all of the person's clients share it (ucwa.md §4.5).

use std::collections::HashMap;

use super::app::App;
use super::{AppId, Core};
use crate::clock::now_ms;
use crate::pool::people::{Directory, PersonIndex};
use crate::pool::view::group as view;
use crate::pool::wire::{Event, Kind};

/// The group into which contacts go by default; a desktop client calls it `~`.
pub(crate) const DEFAULT_GROUP: u32 = 1;
/// The group of pinned contacts.
pub(crate) const PINNED_GROUP: u32 = 2;

/// A group of a contact list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) id: u32,
    pub(crate) name: String,
}

/// Groups, and who is in which; one contact may be in several.
#[derive(Debug, Clone)]
pub(crate) struct ContactList {
    pub(crate) groups: Vec<Group>,
    /// Pairs of contact and group, in the order in which they were added.
    pub(crate) members: Vec<(PersonIndex, u32)>,
    /// Counts changes; the SIP side shows it as `deltaNum`.
    pub(crate) version: u64,
    last_id: u32,
}

/// Why the list was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListError {
    AlreadyExists,
    TooManyContacts,
    TooManyGroups,
    NotFound,
    /// The two groups that the server keeps cannot be renamed or deleted.
    Fixed,
}

impl ContactList {
    /// The list that the people file gives a person.
    pub(crate) fn at_start(people: &Directory, person: PersonIndex) -> Self {
        let group = |id, name: &str| Group { id, name: name.to_owned() };
        let mut list = Self {
            groups: vec![group(PINNED_GROUP, "Pinned Contacts"), group(DEFAULT_GROUP, "Other Contacts")],
            members: Vec::new(),
            version: 1,
            last_id: 6,
        };
        let Some(known) = people.person(person) else { return list };
        list.members.extend(known.contacts.iter().filter_map(|uri| Some((people.find(uri)?, DEFAULT_GROUP))));
        for more in &known.groups {
            let id = list.next_group(&more.name);
            list.members.extend(more.members.iter().filter_map(|uri| Some((people.find(uri)?, id))));
        }
        list
    }

    /// A group by its number.
    pub(crate) fn group(&self, id: u32) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Contacts of one group, or all of them once each.
    pub(crate) fn contacts(&self, group: Option<u32>) -> Vec<PersonIndex> {
        let mut contacts = Vec::new();
        for (contact, _) in self.members.iter().filter(|(_, of)| group.is_none_or(|group| group == *of)) {
            if !contacts.contains(contact) {
                contacts.push(*contact);
            }
        }
        contacts
    }

    fn has(&self, contact: PersonIndex) -> bool {
        self.members.iter().any(|(member, _)| *member == contact)
    }

    fn next_group(&mut self, name: &str) -> u32 {
        self.last_id += 1;
        self.groups.push(Group { id: self.last_id, name: name.to_owned() });
        self.last_id
    }
}

/// The lists that somebody has looked at or changed; the others are as the people file says.
pub(crate) type ContactLists = HashMap<PersonIndex, ContactList>;

impl Core {
    /// The list of a person.
    pub(crate) fn contact_list(&mut self, person: PersonIndex) -> &mut ContactList {
        let people = &self.people;
        self.contact_lists.entry(person).or_insert_with(|| ContactList::at_start(people, person))
    }

    /// Adds a contact to a group.
    pub(crate) fn add_contact(
        &mut self,
        owner: PersonIndex,
        contact: PersonIndex,
        group: u32,
    ) -> Result<(), ListError> {
        let limit = self.behaviour.max_contacts;
        let list = self.contact_list(owner);
        let found = list.group(group).cloned().ok_or(ListError::NotFound)?;
        if list.members.contains(&(contact, group)) {
            return Err(ListError::AlreadyExists);
        }
        let is_new = !list.has(contact);
        if is_new && list.contacts(None).len() >= limit {
            return Err(ListError::TooManyContacts);
        }
        list.members.push((contact, group));
        let Some(address) = self.address(contact) else { return Ok(()) };
        self.tell_list(owner, |app| {
            let mut events = vec![view::contact_in_group(app, &found, &address, Kind::Added)];
            events.extend(is_new.then(|| view::contact_in_list(app, &address, Kind::Added)));
            events
        });
        Ok(())
    }

    /// Takes a contact out of one group, or off the whole list.
    pub(crate) fn remove_contact(
        &mut self,
        owner: PersonIndex,
        contact: PersonIndex,
        group: Option<u32>,
    ) -> Result<(), ListError> {
        let list = self.contact_list(owner);
        let goes = |pair: &(PersonIndex, u32)| pair.0 == contact && group.is_none_or(|group| pair.1 == group);
        let left: Vec<Group> = list
            .members
            .iter()
            .filter(|pair| goes(pair))
            .filter_map(|(_, id)| list.group(*id).cloned())
            .collect();
        if left.is_empty() {
            return Err(ListError::NotFound);
        }
        list.members.retain(|pair| !goes(pair));
        let is_gone = !list.has(contact);
        let Some(address) = self.address(contact) else { return Ok(()) };
        self.tell_list(owner, |app| {
            let one = |group| view::contact_in_group(app, group, &address, Kind::Deleted);
            let mut events: Vec<Event> = left.iter().map(one).collect();
            events.extend(is_gone.then(|| view::contact_in_list(app, &address, Kind::Deleted)));
            events
        });
        Ok(())
    }

    /// Makes a group; its number.
    pub(crate) fn add_group(&mut self, owner: PersonIndex, name: &str) -> Result<u32, ListError> {
        let limit = self.behaviour.max_groups;
        let list = self.contact_list(owner);
        if list.groups.iter().any(|group| group.name.eq_ignore_ascii_case(name)) {
            return Err(ListError::AlreadyExists);
        }
        if list.groups.len() >= limit {
            return Err(ListError::TooManyGroups);
        }
        let id = list.next_group(name);
        let made = Group { id, name: name.to_owned() };
        self.tell_list(owner, |app| vec![view::group_in_list(app, &made, Kind::Added)]);
        Ok(id)
    }

    /// Gives a group another name.
    pub(crate) fn rename_group(&mut self, owner: PersonIndex, id: u32, name: &str) -> Result<(), ListError> {
        let list = self.contact_list(owner);
        let group = list.groups.iter_mut().find(|group| group.id == id).ok_or(ListError::NotFound)?;
        if matches!(id, DEFAULT_GROUP | PINNED_GROUP) {
            return Err(ListError::Fixed);
        }
        name.clone_into(&mut group.name);
        let renamed = group.clone();
        self.tell_list(owner, |app| vec![view::group_updated(app, &renamed)]);
        Ok(())
    }

    /// Deletes a group; contacts that are in no other fall back into the default group [I].
    pub(crate) fn remove_group(&mut self, owner: PersonIndex, id: u32) -> Result<(), ListError> {
        if matches!(id, DEFAULT_GROUP | PINNED_GROUP) {
            return Err(ListError::Fixed);
        }
        let list = self.contact_list(owner);
        let gone = list.group(id).cloned().ok_or(ListError::NotFound)?;
        let members = list.contacts(Some(id));
        list.groups.retain(|group| group.id != id);
        list.members.retain(|(_, group)| *group != id);
        let homeless: Vec<PersonIndex> = members.into_iter().filter(|member| !list.has(*member)).collect();
        list.members.extend(homeless.into_iter().map(|member| (member, DEFAULT_GROUP)));
        self.tell_list(owner, |app| vec![view::group_in_list(app, &gone, Kind::Deleted)]);
        Ok(())
    }

    /// Starts the subscription of an application to its user's list, or prolongs it; true when it is new.
    pub(crate) fn subscribe_list(&mut self, id: AppId, minutes: u64) -> bool {
        let now = now_ms();
        let Some(app) = self.apps.get_mut(&id) else { return false };
        let is_new = app.list_until <= now;
        let from = if is_new { now } else { app.list_until };
        app.list_until = (from + minutes * 60_000).min(now + 30 * 60_000);
        app.list_warned = false;
        let owner = app.person;
        if is_new {
            self.tell_whole_list(id, owner);
        }
        is_new
    }

    /// Ends the subscription.
    pub(crate) fn unsubscribe_list(&mut self, id: AppId) {
        if let Some(app) = self.apps.get_mut(&id) {
            app.list_until = 0;
        }
    }

    /// Warns of a subscription that is about to end, 30 s before [I], and says when it has ended.
    pub(crate) fn expire_list_subscription(&mut self, id: AppId, now: u64) {
        let Some(app) = self.apps.get_mut(&id).filter(|app| app.list_until > 0) else { return };
        let ended = app.list_until <= now;
        if ended {
            app.list_until = 0;
        }
        if ended || (app.list_until <= now + 30_000 && !app.list_warned) {
            app.list_warned = true;
            app.push(view::subscription_updated(app), now);
        }
    }

    fn tell_whole_list(&mut self, id: AppId, owner: PersonIndex) {
        let list = self.contact_list(owner).clone();
        let people = self.people.clone();
        let Some(app) = self.apps.get_mut(&id) else { return };
        let address = |contact: PersonIndex| people.person(contact).map(|p| p.address().to_owned());
        let mut events: Vec<Event> =
            list.groups.iter().map(|group| view::group_in_list(app, group, Kind::Added)).collect();
        for contact in list.contacts(None).into_iter().filter_map(address) {
            events.push(view::contact_in_list(app, &contact, Kind::Added));
        }
        for (contact, group) in &list.members {
            if let (Some(contact), Some(group)) = (address(*contact), list.group(*group)) {
                events.push(view::contact_in_group(app, group, &contact, Kind::Added));
            }
        }
        for event in events {
            app.push(event, now_ms());
        }
    }

    /// Tells every subscribed client of the list's owner, and counts the change.
    fn tell_list(&mut self, owner: PersonIndex, make: impl Fn(&App) -> Vec<Event>) {
        let now = now_ms();
        self.contact_list(owner).version += 1;
        for id in self.apps_of.get(&owner).cloned().unwrap_or_default() {
            let Some(app) = self.apps.get_mut(&id).filter(|app| app.list_until > now) else { continue };
            for event in make(app) {
                app.push(event, now);
            }
        }
    }

    /// The address of a person.
    pub(crate) fn address(&self, person: PersonIndex) -> Option<String> {
        Some(self.people.person(person)?.address().to_owned())
    }
}
