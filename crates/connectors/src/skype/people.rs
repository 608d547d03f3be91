//! Contacts and what is known of where they are (UCWA 4.1).

use super::{
    codec::{cut_to_chars, tidy},
    resource::{link, text},
};
use hookflash_domain::{NetworkId, Person, PersonId, PersonKind};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Most contacts that are remembered; beyond it all are learnt anew.
const MOST: usize = 5_000;
/// Longest property of a person, in characters.
const LONGEST: usize = 256;

/// Where people's presence is, and whose is to be fetched.
#[derive(Debug, Default)]
pub(super) struct People {
    by_presence: BTreeMap<String, PersonId>,
    presence_of: BTreeMap<PersonId, String>,
    /// Presence hrefs to fetch, with the contact's.
    pub(super) due: BTreeSet<(String, Option<String>)>,
}

impl People {
    /// Learns from a contact resource.
    pub(super) fn learn(&mut self, network: &NetworkId, contact: &Value) -> Option<PersonId> {
        let id = person_id(network, text(contact, "uri")?);
        let presence = link(contact, "contactPresence")?.to_owned();
        if self.by_presence.len() >= MOST {
            self.forget();
        }
        self.by_presence.insert(presence.clone(), id.clone());
        self.presence_of.insert(id.clone(), presence);
        Some(id)
    }

    pub(super) fn whose(&self, presence: &str) -> Option<PersonId> {
        self.by_presence.get(presence).cloned()
    }

    pub(super) fn presence_of(&self, person: &PersonId) -> Option<String> {
        self.presence_of.get(person).cloned()
    }

    /// Forgets all places: those of another application are of no use.
    pub(super) fn forget(&mut self) {
        self.by_presence.clear();
        self.presence_of.clear();
        self.due.clear();
    }
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
