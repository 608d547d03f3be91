//! What others ask of agents and of the component; every request is answered (RFC 6120 8.2.3).

use super::{agent::Agent, hub::Hub, ns, stanza, stanza::refuse, stream::element, vcard};
use minidom::Element;
use std::sync::Arc;

/// The answer to a request.
pub(super) fn answer(hub: &Hub, request: &Element) -> Option<Element> {
    let payload = request.children().next();
    let to = stanza::address(request, "to");
    let node = to.as_ref().and_then(|to| to.node());
    let agent = node.and_then(|node| hub.agents.lock().get(node.as_str()).cloned());
    let is_served = node.is_none() || agent.is_some();
    let reads = request.attr("type") == Some("get") && is_served;
    match payload.filter(|_| reads).and_then(|payload| reply(payload, agent.as_ref())) {
        Some(content) => result(request, content),
        None => refuse(request, "service-unavailable", None),
    }
}

fn reply(payload: &Element, agent: Option<&Arc<Agent>>) -> Option<Option<Element>> {
    match (payload.name(), payload.ns().as_str()) {
        ("ping", ns::PING) => Some(None),
        ("query", ns::DISCO) if payload.attr("node").is_none() => Some(Some(features(agent))),
        ("query", ns::VERSION) => Some(Some(version())),
        ("vCard", ns::VCARD) => agent.map(|agent| Some(vcard::of_agent(agent.name()))),
        _ => None,
    }
}

fn features(agent: Option<&Arc<Agent>>) -> Element {
    let (category, kind, name) = match agent {
        Some(agent) => ("client", "pc", agent.name()),
        None => ("component", "generic", "Hookflash"),
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
