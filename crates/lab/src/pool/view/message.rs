//! `message` (ucwa.md §5.5).

use super::Scene;
use crate::pool::wire::data_uri::Text;
use crate::pool::wire::{Event, Kind, Link, Prop, Reason, Resource};

/// A message of the other side arrives.
pub(crate) fn incoming(scene: &Scene<'_>, number: u32, text: &Text, at: u64) -> Event {
    let other = scene.other();
    let rel = if text.html { "htmlMessage" } else { "plainMessage" };
    let body = Resource::new("message")
        .str("direction", "Incoming")
        .prop("timeStamp", Prop::Date(at))
        .link("self", href(scene, number))
        .link("contact", scene.person(other))
        .titled("participant", scene.participant(other), &other.name)
        .link("messaging", scene.below("messaging"))
        .link(rel, text.to_uri());
    completed(scene, number).outcome(None).embed(body)
}

/// An own message was delivered, or was not for a reason.
pub(crate) fn sent(scene: &Scene<'_>, number: u32, at: u64, reason: Option<Reason>) -> Event {
    let mut body = Resource::new("message")
        .str("direction", "Outgoing")
        .prop("timeStamp", Prop::Date(at))
        .link("self", href(scene, number))
        .link("messaging", scene.below("messaging"));
    if reason.is_some() {
        let other = scene.other();
        let failed = Link::titled("failedDeliveryParticipant", scene.participant(other), &other.name);
        body = body.links("failedDeliveryParticipant", vec![failed]);
    }
    completed(scene, number).outcome(reason).embed(body)
}

/// The path of a message.
pub(crate) fn href(scene: &Scene<'_>, number: u32) -> String {
    scene.below(&format!("messaging/messages/{number}"))
}

fn completed(scene: &Scene<'_>, number: u32) -> Event {
    Event::new(scene.conversation_sender(), Kind::Completed, Link::new("message", href(scene, number)))
}
