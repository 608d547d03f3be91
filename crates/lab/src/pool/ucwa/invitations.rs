//! `messagingInvitations` (ucwa.md §5.1 to §5.4).

use super::conversations::seat;
use super::{Cx, Outcome};
use crate::pool::input::Input;
use crate::pool::reply::{Fault, Reply};
use crate::pool::state::chat::ChatKey;
use crate::pool::state::{AnswerError, Core, Endpoint, InviteArgs, InviteError};
use crate::pool::view::{Scene, invitation};
use crate::pool::wire::data_uri::Text;

/// Operation ids that an application remembers; then it starts anew.
const MAX_OPERATIONS: usize = 10_000;
/// Longest `customContent` in bytes.
const MAX_CUSTOM: usize = 16_384;

pub(super) fn create(cx: &Cx<'_>) -> Outcome {
    let input = cx.call.input()?;
    let args = args(cx, &input)?;
    let path = cx.path();
    let location = |id: &str| format!("{path}/communication/messagingInvitations/{id}");
    let dedupes = !cx.pool.behaviour.no_dedupe;
    cx.with(|core| {
        let app = core.apps.get(&cx.app).ok_or_else(Fault::application_not_found)?;
        let operation = args.operation.clone();
        let known = operation.as_ref().and_then(|operation| app.operations.get(operation));
        if let Some(id) = known.filter(|_| dedupes) {
            return Ok(Reply::created(location(id)));
        }
        let (_, id) = core.invite(cx.user, Endpoint::App(cx.app), args).map_err(fault_of)?;
        if let (Some(operation), Some(app)) = (operation, core.apps.get_mut(&cx.app)) {
            if app.operations.len() >= MAX_OPERATIONS {
                app.operations.clear();
            }
            app.operations.insert(operation, id.clone());
        }
        Ok(Reply::created(location(&id)))
    })
}

fn args(cx: &Cx<'_>, input: &Input) -> Result<InviteArgs, Fault> {
    let again = match input.text("conversationId") {
        Some(id) => Some(cx.with(|core| super::conversations::locate(core, cx, &id.to_lowercase()))?.0),
        None => None,
    };
    let to = input.text("to").unwrap_or_default();
    if to.is_empty() && again.is_none() {
        return Err(Fault::parameter("to"));
    }
    let importance = input.text("importance").unwrap_or_else(|| "Normal".to_owned());
    let known = ["Normal", "Urgent", "Emergency"].iter().find(|i| i.eq_ignore_ascii_case(&importance));
    let first = input.link("message").or_else(|| input.text("message"));
    let first =
        first.map(|uri| Text::from_uri(&uri).ok_or_else(|| Fault::parameter("message"))).transpose()?;
    if first.as_ref().is_some_and(|text| text.body.len() > cx.pool.behaviour.max_message_bytes) {
        return Err(Fault::new(413, "EntityTooLarge", ""));
    }
    Ok(InviteArgs {
        to,
        subject: input.text_within("subject", 250)?.unwrap_or_default(),
        importance: (*known.ok_or_else(|| Fault::parameter("importance"))?).to_owned(),
        thread: input.text_within("threadId", 250)?,
        operation: input.text_within("operationId", 50)?,
        first,
        custom: custom(input)?,
        again,
    })
}

/// A `data:` link within the size of a message.
fn custom(input: &Input) -> Result<Option<String>, Fault> {
    match input.link("customContent") {
        Some(uri) if uri.len() > MAX_CUSTOM => Err(Fault::new(413, "EntityTooLarge", "")),
        Some(uri) if !uri.starts_with("data:") => Err(Fault::parameter("customContent")),
        other => Ok(other),
    }
}

pub(super) fn read(cx: &Cx<'_>, id: &str) -> Outcome {
    cx.with(|core| {
        let key = locate(core, cx, id)?;
        let chat = core.chats.get(&key).ok_or_else(Fault::not_found)?;
        let (side, seat) = seat(chat, |seat| seat.invitation == id).ok_or_else(Fault::not_found)?;
        let invite = chat.invite().ok_or_else(Fault::not_found)?;
        let scene = Scene { path: &cx.path(), chat, side, seat };
        Ok(Reply::resource(invitation::resource(&scene, invite)))
    })
}

pub(super) fn accept(cx: &Cx<'_>, id: &str) -> Outcome {
    cx.with(|core| {
        let key = locate(core, cx, id)?;
        core.accept(key, Endpoint::App(cx.app)).map_err(gone)
    })?;
    Ok(Reply::no_content())
}

pub(super) fn decline(cx: &Cx<'_>, id: &str) -> Outcome {
    let reason = cx.call.input()?.text("reason").unwrap_or_else(|| "Local".to_owned());
    let global = reason.eq_ignore_ascii_case("Global");
    cx.with(|core| {
        let key = locate(core, cx, id)?;
        core.decline(key, Endpoint::App(cx.app), global, "declined").map_err(gone)
    })?;
    Ok(Reply::no_content())
}

pub(super) fn cancel(cx: &Cx<'_>, id: &str) -> Outcome {
    cx.with(|core| {
        let key = locate(core, cx, id)?;
        let side = core.chats.get(&key).and_then(|chat| chat.side_of(cx.user)).unwrap_or(0);
        core.terminate(key, side, Endpoint::App(cx.app));
        Ok(Reply::no_content())
    })
}

fn locate(core: &Core, cx: &Cx<'_>, id: &str) -> Result<ChatKey, Fault> {
    let app = core.apps.get(&cx.app).ok_or_else(Fault::application_not_found)?;
    app.invitations.get(id).copied().ok_or_else(Fault::not_found)
}

fn gone(AnswerError::Gone: AnswerError) -> Fault {
    Fault::not_found()
}

/// Why there is no invitation, as a refusal.
pub(super) fn fault_of(error: InviteError) -> Fault {
    match error {
        InviteError::TooManyConversations => Fault::new(409, "Conflict", "TooManyConversations"),
        InviteError::ThreadIdAlreadyExists => Fault::new(409, "Conflict", "ThreadIdAlreadyExists"),
        InviteError::AlreadyConnected => Fault::new(409, "Conflict", "AlreadyExists"),
        InviteError::ConversationNotFound => Fault::conversation_not_found(),
    }
}
