//! What stanzas have in common (RFC 6120 8).

use super::{ns, stream::element};
use jid::Jid;
use minidom::Element;
use rxml::Namespace;

/// Attributes beyond this are not addresses or ids of anybody (RFC 7622 3.1).
const LONGEST_ADDRESS: usize = 3 * 1023 + 2;
const LONGEST_ID: usize = 1023;

/// An address in an attribute.
pub(super) fn address(stanza: &Element, name: &str) -> Option<Jid> {
    let written = stanza.attr(name).filter(|written| written.len() <= LONGEST_ADDRESS)?;
    Jid::new(written).ok()
}

/// The stanza's id.
pub(super) fn id(stanza: &Element) -> Option<&str> {
    stanza.attr("id").filter(|id| !id.is_empty() && id.len() <= LONGEST_ID)
}

/// The language of a stanza's words, such as `de` (RFC 6120 4.7.4).
pub(super) fn language(stanza: &Element) -> Option<String> {
    let written = stanza.attrs().get(Namespace::xml(), "lang")?;
    let main = written.split('-').next().unwrap_or_default();
    let is_one = (2..=3).contains(&main.len()) && main.chars().all(|letter| letter.is_ascii_alphabetic());
    is_one.then(|| main.to_ascii_lowercase())
}

/// The text of a child in the stanza's own namespace.
pub(super) fn child_text(stanza: &Element, name: &str) -> Option<String> {
    stanza.get_child(name, ns::COMPONENT).map(Element::text)
}

/// A child without content.
pub(super) fn flag(name: &'static str, namespace: &str) -> Element {
    element(name, namespace, &[]).build()
}

/// Why a stanza came back (RFC 6120 8.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The defined condition, such as `service-unavailable`.
    pub(super) condition: String,
    /// The server's own words.
    pub(super) text: Option<String>,
}

impl Refusal {
    /// Reads the error of a stanza of type `error`.
    pub(super) fn read(stanza: &Element) -> Self {
        let error = stanza.get_child("error", ns::COMPONENT);
        let children = || error.into_iter().flat_map(Element::children);
        let mut ours = children().filter(|child| child.has_ns(ns::STANZA_ERRORS));
        let condition = ours.find(|child| child.name() != "text").map(|child| child.name().to_owned());
        let text = children().find(|child| child.is("text", ns::STANZA_ERRORS)).map(Element::text);
        let cut = |text: String| text.chars().take(300).collect();
        Self { condition: condition.unwrap_or_else(|| "undefined-condition".to_owned()), text: text.map(cut) }
    }

    /// In words.
    pub(super) fn words(&self) -> String {
        self.text.clone().unwrap_or_else(|| self.condition.clone())
    }
}

/// An error in answer to a stanza; none in answer to an error or without a sender.
pub(super) fn refuse(stanza: &Element, condition: &'static str, text: Option<&str>) -> Option<Element> {
    let from = stanza.attr("from").filter(|_| stanza.attr("type") != Some("error"))?;
    let name = match stanza.name() {
        "iq" => "iq",
        "message" => "message",
        _ => return None,
    };
    let text = text.map(|text| element("text", ns::STANZA_ERRORS, &[]).append(text.to_owned()).build());
    let kind = if condition == "resource-constraint" { "wait" } else { "cancel" };
    let error = element("error", ns::COMPONENT, &[("type", Some(kind))])
        .append(flag(condition, ns::STANZA_ERRORS))
        .append_all(text)
        .build();
    let attributes =
        [("type", Some("error")), ("to", Some(from)), ("from", stanza.attr("to")), ("id", stanza.attr("id"))];
    Some(element(name, ns::COMPONENT, &attributes).append(error).build())
}
