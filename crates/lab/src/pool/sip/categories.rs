//! Presence and contact lists as the XML of \[MS-PRES\].

use crate::pool::people::Person;
use crate::pool::state::contact_list::{ContactList, DEFAULT_GROUP};
use crate::pool::state::presence::Presence;
use crate::pool::state::sip::{Publication, number_of};

const CATEGORIES: &str = "http://schemas.microsoft.com/2006/09/sip/categories";
/// Versions and moments do not matter to those who only look.
const LABELS: &str = "instance=\"0\" publishTime=\"2026-01-01T00:00:00.000\" version=\"1\"";

/// What a watcher sees of a person: state, card and note.
pub(super) fn of_person(person: &Person, presence: &Presence) -> String {
    format!(
        "<categories xmlns=\"{CATEGORIES}\" uri=\"{}\">{}{}{}</categories>",
        escape(&person.uri),
        state("200", presence),
        card(person),
        note(presence)
    )
}

fn state(container: &str, presence: &Presence) -> String {
    let number = number_of(&presence.availability);
    let activity = match presence.activity.as_str() {
        "" => String::new(),
        token @ ("in-a-meeting"
        | "in-a-conference"
        | "on-the-phone"
        | "urgent-interruptions-only"
        | "presenting"
        | "off-work") => {
            format!("<activity token=\"{token}\" minAvailability=\"0\" maxAvailability=\"18000\"/>")
        }
        text => format!("<activity><custom LCID=\"1033\">{}</custom></activity>", escape(text)),
    };
    format!(
        "<category name=\"state\" {LABELS} container=\"{container}\" expireType=\"user\">\
         <state xsi:type=\"aggregateState\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\"><availability>{number}</availability>{activity}\
         </state></category>"
    )
}

fn card(person: &Person) -> String {
    let part = |name: &str, text: &str| match text {
        "" => String::new(),
        text => format!("<{name}>{}</{name}>", escape(text)),
    };
    format!(
        "<category name=\"contactCard\" {LABELS} container=\"200\">\
         <contactCard xmlns=\"http://schemas.microsoft.com/2006/09/sip/contactcard\"><identity><name>\
         <displayName>{}</displayName></name>{}</identity>{}{}{}{}</contactCard></category>",
        escape(&person.name),
        part("email", person.email()),
        part("company", &person.company),
        part("department", &person.department),
        part("title", &person.title),
        part("office", &person.office),
    )
}

fn note(presence: &Presence) -> String {
    if presence.note.is_empty() {
        return format!("<category name=\"note\" {LABELS} container=\"200\"/>");
    }
    let kind = if presence.out_of_office { "OOF" } else { "personal" };
    format!(
        "<category name=\"note\" {LABELS} container=\"200\"><note xmlns=\"http://schemas.microsoft.com/2006/09/sip/note\">\
         <body type=\"{kind}\">{}</body></note></category>",
        escape(&presence.note)
    )
}

/// What the user's endpoints published, and a device for each other client of the user: a SIP client that
/// finds more than one device rings for ten seconds before it answers.
pub(super) fn own(
    address: &str,
    presence: &Presence,
    published: &[Publication],
    other_devices: usize,
) -> String {
    let mut out = format!(
        "<roamingData xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-self\">\
         <categories xmlns=\"{CATEGORIES}\" uri=\"sip:{address}\">"
    );
    for one in published {
        out.push_str(&format!(
            "<category name=\"{}\" instance=\"{}\" publishTime=\"2026-01-01T00:00:00.000\" container=\"{}\" \
             version=\"{}\" expireType=\"endpoint\">{}</category>",
            escape(&one.name),
            escape(&one.instance),
            escape(&one.container),
            one.version,
            one.content
        ));
    }
    for device in 1..=other_devices {
        out.push_str(&format!(
            "<category name=\"device\" instance=\"{device}\" publishTime=\"2026-01-01T00:00:00.000\" container=\"2\" \
             version=\"1\" expireType=\"endpoint\"><device xmlns=\"http://schemas.microsoft.com/2006/09/sip/device\"/></category>"
        ));
    }
    if !published.is_empty() {
        out.push_str(&state("2", presence));
    }
    out.push_str(
        "</categories><containers xmlns=\"http://schemas.microsoft.com/2006/09/sip/containers\"></containers>\
         <subscribers xmlns=\"http://schemas.microsoft.com/2006/09/sip/presence-subscribers\"></subscribers>\
         </roamingData>",
    );
    out
}

/// The contact list; names and addresses of its people come from `person_of`.
pub(super) fn contacts<'a>(list: &ContactList, person_of: impl Fn(u32) -> Option<&'a Person>) -> String {
    let mut out = format!("<contactList deltaNum=\"{}\">", list.version);
    for group in &list.groups {
        let name = if group.id == DEFAULT_GROUP { "~" } else { group.name.as_str() };
        out.push_str(&format!("<group id=\"{}\" name=\"{}\" externalURI=\"\"/>", group.id, escape(name)));
    }
    for contact in list.contacts(None) {
        let Some(person) = person_of(contact) else { continue };
        let of: Vec<String> = list
            .members
            .iter()
            .filter(|(member, _)| *member == contact)
            .map(|(_, group)| group.to_string())
            .collect();
        out.push_str(&format!(
            "<contact uri=\"{}\" name=\"{}\" groups=\"{}\" subscribed=\"true\" externalURI=\"\"/>",
            escape(person.address()),
            escape(&person.name),
            of.join(" ")
        ));
    }
    out.push_str("</contactList>");
    out
}

/// Elements of a name with their attributes and what is inside, in order; a prefix before the name is taken
/// too. Good for the flat documents of these clients.
pub(super) fn elements<'a>(xml: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        let Some((tag, after)) = rest.split_once('>') else { break };
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (full, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        if full.rsplit(':').next() != Some(name) {
            continue;
        }
        if is_empty {
            found.push((attributes, ""));
        } else if let Some((inner, after)) = after.split_once(&format!("</{full}>")) {
            found.push((attributes, inner));
            rest = after;
        }
    }
    found
}

/// An attribute's value.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        let at = rest.find(&format!("{name}=\""))?;
        let starts = at == 0 || rest.as_bytes().get(at - 1).is_some_and(u8::is_ascii_whitespace);
        rest = rest.get(at + name.len() + 2..)?;
        if starts {
            return rest.split('"').next().map(unescape);
        }
    }
}

/// Text for XML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text from XML.
pub(super) fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_with_and_without_prefix() {
        let xml = "<a:list x=\"1\"><a:item uri=\"sip:a\" b=\"&amp;\"/><item>text<b/></item><items/></a:list>";
        let items = elements(xml, "item");
        assert_eq!(items.len(), 2);
        assert_eq!(attribute(items[0].0, "uri").as_deref(), Some("sip:a"));
        assert_eq!(attribute(items[0].0, "b").as_deref(), Some("&"));
        assert_eq!(attribute(items[0].0, "ri"), None);
        assert_eq!(items[1].1, "text<b/>");
        assert!(elements("<item", "item").is_empty());
    }
}
