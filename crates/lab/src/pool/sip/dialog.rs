//! Instant messages: INVITE, MESSAGE, INFO and BYE in dialogs (RFC 3261, \[MS-CONFIM\]).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::connection::Connection;
use super::message::{Message, parameter, uri};
use crate::clock::random_hex;
use crate::pool::people::address_of;
use crate::pool::state::chat::{ChatKey, Messaging};
use crate::pool::state::sip::News;
use crate::pool::state::{Core, Endpoint, InviteArgs, InviteError, SayArgs};
use crate::pool::wire::Reason;
use crate::pool::wire::data_uri::Text;

/// Dialogs of one client at a time; more invitations are answered with 486.
const MAX_DIALOGS: usize = 1_000;

/// Messages that a client has not answered; more forget the earlier ones, which then count as undelivered.
const MAX_ON_THE_WAY: usize = 10_000;

/// One dialog; it belongs to one round of one chat.
pub(super) struct Dialog {
    chat: ChatKey,
    state: State,
    /// The other person, as From or To has it without a tag.
    peer: String,
    /// Tags of the client and of ours.
    theirs: String,
    ours: String,
    /// The number of our last request.
    last: u32,
    /// The INVITE that began it, ours or the client's.
    invite: Message,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// We invited; the client has not answered.
    Ringing,
    /// We withdrew; the client's 200 may still come.
    Withdrawn,
    /// The client invited; nobody has answered.
    Inviting,
    Open,
}

/// What the pool has to tell about chats.
pub(super) fn tell(connection: &mut Connection, news: News) {
    match news {
        News::Invited { .. } => invite(connection, news),
        News::Accepted { chat } => accepted(connection, chat),
        News::Failed { chat, reason } => failed(connection, chat, &reason),
        News::Withdrawn { chat } => withdraw(connection, chat),
        News::Message { chat, id, text } => message(connection, chat, id, &text),
        News::Typing { chat, begins } => typing(connection, chat, begins),
        News::Ended { chat } => end(connection, chat),
        News::Presence { .. } | News::Own => {}
    }
}

fn invite(connection: &mut Connection, news: News) {
    let News::Invited { chat, from, name, thread, subject, first } = news else { return };
    let Some(known) = &connection.registration else { return };
    let call = random_hex();
    let ours = call.get(..10).unwrap_or_default().to_owned();
    let peer = format!("\"{}\" <sip:{from}>", name.replace('"', "'"));
    let mut request = Message::request("INVITE", &known.contact)
        .with("Via", format!("SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK{call}"))
        .with("Max-Forwards", "70")
        .with("From", format!("{peer};tag={ours}"))
        .with("To", format!("<sip:{}>;epid={}", known.address, known.epid))
        .with("Call-ID", call.clone())
        .with("CSeq", "1 INVITE")
        .with("Contact", format!("<sip:{from};opaque=user:epid:lab;gruu>"))
        .with("User-Agent", "UCWA/6.0")
        .with("Supported", "ms-sender")
        .with("Ms-Conversation-ID", header_text(&thread));
    if !subject.is_empty() {
        request = request.with("Subject", header_text(&subject));
    }
    if let Some(first) = first {
        let body = STANDARD.encode(&first.body);
        request = request.with("ms-text-format", format!("{};msgr=;ms-body={body}", kind_of(&first)));
    }
    let request = request.body("application/sdp", SDP);
    connection.send(&request);
    let dialog =
        Dialog { chat, state: State::Ringing, peer, theirs: String::new(), ours, last: 1, invite: request };
    connection.dialogs.insert(call, dialog);
}

/// The client answered a request of ours.
pub(super) fn answered(connection: &mut Connection, response: &Message, code: u16) {
    let call = response.header("call-id").to_owned();
    let (number, method) = response.cseq();
    match method {
        "MESSAGE" if code >= 200 => {
            let Some(id) = connection.on_the_way.remove(&(call, number)) else { return };
            let mut core = connection.pool.core.lock();
            if code < 300 { core.delivered(&[id]) } else { core.refused(id) }
        }
        "INVITE" if code >= 200 => invite_answered(connection, response, &call, code),
        _ => {}
    }
}

fn invite_answered(connection: &mut Connection, response: &Message, call: &str, code: u16) {
    let Some(id) = connection.registration.as_ref().map(|known| known.id) else { return };
    let Some(dialog) = connection.dialogs.get_mut(call) else { return };
    if let Some(tag) = parameter(response.header("to"), "tag") {
        tag.clone_into(&mut dialog.theirs);
    }
    let (chat, state) = (dialog.chat, dialog.state);
    if matches!(state, State::Inviting | State::Open) {
        return;
    }
    if let Some(ack) = in_dialog(connection, call, "ACK") {
        connection.send(&ack);
    }
    let endpoint = Endpoint::Sip(id);
    if code < 300 {
        let taken = state == State::Ringing && connection.pool.core.lock().accept(chat, endpoint).is_ok();
        match connection.dialogs.get_mut(call) {
            Some(dialog) if taken => dialog.state = State::Open,
            // It was withdrawn, or answered elsewhere, in the meantime.
            _ => hang_up(connection, call),
        }
        return;
    }
    connection.dialogs.remove(call);
    if state == State::Ringing {
        let (is_global, cause) = match code {
            603 => (true, "declined"),
            486 | 600 => (false, "busy"),
            404 | 604 => (false, "unknown"),
            _ => (false, "offline"),
        };
        // It may be over in the meantime.
        let _ = connection.pool.core.lock().decline(chat, endpoint, is_global, cause);
    }
}

/// The client invites somebody.
pub(super) fn invited(connection: &mut Connection, request: &Message) {
    let call = request.header("call-id").to_owned();
    if connection.dialogs.contains_key(&call) {
        // A refresh of the dialog.
        let response = Message::response(request, 200, "OK", "lab").body("application/sdp", SDP);
        return connection.send(&response);
    }
    if !request.body.contains("m=message") && !request.body.contains("m=x-ms-message") {
        return connection.answer(request, 488, "Not Acceptable Here");
    }
    if connection.dialogs.len() >= MAX_DIALOGS {
        return connection.answer(request, 486, "Busy Here");
    }
    let Some((id, person)) = connection.registration.as_ref().map(|known| (known.id, known.person)) else {
        return;
    };
    connection.answer(request, 100, "Trying");
    let to = uri(request.header("to")).to_owned();
    let thread = request.header("ms-conversation-id").to_owned();
    let args = InviteArgs {
        to: to.clone(),
        subject: request.header("subject").chars().take(250).collect(),
        importance: "Normal".to_owned(),
        thread: Some(thread).filter(|thread| !thread.is_empty()),
        first: first_text(request.header("ms-text-format")),
        ..InviteArgs::default()
    };
    let made = {
        let mut core = connection.pool.core.lock();
        let again = idle_chat(&core, person, &to);
        let args = InviteArgs { again, ..args };
        match core.invite(person, Endpoint::Sip(id), args.clone()) {
            Err(InviteError::ThreadIdAlreadyExists) => {
                core.invite(person, Endpoint::Sip(id), InviteArgs { thread: None, ..args })
            }
            other => other,
        }
    };
    let Ok((chat, _)) = made else { return connection.answer(request, 486, "Busy Here") };
    let ours = random_hex().get(..10).unwrap_or_default().to_owned();
    let dialog = Dialog {
        chat,
        state: State::Inviting,
        peer: request.header("to").to_owned(),
        theirs: parameter(request.header("from"), "tag").unwrap_or_default().to_owned(),
        ours: ours.clone(),
        last: 0,
        invite: request.clone(),
    };
    connection.dialogs.insert(call, dialog);
    connection.send(&Message::response(request, 180, "Ringing", &ours));
}

/// The chat of two people whose messaging was closed for being idle: speaking there opens it again.
fn idle_chat(core: &Core, person: u32, to: &str) -> Option<ChatKey> {
    let other = core.people.find(to)?;
    let fits = |chat: &&crate::pool::state::chat::Chat| {
        matches!(chat.messaging, Messaging::Idle)
            && chat.side_of(person).is_some()
            && chat.side_of(other).is_some()
    };
    core.chats.values().filter(fits).map(|chat| chat.key).max()
}

fn accepted(connection: &mut Connection, chat: ChatKey) {
    let Some(call) = call_of(connection, chat, State::Inviting) else { return };
    let Some(dialog) = connection.dialogs.get_mut(&call) else { return };
    dialog.state = State::Open;
    let peer = address_of(uri(&dialog.peer));
    let mut response = Message::response(&dialog.invite, 200, "OK", &dialog.ours)
        .with("Contact", format!("<sip:{peer};opaque=user:epid:lab;gruu>"));
    if !dialog.invite.header("ms-text-format").is_empty() {
        // The text of the INVITE was taken; the client need not send it again.
        response = response.with("Supported", "ms-text-format");
    }
    connection.send(&response.body("application/sdp", SDP));
}

fn failed(connection: &mut Connection, chat: ChatKey, reason: &Reason) {
    let Some(call) = call_of(connection, chat, State::Inviting) else { return };
    let Some(dialog) = connection.dialogs.remove(&call) else { return };
    let (code, phrase) = match reason.subcode.as_str() {
        "Declined" => (603, "Decline"),
        "Timeout" => (408, "Request Timeout"),
        "DestinationNotFound" => (404, "Not Found"),
        "DoNotDisturb" | "Busy" => (486, "Busy Here"),
        "NotAllowed" | "FederationRequired" => (403, "Forbidden"),
        "Canceled" => (487, "Request Terminated"),
        _ => (480, "Temporarily Unavailable"),
    };
    connection.send(&Message::response(&dialog.invite, code, phrase, &dialog.ours));
}

fn withdraw(connection: &mut Connection, chat: ChatKey) {
    let Some(call) = call_of(connection, chat, State::Ringing) else { return };
    let Some(dialog) = connection.dialogs.get_mut(&call) else { return };
    dialog.state = State::Withdrawn;
    let mut cancel = dialog.invite.clone();
    cancel.start =
        super::message::Start::Request { method: "CANCEL".to_owned(), uri: uri_of(&dialog.invite) };
    cancel.body.clear();
    cancel
        .headers
        .retain(|(name, _)| matches!(name.as_str(), "Via" | "Max-Forwards" | "From" | "To" | "Call-ID"));
    connection.send(&cancel.with("CSeq", "1 CANCEL"));
}

/// The client says something.
pub(super) fn said(connection: &mut Connection, request: &Message) {
    let Some((id, person)) = connection.registration.as_ref().map(|known| (known.id, known.person)) else {
        return;
    };
    let Some(dialog) = connection.dialogs.get(request.header("call-id")) else {
        return connection.answer(request, 481, "Call/Transaction Does Not Exist");
    };
    let html = request.header("content-type").to_ascii_lowercase().starts_with("text/html");
    let text = Text { html, body: request.body.clone() };
    let chat = dialog.chat;
    let said = {
        let mut core = connection.pool.core.lock();
        let side = core.chats.get(&chat).and_then(|chat| chat.side_of(person)).unwrap_or(0);
        core.say(chat, side, Endpoint::Sip(id), SayArgs { text, operation: None })
    };
    match said {
        Ok(_) => connection.answer(request, 200, "OK"),
        Err(_) => connection.answer(request, 481, "Call/Transaction Does Not Exist"),
    }
}

/// The client types: `KeyboardActivity`, or `isComposing` of RFC 3994.
pub(super) fn typed(connection: &mut Connection, request: &Message) {
    let begins = request.body.contains("status=\"type\"") || request.body.contains(">active<");
    if begins
        && let Some(dialog) = connection.dialogs.get(request.header("call-id"))
        && let Some(known) = &connection.registration
    {
        let mut core = connection.pool.core.lock();
        if let Some(side) = core.chats.get(&dialog.chat).and_then(|chat| chat.side_of(known.person)) {
            // The chat may have ended.
            let _ = core.typing(dialog.chat, side);
        }
    }
    connection.answer(request, 200, "OK");
}

/// The client hangs up (BYE) or gives up inviting (CANCEL).
pub(super) fn ended(connection: &mut Connection, request: &Message) {
    connection.answer(request, 200, "OK");
    let call = request.header("call-id");
    let Some((id, person)) = connection.registration.as_ref().map(|known| (known.id, known.person)) else {
        return;
    };
    let Some(dialog) = connection.dialogs.get(call) else { return };
    let (chat, state) = (dialog.chat, dialog.state);
    if state != State::Inviting {
        connection.dialogs.remove(call);
    }
    if matches!(state, State::Inviting | State::Open) {
        let mut core = connection.pool.core.lock();
        let side = core.chats.get(&chat).and_then(|chat| chat.side_of(person)).unwrap_or(0);
        core.terminate(chat, side, Endpoint::Sip(id));
    }
}

fn message(connection: &mut Connection, chat: ChatKey, id: u64, text: &Text) {
    let open = call_of(connection, chat, State::Open);
    let request = open.as_ref().and_then(|call| in_dialog(connection, call, "MESSAGE"));
    let (Some(call), Some(request)) = (open, request) else {
        return connection.pool.core.lock().refused(id);
    };
    let (number, _) = request.cseq();
    if connection.on_the_way.len() >= MAX_ON_THE_WAY {
        connection.on_the_way.clear();
    }
    connection.on_the_way.insert((call, number), id);
    connection.send(&request.body(&kind_of(text), text.body.clone()));
}

fn typing(connection: &mut Connection, chat: ChatKey, begins: bool) {
    let open = call_of(connection, chat, State::Open);
    let Some(request) = open.and_then(|call| in_dialog(connection, &call, "INFO")) else { return };
    let status = if begins { "type" } else { "idle" };
    let body =
        format!("<?xml version=\"1.0\"?><KeyboardActivity><status status=\"{status}\" /></KeyboardActivity>");
    connection.send(&request.body("application/xml", body));
}

fn end(connection: &mut Connection, chat: ChatKey) {
    if let Some(call) = call_of(connection, chat, State::Open) {
        return hang_up(connection, &call);
    }
    withdraw(connection, chat);
    failed(connection, chat, &Reason { code: String::new(), subcode: String::new(), message: String::new() });
}

fn hang_up(connection: &mut Connection, call: &str) {
    if let Some(bye) = in_dialog(connection, call, "BYE") {
        connection.send(&bye);
    }
    connection.dialogs.remove(call);
}

/// A request of ours inside of a dialog; an ACK has the number of the INVITE.
fn in_dialog(connection: &mut Connection, call: &str, method: &str) -> Option<Message> {
    let known = connection.registration.as_ref()?;
    let dialog = connection.dialogs.get_mut(call)?;
    let number = if method == "ACK" {
        1
    } else {
        dialog.last += 1;
        dialog.last
    };
    Some(
        Message::request(method, &known.contact)
            .with("Via", format!("SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK{}", random_hex()))
            .with("Max-Forwards", "70")
            .with("From", format!("{};tag={}", dialog.peer, dialog.ours))
            .with("To", format!("<sip:{}>;tag={};epid={}", known.address, dialog.theirs, known.epid))
            .with("Call-ID", call)
            .with("CSeq", format!("{number} {method}")),
    )
}

fn call_of(connection: &Connection, chat: ChatKey, state: State) -> Option<String> {
    let mut dialogs = connection.dialogs.iter();
    dialogs.find(|(_, dialog)| dialog.chat == chat && dialog.state == state).map(|(call, _)| call.clone())
}

/// `text/plain; charset=UTF-8;msgr=…;ms-body=<base64>`.
fn first_text(format: &str) -> Option<Text> {
    let encoded = format.split(';').find_map(|part| part.trim().strip_prefix("ms-body="))?;
    let body = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    Some(Text { html: format.to_ascii_lowercase().starts_with("text/html"), body })
}

fn kind_of(text: &Text) -> String {
    format!("text/{}; charset=UTF-8", if text.html { "html" } else { "plain" })
}

fn uri_of(request: &Message) -> String {
    match &request.start {
        super::message::Start::Request { uri, .. } => uri.clone(),
        super::message::Start::Response { .. } => String::new(),
    }
}

/// Nothing that would end a header line.
fn header_text(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Messages only; the address means nothing, as they go over the connection.
const SDP: &str = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=session\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
    m=message 5060 sip null\r\na=accept-types:text/plain multipart/alternative text/html\r\n";
