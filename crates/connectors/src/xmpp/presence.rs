//! Presence stanzas (RFC 6121 4.7).

use super::{board::Client, hub::Hub, ns, stanza, stream::element};
use hookflash_domain::Presence;
use minidom::Element;

/// Takes a presence stanza; gives what is to be answered.
pub(super) fn take(hub: &Hub, stanza: &Element) -> Option<Element> {
    let from = stanza::address(stanza, "from")?;
    let resource = from.resource().map_or("", |resource| resource.as_str());
    match stanza.attr("type") {
        None => show(hub, &from, resource, Some(read(stanza))),
        Some("unavailable" | "error" | "unsubscribed") => show(hub, &from, resource, None),
        // An expert puts an agent on their list: the agent's presence is not told (XEP-0114 has no rosters).
        Some("subscribe") => return answer(stanza, "unsubscribed"),
        Some(_) => {}
    }
    None
}

/// Asks for the presence of somebody who has the watcher on their list.
pub(super) fn probe(watcher: &str, person: &str) -> Element {
    element(
        "presence",
        ns::COMPONENT,
        &[("type", Some("probe")), ("from", Some(watcher)), ("to", Some(person))],
    )
    .build()
}

fn show(hub: &Hub, from: &jid::Jid, resource: &str, client: Option<Client>) {
    if from.domain().as_str() == hub.config.component {
        return;
    }
    hub.show(from.to_bare().as_str(), resource, client);
}

fn read(stanza: &Element) -> Client {
    let presence = match stanza::child_text(stanza, "show").as_deref().map(str::trim) {
        Some("away" | "xa") => Presence::Away,
        Some("dnd") => Presence::DoNotDisturb,
        _ => Presence::Available,
    };
    let priority = stanza::child_text(stanza, "priority").and_then(|priority| priority.trim().parse().ok());
    Client::new(presence, priority.unwrap_or(0), stanza::child_text(stanza, "status"))
}

fn answer(stanza: &Element, kind: &str) -> Option<Element> {
    let attributes = [("type", Some(kind)), ("from", stanza.attr("to")), ("to", stanza.attr("from"))];
    attributes
        .iter()
        .all(|(_, value)| value.is_some())
        .then(|| element("presence", ns::COMPONENT, &attributes).build())
}
