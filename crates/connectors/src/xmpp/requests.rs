//! What others ask of agents and of the component; every request is answered (RFC 6120 8.2.3).

use super::{agent::Agent, hub::Hub, ns, stanza, stanza::refuse, stream::element, vcard};
use minidom::Element;
use std::sync::Arc;

/// The answer to a request.
pub(super) fn answer(hub: &Hub, request: &Element) -> Option<Element> {
    let payload = request.children().next();
    let to = stanza::address(request, "to");
    let node = to.as_ref().and_then(|to| to.node());
    let who = match node {
        None => Some(Who::Component),
        Some(node) => who(hub, node.as_str()),
    };
    let reads = request.attr("type") == Some("get");
    match payload.zip(who).filter(|_| reads).and_then(|(payload, who)| reply(payload, &who)) {
        Some(content) => result(request, content),
        None => refuse(request, "service-unavailable", None),
    }
}

/// Who is asked.
enum Who {
    Component,
    Agent(Arc<Agent>),
    /// A team of this name.
    Team(String),
}

fn who(hub: &Hub, node: &str) -> Option<Who> {
    let agent = hub.agents.lock().get(node).cloned();
    match agent {
        Some(agent) => Some(Who::Agent(agent)),
        None => hub.teams.lock().name(node).map(|name| Who::Team(name.to_owned())),
    }
}

fn reply(payload: &Element, who: &Who) -> Option<Option<Element>> {
    match (payload.name(), payload.ns().as_str()) {
        ("ping", ns::PING) => Some(None),
        ("query", ns::DISCO) if payload.attr("node").is_none() => Some(Some(features(who))),
        ("query", ns::VERSION) => Some(Some(version())),
        ("vCard", ns::VCARD) => match who {
            Who::Component => None,
            Who::Agent(agent) => Some(Some(vcard::named(agent.name()))),
            Who::Team(name) => Some(Some(vcard::named(name))),
        },
        _ => None,
    }
}

fn features(who: &Who) -> Element {
    let (category, kind, name) = match who {
        Who::Component => ("component", "generic", "Hookflash"),
        Who::Agent(agent) => ("client", "pc", agent.name()),
        Who::Team(name) => ("account", "registered", name.as_str()),
    };
    let identity = [("category", Some(category)), ("type", Some(kind)), ("name", Some(name))];
    let mut query =
        element("query", ns::DISCO, &[]).append(element("identity", ns::DISCO, &identity).build()).build();
    let known =
        [ns::DISCO, ns::PING, ns::VERSION, ns::RECEIPTS, ns::CHAT_STATES, ns::VCARD, ns::QUICK_RESPONSE];
    for feature in known {
        query.append_child(element("feature", ns::DISCO, &[("var", Some(feature))]).build());
    }
    query
}

fn version() -> Element {
    let name = element("name", ns::VERSION, &[]).append("Hookflash".to_owned()).build();
    let number = element("version", ns::VERSION, &[]).append(env!("CARGO_PKG_VERSION").to_owned()).build();
    element("query", ns::VERSION, &[]).append(name).append(number).build()
}

fn result(request: &Element, content: Option<Element>) -> Option<Element> {
    let to = request.attr("from")?;
    let attributes = [
        ("type", Some("result")),
        ("to", Some(to)),
        ("from", request.attr("to")),
        ("id", request.attr("id")),
    ];
    Some(element("iq", ns::COMPONENT, &attributes).append_all(content).build())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Secret, Team, xmpp::XmppConfig};
    use hookflash_domain::NetworkId;

    fn asked(hub: &Hub, to: &str, payload: Element) -> Option<Element> {
        let attributes =
            [("type", Some("get")), ("from", Some("eva@x.test/1")), ("to", Some(to)), ("id", Some("1"))];
        answer(hub, &element("iq", ns::COMPONENT, &attributes).append(payload).build())
    }

    #[test]
    fn a_team_has_a_name_and_nobody_has_none() {
        let network = NetworkId("xmpp".to_owned());
        let config = XmppConfig::new(network, "assist.x.test", "x.test", Secret::new("s"));
        let (outbox, _held) = tokio::sync::mpsc::channel(1);
        let hub = Hub::new(config, outbox);
        hub.teams.lock().set(&[Team { address: "cards".to_owned(), name: "Cards & loans".to_owned() }]);
        let card = || element("vCard", ns::VCARD, &[]).build();
        let told = asked(&hub, "cards@assist.x.test", card()).expect("an answer");
        let card_of = |iq: &Element| iq.get_child("vCard", ns::VCARD).cloned();
        let name = card_of(&told).and_then(|card| card.get_child("FN", ns::VCARD).map(Element::text));
        assert_eq!(name.as_deref(), Some("Cards & loans"));
        let nobody = asked(&hub, "nobody@assist.x.test", card()).expect("an answer");
        assert_eq!(nobody.attr("type"), Some("error"));
        let features = asked(&hub, "cards@assist.x.test/1", element("query", ns::DISCO, &[]).build());
        let query = features.and_then(|iq| iq.get_child("query", ns::DISCO).cloned()).expect("features");
        let identity = query.get_child("identity", ns::DISCO).expect("an identity");
        assert_eq!(identity.attr("name"), Some("Cards & loans"));
    }
}
