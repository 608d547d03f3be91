//! `messagingInvitation`, outgoing and incoming (ucwa.md §5.1, §5.2, §5.4).

use super::{Scene, participant};
use crate::pool::state::chat::Invite;
use crate::pool::wire::{Event, Kind, Link, Reason, Resource};

/// The resource while the invitation is pending.
pub(crate) fn resource(scene: &Scene<'_>, invite: &Invite) -> Resource {
    build(scene, invite, "Connecting", true)
}

/// The inviter's or the invited's invitation starts.
pub(crate) fn started(scene: &Scene<'_>) -> Event {
    let event = Event::new(scene.communication_sender(), Kind::Started, link(scene));
    match scene.chat.invite() {
        Some(invite) => event.embed(resource(scene, invite)),
        None => event,
    }
}

/// The toast is being answered: no `accept` and `decline` any more.
pub(crate) fn no_longer_acceptable(scene: &Scene<'_>) -> Event {
    let event = Event::new(scene.communication_sender(), Kind::Updated, link(scene));
    match scene.chat.invite() {
        Some(invite) => event.embed(build(scene, invite, "Connecting", false)),
        None => event,
    }
}

/// The end: connected, or failed for a reason.
pub(crate) fn completed(scene: &Scene<'_>, invite: &Invite, reason: Option<Reason>) -> Event {
    let state = if reason.is_none() { "Connected" } else { "Failed" };
    let mut body = build(scene, invite, state, false);
    if reason.is_none() && invite.by == scene.side {
        body = body.embed_all("acceptedByParticipant", vec![participant::resource(scene, scene.other())]);
    }
    Event::new(scene.communication_sender(), Kind::Completed, link(scene)).outcome(reason).embed(body)
}

fn build(scene: &Scene<'_>, invite: &Invite, state: &'static str, open: bool) -> Resource {
    if invite.by == scene.side {
        outgoing(scene, invite, state, open)
    } else {
        incoming(scene, invite, state, open)
    }
}

fn outgoing(scene: &Scene<'_>, invite: &Invite, state: &'static str, open: bool) -> Resource {
    let chat = scene.chat;
    let mut resource = Resource::new("messagingInvitation")
        .str("direction", "Outgoing")
        .str("importance", chat.importance.clone())
        .str("threadId", chat.thread.clone())
        .str("state", state);
    if let Some(operation) = &invite.operation {
        resource = resource.str("operationId", operation.clone());
    }
    resource = resource
        .str("subject", chat.subject.clone())
        .str("to", scene.other().uri.clone())
        .link("self", scene.invitation())
        .titled("from", scene.participant(scene.me()), &scene.me().name)
        .link("to", scene.person(scene.other()));
    if open {
        resource = resource.link("cancel", scene.below("messaging/terminate"));
    }
    resource.link("conversation", scene.conversation()).link("messaging", scene.below("messaging"))
}

fn incoming(scene: &Scene<'_>, invite: &Invite, state: &'static str, open: bool) -> Resource {
    let chat = scene.chat;
    let mut resource = Resource::new("messagingInvitation")
        .str("direction", "Incoming")
        .str("importance", chat.importance.clone())
        .str("threadId", chat.thread.clone())
        .str("state", state)
        .str("subject", chat.subject.clone())
        .str("to", scene.me().uri.clone())
        .link("self", scene.invitation())
        .titled("from", scene.participant(scene.other()), &scene.other().name)
        .link("to", scene.person(scene.me()))
        .link("conversation", scene.conversation());
    if open {
        resource = resource
            .link("accept", format!("{}/accept", scene.invitation()))
            .link("decline", format!("{}/decline", scene.invitation()));
    }
    resource = resource.link("messaging", scene.below("messaging"));
    if let Some(first) = &invite.first {
        let first = if scene.seat.html { first.clone() } else { first.as_plain() };
        resource = resource.link("message", first.to_uri());
    }
    if let Some(custom) = &invite.custom {
        resource = resource.link("customContent", custom.clone());
    }
    resource.embed("from", participant::resource(scene, scene.other()))
}

fn link(scene: &Scene<'_>) -> Link {
    Link::new("messagingInvitation", scene.invitation())
}
