//! `contact`, its presence and note (ucwa.md §4).

use crate::pool::people::Person;
use crate::pool::state::app::App;
use crate::pool::state::presence::Presence;
use crate::pool::wire::{Event, Kind, Link, Priority, Prop, Resource, Sender};

/// A person of the address book.
pub(crate) fn resource(path: &str, person: &Person) -> Resource {
    let address = person.address();
    let own = format!("{path}/people/{address}");
    Resource::new("contact")
        .str("uri", person.uri.clone())
        .str("sourceNetwork", "SameEnterprise")
        .some("company", &person.company)
        .some("department", &person.department)
        .some("office", &person.office)
        .some("title", &person.title)
        .list("emailAddresses", vec![person.email().to_owned()])
        .some("workPhoneNumber", &person.work_phone)
        .some("mobilePhoneNumber", &person.mobile_phone)
        .some("homePhoneNumber", &person.home_phone)
        .some("otherPhoneNumber", &person.other_phone)
        .str("type", "User")
        .str("name", person.name.clone())
        .link("self", own.clone())
        .link("contactPhoto", format!("{path}/photos/{address}"))
        .link("contactPresence", format!("{own}/presence"))
        .link("contactLocation", format!("{own}/location"))
        .link("contactNote", format!("{own}/note"))
        .link("contactSupportedModalities", format!("{own}/supportedMedia"))
        .link_v2("contactPrivacyRelationship", format!("{own}/privacyRelationship"))
        .with_etag()
}

/// A person's presence.
pub(crate) fn presence(path: &str, person: &Person, presence: &Presence) -> Resource {
    Resource::new("contactPresence")
        .str("availability", presence.availability.clone())
        .some("activity", &presence.activity)
        .str("deviceType", presence.device_type.clone())
        .prop("lastActive", Prop::Date(presence.last_active_at))
        .link("self", format!("{path}/people/{}/presence", person.address()))
}

/// A person's note.
pub(crate) fn note(path: &str, person: &Person, presence: &Presence) -> Resource {
    Resource::new("contactNote")
        .str("message", presence.note.clone())
        .str("type", note_type(presence))
        .link("self", format!("{path}/people/{}/note", person.address()))
}

/// `type` of a note.
pub(crate) fn note_type(presence: &Presence) -> &'static str {
    if presence.out_of_office { "OutOfOffice" } else { "Personal" }
}

/// The presence changed (link only: the client asks for it).
pub(crate) fn presence_updated(path: &str, sender: &Sender, address: &str) -> Event {
    let own = format!("{path}/people/{address}");
    Event::new(sender.clone(), Kind::Updated, Link::new("contactPresence", format!("{own}/presence")))
        .inside(Link::new("contact", own))
        .priority(Priority::Medium)
}

/// The note (`contactNote`, at `note`) or location changed.
pub(crate) fn part_updated(app: &App, address: &str, rel: &'static str, below: &str) -> Event {
    let own = app.href(&format!("people/{address}"));
    Event::new(app.sender("people"), Kind::Updated, Link::new(rel, format!("{own}/{below}")))
        .inside(Link::new("contact", own))
        .priority(Priority::Medium)
}

/// The person came under, or left, presence subscriptions.
pub(crate) fn subscribed(app: &App, address: &str, kind: Kind) -> Event {
    Event::new(app.sender("people"), kind, Link::new("contact", app.href(&format!("people/{address}"))))
        .inside(Link::new("subscribedContacts", app.href("people/subscribedContacts")))
        .priority(Priority::Medium)
}
