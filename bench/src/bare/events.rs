//! The event channel (3): a long poll whose next address acknowledges the last answer.

use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::Value;
use url::Url;

use super::text::of_data_uri;
use super::{Ears, Seen, Wire};

/// Follows the channel until the pool ends it.
pub(super) async fn follow(wire: Wire, mut next: Url, seen: Arc<Mutex<Seen>>, ears: Arc<dyn Ears>) {
    while let Ok(batch) = wire.get(next.clone()).await {
        let senders = batch["sender"].as_array().into_iter().flatten();
        let mut changed = Vec::new();
        for event in senders.filter_map(|sender| sender["events"].as_array()).flatten() {
            match event["link"]["rel"].as_str() {
                Some("contactPresence") if event["type"] == "updated" => {
                    changed.extend(event["link"]["href"].as_str().map(str::to_owned));
                }
                _ => take(event, &seen, &*ears),
            }
        }
        if !changed.is_empty() {
            // Beside the channel: nobody's message waits for somebody else's presence.
            tokio::spawn(fetch(wire.clone(), changed, Arc::clone(&ears)));
        }
        match wire.link(&batch, "next") {
            Ok(url) => next = url,
            Err(_) => return,
        }
    }
}

/// Asks for presence, of which the events say only that it changed (4.2).
async fn fetch(wire: Wire, changed: Vec<String>, ears: Arc<dyn Ears>) {
    for href in changed {
        let Ok(url) = wire.base.join(&href) else { continue };
        match wire.get(url).await {
            Ok(presence) => ears.presence(&presence),
            // The pool is gone or wants to be left alone: what is not told counts as lost.
            Err(_) => return,
        }
    }
}

fn take(event: &Value, seen: &Mutex<Seen>, ears: &dyn Ears) {
    if event["type"] != "completed" {
        return;
    }
    let embedded = &event["_embedded"];
    match event["link"]["rel"].as_str().unwrap_or_default() {
        "messagingInvitation" => invitation(event, &embedded["messagingInvitation"], seen),
        "message" => message(&embedded["message"], ears),
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

fn message(message: &Value, ears: &dyn Ears) {
    let links = &message["_links"];
    let text = links["plainMessage"]["href"].as_str().and_then(of_data_uri);
    let conversation = links["messaging"]["href"].as_str().and_then(|href| href.strip_suffix("/messaging"));
    if let (Some(text), Some(conversation)) = (text, conversation)
        && message["direction"] == "Incoming"
    {
        ears.message(conversation, &text);
    }
}
