//! Sending messages and typing (ucwa.md §5.5, §5.6).

use super::conversations::{locate, look};
use super::{Cx, Outcome};
use crate::clock::now_ms;
use crate::pool::reply::{Fault, Reply};
use crate::pool::state::{Endpoint, SayArgs, SayError};
use crate::pool::wire::data_uri::Text;
use crate::pool::wire::{Link, Resource};

/// A POST to the collection, or to a message's own URL, as one client does.
pub(super) fn send(cx: &Cx<'_>, id: &str) -> Outcome {
    let text = text(cx)?;
    if text.body.len() > cx.pool.behaviour.max_message_bytes {
        return Err(Fault::new(413, "EntityTooLarge", ""));
    }
    let operation = cx.call.query("operationContext").or_else(|| cx.call.query("operationId"));
    if operation.is_some_and(|operation| operation.chars().count() > 50) {
        return Err(Fault::parameter("operationContext"));
    }
    let args = SayArgs { text, operation: operation.map(str::to_owned) };
    let number = cx.with(|core| {
        let (key, side) = locate(core, cx, id)?;
        core.say(key, side, Endpoint::App(cx.app), args).map_err(fault_of)
    })?;
    let location = format!("{}/communication/conversations/{id}/messaging/messages/{number}", cx.path());
    Ok(Reply::created(location))
}

/// The numbers of the messages of the conversation; their texts came with the events only.
pub(super) fn list(cx: &Cx<'_>, id: &str) -> Outcome {
    look(cx, id, |scene| {
        let link = |number| Link::new("message", scene.below(&format!("messaging/messages/{number}")));
        let own = scene.below("messaging/messages");
        let resource = Resource::new("messages").link("self", own);
        let links: Vec<Link> = (1..=scene.seat.last_message).map(link).collect();
        Ok(if links.is_empty() { resource } else { resource.links("message", links) })
    })
}

pub(super) fn typing(cx: &Cx<'_>, id: &str) -> Outcome {
    cx.with(|core| {
        let (key, side) = locate(core, cx, id)?;
        core.typing(key, side).map_err(fault_of)
    })?;
    Ok(Reply::no_content())
}

pub(super) fn typists(cx: &Cx<'_>, id: &str) -> Outcome {
    look(cx, id, |scene| {
        let other = scene.other();
        let resource =
            Resource::new("typingParticipants").link("self", scene.below("messaging/typingParticipants"));
        if other.typing_until <= now_ms() {
            return Ok(resource);
        }
        let link = Link::titled("participant", scene.participant(other), &other.name);
        Ok(resource.links("participant", vec![link]))
    })
}

fn text(cx: &Cx<'_>) -> Result<Text, Fault> {
    if let Some(message) = cx.call.query("message") {
        return Text::from_uri(message).or_else(|| Some(Text::plain(message))).ok_or_else(Fault::not_found);
    }
    let kind = cx.call.header("content-type").to_ascii_lowercase();
    let html = kind.starts_with("text/html");
    if !html && !kind.starts_with("text/plain") && !kind.is_empty() {
        return Err(Fault::new(415, "UnsupportedMediaType", ""));
    }
    let body = String::from_utf8(cx.call.body.to_vec())
        .map_err(|_| Fault::new(400, "BadRequest", "DeserializationFailure"))?;
    if body.is_empty() {
        return Err(Fault::parameter("message"));
    }
    Ok(Text { html, body })
}

fn fault_of(error: SayError) -> Fault {
    match error {
        SayError::FormatNotNegotiated => Fault::new(415, "UnsupportedMediaType", ""),
        SayError::Gone => Fault::conversation_not_found(),
        // Not documented: messaging that is not connected has no sendMessage link. [I]
        SayError::NotConnected => Fault::new(409, "Conflict", ""),
    }
}
