//! `conversation` (ucwa.md §5.1).

use super::Scene;
use crate::pool::state::chat::Messaging;
use crate::pool::wire::{Event, Kind, Link, Prop, Resource};

/// The resource in a given state.
pub(crate) fn resource(scene: &Scene<'_>, state: &'static str) -> Resource {
    let chat = scene.chat;
    let connected = state == "Connected";
    let active = match state {
        "Connected" if matches!(chat.messaging, Messaging::Idle) => Vec::new(),
        "Connected" | "Incoming" => vec!["Messaging".to_owned()],
        _ => Vec::new(),
    };
    let mut resource = Resource::new("conversation")
        .str("state", state)
        .str("threadId", chat.thread.clone())
        .str("subject", chat.subject.clone())
        .list("activeModalities", active)
        .str("importance", chat.importance.clone())
        .prop("recording", Prop::Bool(false))
        .link("self", scene.conversation())
        .link("applicationSharing", scene.below("applicationSharing"))
        .link("audioVideo", scene.below("audioVideo"))
        .link("dataCollaboration", scene.below("dataCollaboration"))
        .link("messaging", scene.below("messaging"))
        .link("phoneAudio", scene.below("phoneAudio"));
    if connected {
        let add = format!(
            "{}/communication/participantInvitations?conversation={}",
            scene.path, scene.seat.conversation
        );
        resource = resource
            .titled("localParticipant", scene.participant(scene.me()), &scene.me().name)
            .link("addParticipant", add)
            .link("participants", scene.below("participants"));
    }
    resource
}

/// The state of the conversation for the one who looks.
pub(crate) fn state(scene: &Scene<'_>) -> &'static str {
    match &scene.chat.messaging {
        Messaging::Inviting(_) if scene.chat.reopened => "Connected",
        Messaging::Inviting(invite) if invite.by == scene.side => "Connecting",
        Messaging::Inviting(_) => "Incoming",
        Messaging::Open | Messaging::Idle => "Connected",
    }
}

/// It came into being.
pub(crate) fn added(scene: &Scene<'_>) -> Event {
    Event::new(scene.communication_sender(), Kind::Added, link(scene)).embed(resource(scene, state(scene)))
}

/// It is in another state.
pub(crate) fn updated(scene: &Scene<'_>, state: &'static str) -> Event {
    Event::new(scene.communication_sender(), Kind::Updated, link(scene)).embed(resource(scene, state))
}

/// It is gone.
pub(crate) fn deleted(scene: &Scene<'_>) -> Event {
    Event::new(scene.communication_sender(), Kind::Deleted, link(scene))
}

fn link(scene: &Scene<'_>) -> Link {
    Link::new("conversation", scene.conversation())
}
