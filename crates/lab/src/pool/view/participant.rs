//! `participant`, `participantMessaging`, `typingParticipants` (ucwa.md §5.1, §5.6).

use super::Scene;
use crate::pool::state::chat::Party;
use crate::pool::wire::{Event, Kind, Link, Prop, Resource};

/// A participant; the one who looks has other links than the other.
pub(crate) fn resource(scene: &Scene<'_>, party: &Party) -> Resource {
    let network = if party.person.is_some() { "SameEnterprise" } else { "Everyone" };
    let base = Resource::new("participant")
        .str("sourceNetwork", network)
        .prop("anonymous", Prop::Bool(false))
        .str("name", party.name.clone())
        .str("uri", party.uri.clone())
        .link("self", scene.participant(party))
        .link("conversation", scene.conversation());
    if party.uri == scene.me().uri {
        return base.link("me", format!("{}/me", scene.path));
    }
    let person = scene.person(party);
    base.link("contact", person.clone())
        .link("contactPresence", format!("{person}/presence"))
        .link("contactPhoto", format!("{}/photos/{}", scene.path, party.address()))
}

/// `participantMessaging` of a party.
pub(crate) fn messaging_resource(scene: &Scene<'_>, party: &Party) -> Resource {
    let href = scene.participant(party);
    Resource::new("participantMessaging").link("self", format!("{href}/messaging")).titled(
        "participant",
        href,
        &party.name,
    )
}

/// The one who looks is in the conversation.
pub(crate) fn local_added(scene: &Scene<'_>) -> Event {
    let me = scene.me();
    let link = Link::titled("localParticipant", scene.participant(me), &me.name);
    Event::new(scene.conversation_sender(), Kind::Added, link).embed(resource(scene, me))
}

/// The other is in the conversation; a title is given only where the real wire has one.
pub(crate) fn other_added(scene: &Scene<'_>, titled: bool) -> Event {
    let other = scene.other();
    let title = if titled { other.name.as_str() } else { "" };
    let link = Link::titled("participant", scene.participant(other), title);
    Event::new(scene.conversation_sender(), Kind::Added, link)
}

/// The other's participant resource changed.
pub(crate) fn other_updated(scene: &Scene<'_>) -> Event {
    Event::new(scene.conversation_sender(), Kind::Updated, link(scene, "participant", scene.other()))
        .embed(resource(scene, scene.other()))
}

/// Both take part in messaging.
pub(crate) fn messaging_added(scene: &Scene<'_>) -> Vec<Event> {
    let sender = scene.conversation_sender();
    let of =
        |party: &Party| Link::new("participantMessaging", format!("{}/messaging", scene.participant(party)));
    vec![
        Event::new(sender.clone(), Kind::Added, of(scene.other())).inside(link(
            scene,
            "participant",
            scene.other(),
        )),
        Event::new(sender, Kind::Added, of(scene.me()))
            .inside(link(scene, "localParticipant", scene.me()))
            .embed(messaging_resource(scene, scene.me())),
    ]
}

/// The other left.
pub(crate) fn deleted(scene: &Scene<'_>) -> Vec<Event> {
    let sender = scene.conversation_sender();
    let other = scene.other();
    let messaging = Link::new("participantMessaging", format!("{}/messaging", scene.participant(other)));
    vec![
        Event::new(sender.clone(), Kind::Deleted, messaging).inside(link(scene, "participant", other)),
        Event::new(sender, Kind::Deleted, link(scene, "participant", other)),
    ]
}

/// The other begins or stops typing.
pub(crate) fn typing(scene: &Scene<'_>, begins: bool) -> Event {
    let kind = if begins { Kind::Added } else { Kind::Deleted };
    let inside = Link::new("typingParticipants", scene.below("messaging/typingParticipants"));
    Event::new(scene.conversation_sender(), kind, link(scene, "participant", scene.other())).inside(inside)
}

fn link(scene: &Scene<'_>, rel: &'static str, party: &Party) -> Link {
    Link::titled(rel, scene.participant(party), &party.name)
}
