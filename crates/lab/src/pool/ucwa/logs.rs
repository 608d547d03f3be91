//! `conversationLogs`, their transcripts, and `missedItems`: what Exchange keeps (ucwa.md §5.7). There only
//! with `--history`.

use super::{Cx, Outcome};
use crate::pool::reply::{Fault, Reply};
use crate::pool::state::archive::Log;
use crate::pool::state::{Endpoint, InviteArgs};
use crate::pool::view::log as view;
use crate::pool::wire::data_uri::Text;
use crate::pool::wire::{Link, Prop, Resource};

/// Transcripts in one answer.
const PAGE: usize = 50;

/// `GET conversationLogs[?limit=]`: links, newest first.
pub(super) fn list(cx: &Cx<'_>) -> Outcome {
    let limit = cx.call.query_number("limit").unwrap_or(100).min(500);
    let path = cx.path();
    let ids: Vec<String> =
        cx.with(|core| core.logs(cx.user).iter().rev().take(limit).map(|log| log.id.clone()).collect());
    let link = |id: &String| Link::new("conversationLog", view::href(&path, id));
    let own = format!("{path}/communication/conversationLogs");
    let resource = Resource::new("conversationLogs").link("self", own);
    let links: Vec<Link> = ids.iter().map(link).collect();
    Ok(Reply::resource(if links.is_empty() { resource } else { resource.links("conversationLog", links) }))
}

pub(super) fn read(cx: &Cx<'_>, id: &str) -> Outcome {
    Ok(Reply::resource(view::resource(&cx.path(), &find(cx, id)?)))
}

pub(super) fn delete(cx: &Cx<'_>, id: &str) -> Outcome {
    changed(cx, id, |_| false)
}

pub(super) fn mark_read(cx: &Cx<'_>, id: &str) -> Outcome {
    changed(cx, id, |log| {
        log.is_read = true;
        true
    })
}

/// `GET conversationLogTranscripts[?offset=]`: fifty at a time, oldest first.
pub(super) fn transcripts(cx: &Cx<'_>, id: &str) -> Outcome {
    let log = find(cx, id)?;
    let offset = cx.call.query_number("offset").unwrap_or(0);
    Ok(Reply::resource(view::transcripts(&cx.path(), &log, offset, PAGE)))
}

/// `POST continueMessaging`: a new chat on the old thread.
pub(super) fn go_on(cx: &Cx<'_>, id: &str) -> Outcome {
    let log = find(cx, id)?;
    let input = cx.call.input()?;
    let first =
        input.link("message").map(|uri| Text::from_uri(&uri).ok_or_else(|| Fault::parameter("message")));
    let args = InviteArgs {
        to: log.other.0,
        subject: log.subject,
        importance: log.importance,
        thread: Some(log.thread),
        operation: input.text_within("operationId", 50)?,
        first: first.transpose()?,
        ..InviteArgs::default()
    };
    let made = cx.with(|core| core.invite(cx.user, Endpoint::App(cx.app), args));
    let (_, invitation) = made.map_err(super::invitations::fault_of)?;
    Ok(Reply::created(format!("{}/communication/messagingInvitations/{invitation}", cx.path())))
}

pub(super) fn missed(cx: &Cx<'_>) -> Outcome {
    let count = |logs: &[Log], which: fn(&Log) -> bool| {
        Prop::Int(logs.iter().filter(|log| which(log)).count() as u64)
    };
    cx.with(|core| {
        let logs = core.logs(cx.user);
        Ok(Reply::resource(
            Resource::new("missedItems")
                .prop("conversationLogsCount", count(logs, |_| true))
                .str("conversationLogsNotifications", "Disabled")
                .prop("missedConversationsCount", count(logs, |log| log.is_missed))
                .prop("unreadMissedConversationsCount", count(logs, |log| log.is_missed && !log.is_read))
                .prop("unreadVoicemailsCount", Prop::Int(0))
                .prop("voiceMailsCount", Prop::Int(0))
                .link("self", format!("{}/communication/missedItems", cx.path())),
        ))
    })
}

fn find(cx: &Cx<'_>, id: &str) -> Result<Log, Fault> {
    cx.with(|core| core.logs(cx.user).iter().find(|log| log.id == id).cloned()).ok_or_else(Fault::not_found)
}

fn changed(cx: &Cx<'_>, id: &str, change: impl FnOnce(&mut Log) -> bool) -> Outcome {
    if cx.with(|core| core.change_log(cx.user, id, change)) {
        Ok(Reply::no_content())
    } else {
        Err(Fault::not_found())
    }
}
