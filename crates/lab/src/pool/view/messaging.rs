//! `messaging` of a conversation (ucwa.md §5.1, §5.2).

use super::Scene;
use crate::pool::state::chat::Messaging;
use crate::pool::wire::{Event, Kind, Link, Reason, Resource};

/// The resource in a given state.
pub(crate) fn resource(scene: &Scene<'_>, state: &'static str) -> Resource {
    let mut resource = Resource::new("messaging").str("state", state);
    if state == "Connected" {
        let mut formats = vec!["Plain".to_owned()];
        if scene.chat.html {
            formats.push("Html".to_owned());
        }
        resource = resource.list("negotiatedMessageFormats", formats);
    }
    resource = resource.link("self", scene.below("messaging")).link("conversation", scene.conversation());
    match state {
        "Connected" => resource
            .link("stopMessaging", scene.below("messaging/terminate"))
            .link("sendMessage", scene.below("messaging/messages"))
            .link("setIsTyping", scene.below("messaging/typing"))
            .link("typingParticipants", scene.below("messaging/typingParticipants")),
        "Disconnected" => {
            let again = format!(
                "{}/communication/messagingInvitations?conversationId={}",
                scene.path, scene.seat.conversation
            );
            resource.link("addMessaging", again)
        }
        _ => resource.link("stopMessaging", scene.below("messaging/terminate")),
    }
}

/// The state at this moment.
pub(crate) fn state(scene: &Scene<'_>) -> &'static str {
    match scene.chat.messaging {
        Messaging::Inviting(_) => "Connecting",
        Messaging::Open => "Connected",
        Messaging::Idle => "Disconnected",
    }
}

/// It is in another state, perhaps for a reason.
pub(crate) fn updated(scene: &Scene<'_>, state: &'static str, reason: Option<Reason>) -> Event {
    let link = Link::new("messaging", scene.below("messaging"));
    Event::new(scene.conversation_sender(), Kind::Updated, link).because(reason).embed(resource(scene, state))
}
