//! Contacts: who they are, where their parts are at the pool, and what was last shown of them
//! (UCWA 4.1 to 4.3).

use super::{
    application::Application,
    codec::{cut_to_chars, parse_date, tidy},
    core::Core,
    resource::{embeddeds, link, text},
    wire::Ask,
};
use hookflash_domain::{NetworkId, Note, Person, PersonId, PersonKind, Presence, PresenceReport, Timestamp};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Most contacts whose places are remembered; those learnt first are forgotten first.
const MOST: usize = 500;
/// Longest property of a person, in characters.
const LONGEST: usize = 256;
/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// Where people are, what is to be fetched of them, and what was shown.
#[derive(Debug, Default)]
pub(super) struct People {
    places: BTreeMap<PersonId, Place>,
    learnt: VecDeque<PersonId>,
    by_href: BTreeMap<Box<str>, PersonId>,
    due: BTreeSet<Due>,
    shown: BTreeMap<PersonId, PresenceReport>,
}

/// Where the parts of a contact are.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub(super) presence: Option<Box<str>>,
    pub(super) note: Option<Box<str>>,
    pub(super) photo: Option<Box<str>>,
}

/// Something to fetch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Due {
    pub(super) href: String,
    /// The contact that it belongs to, where the event told.
    pub(super) contact: Option<String>,
    pub(super) what: Shown,
}

/// What is shown of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    Presence,
    Note,
}

impl People {
    /// Learns from a contact resource.
    pub(super) fn learn(&mut self, network: &NetworkId, contact: &Value) -> Option<PersonId> {
        let id = person_id(network, text(contact, "uri")?);
        let href = |rel: &str| link(contact, rel).map(Box::from);
        let place = Place {
            presence: href("contactPresence"),
            note: href("contactNote"),
            photo: href("contactPhoto"),
        };
        for part in [&place.presence, &place.note].into_iter().flatten() {
            self.by_href.insert(part.clone(), id.clone());
        }
        if self.places.insert(id.clone(), place).is_none() {
            self.learnt.push_back(id.clone());
        }
        while self.learnt.len() > MOST {
            let Some(oldest) = self.learnt.pop_front() else { break };
            self.forget_one(&oldest);
        }
        Some(id)
    }

    fn forget_one(&mut self, person: &PersonId) {
        let Some(place) = self.places.remove(person) else { return };
        for part in [place.presence, place.note].into_iter().flatten() {
            self.by_href.remove(&part);
        }
    }

    /// Whose presence or note this is.
    pub(super) fn whose(&self, href: &str) -> Option<PersonId> {
        self.by_href.get(href).cloned()
    }

    /// Where a person's parts are.
    pub(super) fn place(&self, person: &PersonId) -> Option<Place> {
        self.places.get(person).cloned()
    }

    /// Marks something as to be fetched.
    pub(super) fn want(&mut self, due: Due) {
        self.due.insert(due);
    }

    /// Takes some of what is to be fetched.
    pub(super) fn take_due(&mut self, most: usize) -> Vec<Due> {
        let mut taken = Vec::new();
        while taken.len() < most
            && let Some(due) = self.due.pop_first()
        {
            taken.push(due);
        }
        taken
    }

    /// Notes what was fetched.
    pub(super) fn show(&mut self, person: &PersonId, what: Shown, resource: &Value, now: Timestamp) {
        let known = self.shown.get(person);
        let mut report = known.cloned().unwrap_or_else(|| PresenceReport::new(Presence::Unknown, now));
        match what {
            Shown::Presence => show_presence(&mut report, resource, now),
            Shown::Note => report.note = note(resource),
        }
        report.at = now;
        self.shown.insert(person.clone(), report);
    }

    /// What is known of a person, once the presence was fetched.
    pub(super) fn shown(&self, person: &PersonId) -> Option<PresenceReport> {
        self.shown.get(person).cloned()
    }

    /// Forgets what was shown of everybody but these.
    pub(super) fn show_only(&mut self, people: &BTreeSet<PersonId>) {
        self.shown.retain(|person, _| people.contains(person));
    }

    /// Forgets all: places of another application are of no use.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

/// Finds where a person's parts are, by searching for the address.
pub(super) async fn look_up(core: &Core, application: &Application, person: &PersonId) -> Option<Place> {
    let mut url = application.offered(application.search.as_ref(), "search").ok()?;
    let address = person.address.strip_prefix("sip:").unwrap_or(&person.address);
    url.query_pairs_mut().append_pair("query", address).append_pair("limit", "5");
    let answer = core.wire.ask(Ask::get(url)).await.ok()?;
    let mut people = core.people.lock();
    for contact in embeddeds(&answer.body, "contact") {
        people.learn(&core.config.network, contact);
    }
    people.place(person)
}

/// Puts a presence resource into a report.
fn show_presence(report: &mut PresenceReport, resource: &Value, now: Timestamp) {
    let before = (report.presence, report.activity.clone());
    let activity = text(resource, "activity").map(|words| cut_to_chars(&tidy(words), 100));
    report.presence = presence(text(resource, "availability").unwrap_or_default(), activity.as_deref());
    report.activity = activity;
    let active = text(resource, "lastActive").and_then(parse_date).filter(|at| *at <= now);
    let is_away = matches!(report.presence, Presence::Away | Presence::Offline);
    if is_away && active.is_some() {
        report.since = active;
    } else if before.0 == Presence::Unknown {
        report.since = None;
    } else if before != (report.presence, report.activity.clone()) {
        report.since = Some(now);
    }
}

/// UCWA's availability and activity as we say it (UCWA 4.2).
fn presence(availability: &str, activity: Option<&str>) -> Presence {
    match availability {
        "Online" | "IdleOnline" => Presence::Available,
        "Busy" | "IdleBusy" => match activity {
            Some("on-the-phone" | "in-a-conference") => Presence::InACall,
            _ => Presence::Busy,
        },
        "DoNotDisturb" => Presence::DoNotDisturb,
        "BeRightBack" | "Away" => Presence::Away,
        "Offline" => Presence::Offline,
        _ => Presence::Unknown,
    }
}

fn note(resource: &Value) -> Option<Note> {
    let words = cut_to_chars(&tidy(text(resource, "message")?), LONGEST_NOTE);
    let out_of_office = text(resource, "type") == Some("OutOfOffice");
    Some(Note { text: words, out_of_office }).filter(|note| !note.text.is_empty())
}

/// The id of the person with this SIP address.
pub(super) fn person_id(network: &NetworkId, uri: &str) -> PersonId {
    let bare: String = uri.chars().filter(|letter| !letter.is_whitespace()).collect();
    PersonId { network: network.clone(), address: cut_to_chars(&bare.to_lowercase(), LONGEST) }
}

/// The person that a contact or participant resource shows.
pub(super) fn person_of(network: &NetworkId, resource: &Value) -> Option<Person> {
    let uri = text(resource, "uri")?;
    let own = |name: &str| text(resource, name).map(|value| cut_to_chars(&tidy(value), LONGEST));
    let address = uri.strip_prefix("sip:").unwrap_or(uri);
    let emails = resource.get("emailAddresses").and_then(Value::as_array);
    let name = own("name").unwrap_or_else(|| cut_to_chars(&tidy(address), LONGEST));
    let number = |name: &str| own(name).map(|number| number.trim_start_matches("tel:").to_owned());
    Some(Person {
        title: own("title"),
        department: own("department"),
        company: own("company"),
        office: own("office"),
        email: emails.and_then(|all| all.first()?.as_str()).map(|mail| cut_to_chars(&tidy(mail), LONGEST)),
        phone: number("workPhoneNumber"),
        mobile: number("mobilePhoneNumber"),
        home_phone: number("homePhoneNumber"),
        other_phone: number("otherPhoneNumber"),
        kind: kind(resource),
        ..Person::new(person_id(network, uri), name)
    })
}

/// UCWA's types; one that is not known is a human being's.
fn kind(resource: &Value) -> PersonKind {
    match text(resource, "type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "bot" | "replaybot" => PersonKind::Bot,
        "phone" => PersonKind::Phone,
        _ => PersonKind::User,
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, People, Shown, person_id, person_of};
    use hookflash_domain::{NetworkId, Note, PersonKind, Presence, PresenceReport, Timestamp};
    use serde_json::{Value, json};

    fn network() -> NetworkId {
        NetworkId("skype".to_owned())
    }

    fn shown(resources: &[(i64, Shown, Value)]) -> PresenceReport {
        let (mut people, person) = (People::default(), person_id(&network(), "sip:erika@lab.test"));
        for (at, what, resource) in resources {
            people.show(&person, *what, resource, Timestamp(*at));
        }
        people.shown(&person).expect("shown")
    }

    #[test]
    fn availability_and_activity_make_a_presence() {
        let cases = [
            (json!({"availability": "Online"}), Presence::Available),
            (json!({"availability": "IdleOnline"}), Presence::Available),
            (json!({"availability": "Busy", "activity": "in-a-meeting"}), Presence::Busy),
            (json!({"availability": "Busy", "activity": "on-the-phone"}), Presence::InACall),
            (json!({"availability": "DoNotDisturb", "activity": "presenting"}), Presence::DoNotDisturb),
            (json!({"availability": "BeRightBack"}), Presence::Away),
            (json!({"availability": "Offline"}), Presence::Offline),
            (json!({"availability": "None"}), Presence::Unknown),
            (json!({}), Presence::Unknown),
            (json!([]), Presence::Unknown),
        ];
        for (resource, presence) in cases {
            assert_eq!(shown(&[(1, Shown::Presence, resource.clone())]).presence, presence, "{resource}");
        }
    }

    #[test]
    fn a_presence_has_its_age_and_keeps_its_note() {
        let online = || json!({"availability": "Online"});
        let busy = || json!({"availability": "Busy"});
        let away = json!({"availability": "Away", "lastActive": "/Date(5)/"});
        assert_eq!(shown(&[(10, Shown::Presence, online())]).since, None, "nobody knows");
        let change =
            [(10, Shown::Presence, online()), (20, Shown::Presence, busy()), (30, Shown::Presence, busy())];
        assert_eq!(shown(&change).since, Some(Timestamp(20)));
        assert_eq!(shown(&[(10, Shown::Presence, away)]).since, Some(Timestamp(5)));
        let note = json!({"message": "Back on Monday\r\n", "type": "OutOfOffice"});
        let both = shown(&[(10, Shown::Note, note), (20, Shown::Presence, busy())]);
        assert_eq!(both.note, Some(Note { text: "Back on Monday".to_owned(), out_of_office: true }));
        assert_eq!((both.presence, both.at), (Presence::Busy, Timestamp(20)));
        let gone = [(10, Shown::Note, json!({"message": "x"})), (20, Shown::Note, json!({"message": " "}))];
        assert_eq!(shown(&gone).note, None);
    }

    #[test]
    fn a_contact_is_read_whole_and_bounded() {
        let contact = json!({"uri": "sip:Erika@Lab.test", "name": "Erika\u{0} Expert", "company": "Lab",
            "department": "Tax", "office": "4.11", "title": "x".repeat(1_000), "type": "Bot",
            "emailAddresses": ["erika@lab.test"], "workPhoneNumber": "tel:+4930123;ext=45",
            "mobilePhoneNumber": "tel:+49170", "homePhoneNumber": 7});
        let person = person_of(&network(), &contact).expect("a person");
        assert_eq!(
            (person.id.address.as_str(), person.name.as_str()),
            ("sip:erika@lab.test", "Erika Expert")
        );
        assert_eq!(person.title.map(|title| title.len()), Some(256));
        assert_eq!(person.phone.as_deref(), Some("+4930123;ext=45"));
        assert_eq!((person.mobile.as_deref(), person.home_phone), (Some("+49170"), None));
        assert_eq!((person.kind, person.email.as_deref()), (PersonKind::Bot, Some("erika@lab.test")));
        assert_eq!(person_of(&network(), &json!({"name": "Nobody"})), None);
    }

    #[test]
    fn contacts_learnt_first_are_forgotten_first() {
        let mut people = People::default();
        let contact = |number: usize| {
            json!({"uri": format!("sip:e{number}@lab.test"), "_links": {
                "contactPresence": {"href": format!("/{number}/presence")}, "contactNote": {"href": format!("/{number}/note")}}})
        };
        for number in 0..=MOST {
            people.learn(&network(), &contact(number));
        }
        assert_eq!((people.whose("/0/presence"), people.whose("/0/note")), (None, None));
        assert_eq!(people.whose("/1/note"), Some(person_id(&network(), "sip:e1@lab.test")));
        assert_eq!(people.by_href.len(), 2 * MOST);
    }
}
