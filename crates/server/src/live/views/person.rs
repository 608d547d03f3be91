//! People and their presence.

use hookflash_domain::{Person, PersonId, Presence, PresenceReport, Timestamp};
use serde::Serialize;

/// `PersonView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    person: PersonId,
    name: String,
    title: Option<String>,
    department: Option<String>,
    company: Option<String>,
    office: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    presence: PresenceView,
}

/// `PresenceView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PresenceView {
    presence: Presence,
    activity: Option<String>,
    as_of_at: Option<Timestamp>,
}

/// A person as shown.
#[must_use]
pub fn person_view(person: &Person, presence: Option<PresenceReport>) -> PersonView {
    let Person { id, name, title, department, company, office, email, phone, .. } = person.clone();
    PersonView {
        person: id,
        name,
        title,
        department,
        company,
        office,
        email,
        phone,
        presence: presence_view(presence),
    }
}

/// A presence as shown; what nobody told is unknown.
#[must_use]
pub fn presence_view(report: Option<PresenceReport>) -> PresenceView {
    match report {
        None => PresenceView { presence: Presence::Unknown, activity: None, as_of_at: None },
        Some(report) => {
            PresenceView { presence: report.presence, activity: report.activity, as_of_at: Some(report.at) }
        }
    }
}
