//! The event channel (3): a long poll whose next address acknowledges the last answer.

use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::Value;
use url::Url;

use super::text::of_data_uri;
use super::{Heard, Seen, Wire};

/// Follows the channel until the pool ends it.
pub(super) async fn follow(wire: Wire, mut next: Url, seen: Arc<Mutex<Seen>>, heard: Arc<Heard>) {
    while let Ok(batch) = wire.get(next.clone()).await {
        let senders = batch["sender"].as_array().into_iter().flatten();
        for event in senders.filter_map(|sender| sender["events"].as_array()).flatten() {
            take(event, &seen, &heard);
        }
        match wire.link(&batch, "next") {
            Ok(url) => next = url,
            Err(_) => return,
        }
    }
}

fn take(event: &Value, seen: &Mutex<Seen>, heard: &Arc<Heard>) {
    if event["type"] != "completed" {
        return;
    }
    let embedded = &event["_embedded"];
    match event["link"]["rel"].as_str().unwrap_or_default() {
        "messagingInvitation" => invitation(event, &embedded["messagingInvitation"], seen),
        "message" => message(&embedded["message"], heard),
        _ => {}
    }
}

fn invitation(event: &Value, invitation: &Value, seen: &Mutex<Seen>) {
    let Some(operation) = invitation["operationId"].as_str() else { return };
    let conversation = invitation["_links"]["conversation"]["href"].as_str();
    let answer = match conversation {
        Some(conversation) if event["status"] == "Success" => Ok(conversation.to_owned()),
        _ => Err(event["reason"].to_string()),
    };
    seen.lock().invitations.insert(operation.to_owned(), answer);
}

fn message(message: &Value, heard: &Arc<Heard>) {
    let links = &message["_links"];
    let text = links["plainMessage"]["href"].as_str().and_then(of_data_uri);
    let conversation = links["messaging"]["href"].as_str().and_then(|href| href.strip_suffix("/messaging"));
    if let (Some(text), Some(conversation)) = (text, conversation)
        && message["direction"] == "Incoming"
    {
        heard(conversation, &text);
    }
}
