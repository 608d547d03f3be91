//! `conversationLog` and its transcripts (ucwa.md §5.7).

use crate::pool::state::archive::{Line, Log};
use crate::pool::wire::{Prop, Resource};

/// Characters of the preview.
const PREVIEW: usize = 100;

/// The path of a log.
pub(crate) fn href(path: &str, id: &str) -> String {
    format!("{path}/communication/conversationLogs/{id}")
}

/// One past conversation.
pub(crate) fn resource(path: &str, log: &Log) -> Resource {
    let own = href(path, &log.id);
    let preview: String = log
        .lines
        .first()
        .map(|line| line.text.as_plain().body.chars().take(PREVIEW).collect())
        .unwrap_or_default();
    Resource::new("conversationLog")
        .prop("creationTime", Prop::Date(log.created_at))
        .str("direction", if log.is_incoming { "Incoming" } else { "Outgoing" })
        .str("importance", log.importance.clone())
        .list("modalities", vec!["Messaging".to_owned()])
        .str("previewMessage", preview)
        .str("status", if log.is_missed { "Missed" } else { "Archived" })
        .str("subject", log.subject.clone())
        .str("threadId", log.thread.clone())
        .prop("totalRecipientsCount", Prop::Int(1))
        .str("type", "MessageLog")
        .link("self", own.clone())
        .link("continueMessaging", format!("{own}/continueMessaging"))
        .link("conversationLogTranscripts", format!("{own}/conversationLogTranscripts"))
        .link("markAsRead", format!("{own}/markAsRead"))
        .embed_all("conversationLogRecipient", vec![recipient(path, log)])
}

/// A page of its messages.
pub(crate) fn transcripts(path: &str, log: &Log, offset: usize, page: usize) -> Resource {
    let own = format!("{}/conversationLogTranscripts", href(path, &log.id));
    let mut resource = Resource::new("conversationLogTranscripts").link("self", own.clone());
    if log.lines.len() > offset.saturating_add(page) {
        let next = format!("{own}?offset={}", offset + page);
        resource = resource.link("nextConversationLogTranscripts", next);
    }
    let lines = log.lines.iter().enumerate().skip(offset).take(page);
    let all = lines.map(|(number, line)| transcript(path, log, &format!("{own}/{number}"), line)).collect();
    resource.embed_all("conversationLogTranscript", all)
}

fn transcript(path: &str, log: &Log, own: &str, line: &Line) -> Resource {
    let resource =
        Resource::new("conversationLogTranscript").prop("timeStamp", Prop::Date(line.at)).link("self", own);
    let resource = if line.side == log.mine {
        resource.link("me", format!("{path}/me"))
    } else {
        resource.link("contact", format!("{path}/people/{}", log.other.0))
    };
    let rel = if line.text.html { "htmlMessage" } else { "plainMessage" };
    let message = Resource::new("messageTranscript")
        .link("self", format!("{own}/messageTranscript"))
        .link(rel, line.text.to_uri());
    resource.embed("messageTranscript", message)
}

fn recipient(path: &str, log: &Log) -> Resource {
    let (address, name) = &log.other;
    let person = format!("{path}/people/{address}");
    Resource::new("conversationLogRecipient")
        .str("displayName", name.clone())
        .str("sipUri", format!("sip:{address}"))
        .link("self", format!("{}/conversationLogRecipient", href(path, &log.id)))
        .link("contact", person.clone())
        .link("contactPhoto", format!("{path}/photos/{address}"))
        .link("contactPresence", format!("{person}/presence"))
}
