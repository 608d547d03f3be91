//! People and their presence.

use hookflash_domain::{Person, PersonId, PersonKind, Presence, PresenceReport, Timestamp};
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
    mobile: Option<String>,
    home_phone: Option<String>,
    other_phone: Option<String>,
    kind: PersonKind,
    presence: PresenceView,
}

/// `PresenceView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PresenceView {
    presence: Presence,
    activity: Option<String>,
    /// Since when, where that is known.
    since_at: Option<Timestamp>,
    note: Option<NoteView>,
    as_of_at: Option<Timestamp>,
}

/// What a person has written beside their name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct NoteView {
    text: String,
    out_of_office: bool,
}

/// A person as shown.
#[must_use]
pub fn person_view(person: &Person, presence: Option<PresenceReport>) -> PersonView {
    let person = person.clone();
    PersonView {
        person: person.id,
        name: person.name,
        title: person.title,
        department: person.department,
        company: person.company,
        office: person.office,
        email: person.email,
        phone: person.phone,
        mobile: person.mobile,
        home_phone: person.home_phone,
        other_phone: person.other_phone,
        kind: person.kind,
        presence: presence_view(presence),
    }
}

/// A presence as shown; what nobody told is unknown.
#[must_use]
pub fn presence_view(report: Option<PresenceReport>) -> PresenceView {
    let Some(report) = report else {
        let presence = Presence::Unknown;
        return PresenceView { presence, activity: None, since_at: None, note: None, as_of_at: None };
    };
    PresenceView {
        presence: report.presence,
        activity: report.activity,
        since_at: report.since,
        note: report.note.map(|note| NoteView { text: note.text, out_of_office: note.out_of_office }),
        as_of_at: Some(report.at),
    }
}
