//! `me` (ucwa.md §2.1, §2.2).

use crate::pool::people::Person;
use crate::pool::state::app::App;
use crate::pool::wire::{Event, Kind, Link, Priority, Resource};

/// The signed-in user.
pub(crate) fn resource(app: &App, person: &Person) -> Resource {
    let mut resource = Resource::new("me")
        .str("name", person.name.clone())
        .str("uri", person.uri.clone())
        .some("title", &person.title)
        .some("department", &person.department)
        .some("company", &person.company)
        .some("officeLocation", &person.office)
        .list("emailAddresses", vec![person.email().to_owned()])
        .str("endpointUri", format!("{};opaque=user:epid:{};gruu", person.uri, app.epid()))
        .some("workPhoneNumber", &person.work_phone)
        .some("mobilePhoneNumber", &person.mobile_phone)
        .some("homePhoneNumber", &person.home_phone)
        .some("otherPhoneNumber", &person.other_phone)
        .link("self", app.href("me"));
    if app.available.is_some() {
        resource = resource
            .link("note", app.href("me/note"))
            .link("presence", app.href("me/presence"))
            .link("location", app.href("me/location"))
            .link("reportMyActivity", app.href("me/reportMyActivity"));
    } else {
        resource = resource.link("makeMeAvailable", app.href("me/makeMeAvailable"));
    }
    resource
        .link("callForwardingSettings", app.href("me/callForwardingSettings"))
        .link("phones", app.href("me/phones"))
        .link("photo", app.href(&format!("photos/{}", person.address())))
}

/// The own note or location changed.
pub(crate) fn updated(app: &App, rel: &'static str) -> Event {
    let link = Link::new(rel, app.href(&format!("me/{rel}")));
    Event::new(app.sender("me"), Kind::Updated, link).priority(Priority::Medium)
}
