//! People's cards (XEP-0054).

use super::{asking::ask, hub::Hub, ns, stream::element};
use crate::{ConnectorError, Photo};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hookflash_domain::{Person, PersonId};
use minidom::Element;
use std::time::Duration;

/// Longest wait for a card.
const WAIT: Duration = Duration::from_secs(5);
/// Longest field that is taken over, in characters.
const LONGEST_FIELD: usize = 200;

/// The card of an agent or a team.
pub(super) fn named(name: &str) -> Element {
    let field =
        |tag: &'static str| element(tag, ns::VCARD, &[]).append(super::stream::printable(name)).build();
    element("vCard", ns::VCARD, &[]).append(field("FN")).append(field("NICKNAME")).build()
}

/// Somebody's photo, from their card.
pub(super) async fn photo(hub: &Hub, person: &PersonId) -> Result<Option<Photo>, ConnectorError> {
    hub.up().await?;
    let Some(card) = card(hub, &person.address).await? else { return Ok(None) };
    let binary = card.get_child("PHOTO", ns::VCARD).and_then(|photo| photo.get_child("BINVAL", ns::VCARD));
    let Some(binary) = binary else { return Ok(None) };
    let written: String = binary.text().split_whitespace().collect();
    let bytes = STANDARD.decode(written).unwrap_or_default();
    Ok(Photo::read(bytes.into()))
}

/// Fills in what somebody's card says; as it was when they have none.
pub(super) async fn complete(hub: &Hub, person: Person) -> Person {
    match card(hub, &person.id.address).await {
        Ok(Some(card)) => read(&card, person),
        _ => person,
    }
}

async fn card(hub: &Hub, address: &str) -> Result<Option<Element>, ConnectorError> {
    let wanted = element("vCard", ns::VCARD, &[]).build();
    match ask(hub, address, "get", wanted, WAIT).await {
        Err(super::asking::Unanswered::Refused(_)) => Ok(None),
        answer => Ok(answer?),
    }
}

fn read(card: &Element, person: Person) -> Person {
    let text = |path: &[&str]| {
        let mut at = card;
        for name in path {
            at = at.get_child(*name, ns::VCARD)?;
        }
        let text: String = at.text().trim().chars().take(LONGEST_FIELD).collect();
        (!text.is_empty()).then_some(text)
    };
    Person {
        name: text(&["FN"]).unwrap_or(person.name),
        title: text(&["TITLE"]).or(person.title),
        department: text(&["ORG", "ORGUNIT"]).or(person.department),
        company: text(&["ORG", "ORGNAME"]).or(person.company),
        office: text(&["ADR", "LOCALITY"]).or(person.office),
        email: text(&["EMAIL", "USERID"]).or(person.email),
        phone: text(&["TEL", "NUMBER"]).or(person.phone),
        ..person
    }
}
