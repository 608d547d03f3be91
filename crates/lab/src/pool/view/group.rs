//! Groups of the contact list, memberships, and the subscription to them (ucwa.md §4.5).

use crate::clock::now_ms;
use crate::pool::state::app::App;
use crate::pool::state::contact_list::{DEFAULT_GROUP, Group, PINNED_GROUP};
use crate::pool::wire::{Event, Kind, Link, Priority, Resource};

/// The rel of a group.
pub(crate) fn rel(group: &Group) -> &'static str {
    match group.id {
        DEFAULT_GROUP => "defaultGroup",
        PINNED_GROUP => "pinnedGroup",
        _ => "group",
    }
}

/// A group.
pub(crate) fn resource(path: &str, group: &Group) -> Resource {
    let id = group.id;
    let own = Link { revision: Some("2"), ..Link::new("self", href(path, id)) };
    Resource::new(rel(group))
        .str("id", id.to_string())
        .str("name", group.name.clone())
        .add_link(own)
        .link("groupContacts", format!("{path}/people/contacts?groupId={id}"))
        .link("subscribeToGroupPresence", format!("{path}/people/presenceSubscriptions?groupId={id}"))
        .with_etag()
}

/// The path of a group.
pub(crate) fn href(path: &str, id: u32) -> String {
    format!("{path}/people/groups/{id}")
}

/// One contact in one group.
pub(crate) fn membership(path: &str, group: &Group, address: &str) -> Resource {
    Resource::new("myGroupMembership")
        .link_v2("self", format!("{path}/people/groupMemberships/{},{address}", group.id))
        .link("contact", format!("{path}/people/{address}"))
        .link(rel(group), href(path, group.id))
}

/// The subscription to the list.
pub(crate) fn subscription(app: &App) -> Resource {
    let own = app.href("people/contactsAndGroupsSubscription");
    let connected = app.list_until > now_ms();
    let resource = Resource::new("myContactsAndGroupsSubscription")
        .str("state", if connected { "Connected" } else { "Disconnected" })
        .link("self", own.clone())
        .link(
            "startOrRefreshSubscriptionToContactsAndGroups",
            format!("{own}/startOrRefreshSubscriptionToContactsAndGroups"),
        );
    if connected {
        let stop = format!("{own}/stopSubscriptionToContactsAndGroups");
        return resource.link("stopSubscriptionToContactsAndGroups", stop);
    }
    resource
}

/// The subscription is about to end, or has ended.
pub(crate) fn subscription_updated(app: &App) -> Event {
    let link = Link::new("myContactsAndGroupsSubscription", app.href("people/contactsAndGroupsSubscription"));
    Event::new(app.sender("people"), Kind::Updated, link).priority(Priority::Medium).embed(subscription(app))
}

/// A group came to the list or left it.
pub(crate) fn group_in_list(app: &App, group: &Group, kind: Kind) -> Event {
    let event = Event::new(app.sender("people"), kind, link(app, group))
        .inside(Link::new("myGroups", app.href("people/groups")));
    if rel(group) == "group" { event } else { event.priority(Priority::Low) }
}

/// A group has another name.
pub(crate) fn group_updated(app: &App, group: &Group) -> Event {
    Event::new(app.sender("people"), Kind::Updated, link(app, group))
}

/// A contact came into a group or left it.
pub(crate) fn contact_in_group(app: &App, group: &Group, address: &str, kind: Kind) -> Event {
    Event::new(app.sender("people"), kind, contact(app, address)).inside(link(app, group))
}

/// A contact came to the list or left it.
pub(crate) fn contact_in_list(app: &App, address: &str, kind: Kind) -> Event {
    Event::new(app.sender("people"), kind, contact(app, address))
        .inside(Link::new("myContacts", app.href("people/contacts")))
}

fn link(app: &App, group: &Group) -> Link {
    Link::titled(rel(group), href(&app.path, group.id), &group.name)
}

fn contact(app: &App, address: &str) -> Link {
    Link::new("contact", app.href(&format!("people/{address}")))
}
