//! From the bytes of a datagram or a framed message to bytes that the stack
//! reads rightly, or to an answer, or to nothing. Pure.
//!
//! Mended here, because the stack (rsipstack 0.7.14) does otherwise: a header
//! with a byte that is not UTF-8 makes the message vanish; escapes and `;` in
//! user parts are changed; a datagram without Content-Length loses its body;
//! white space around `=` loses the tag; unknown methods get no answer; and
//! much of RFC 4475's invalid is taken (see [`super::checks`]).

use std::net::SocketAddr;

use super::{
    checks::{self, Fault, Start},
    escape,
    message::{MESSAGE_LIMIT, Message},
    refusal,
};

/// What becomes of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Goes to the stack, in this form.
    Pass(Vec<u8>),
    /// Is answered with these bytes.
    Reply(Vec<u8>),
    /// Gets no answer.
    Drop(&'static str),
}

/// Judges one message from `source`. `framed`: it was cut out of a stream by
/// its Content-Length, so a length must be stated.
pub(crate) fn mend(bytes: &[u8], source: SocketAddr, framed: bool) -> Verdict {
    if bytes.len() > MESSAGE_LIMIT {
        return Verdict::Drop("too long");
    }
    let Some(mut message) = Message::split(bytes) else {
        return Verdict::Drop("keep-alive");
    };
    let checked =
        checks::check(&message).and_then(|start| Ok((start.clone(), length(&message, &start, framed)?)));
    match checked {
        Ok((start, length)) => {
            message.body.truncate(length);
            Verdict::Pass(write(&message, &start))
        }
        Err(Fault::Ignore(why)) => Verdict::Drop(why),
        // An ACK is never answered (RFC 3261 17.1.1.3).
        Err(Fault::Refuse(..)) if message.start.starts_with("ACK ") => Verdict::Drop("a malformed ACK"),
        Err(Fault::Refuse(code, reason)) => Verdict::Reply(refusal::refuse(&message, code, reason, source)),
    }
}

/// A refusal of a whole message, whatever else it says; `None` when there is
/// nothing to answer.
pub(crate) fn refuse_invite(bytes: &[u8], source: SocketAddr, code: u16, reason: &str) -> Option<Vec<u8>> {
    let message = Message::split(bytes).filter(|message| message.start.starts_with("INVITE "))?;
    checks::check(&message).ok()?;
    Some(refusal::refuse(&message, code, reason, source))
}

/// The body's length; a datagram's body ends with it (RFC 3261 18.3).
fn length(message: &Message, start: &Start, framed: bool) -> Result<usize, Fault> {
    let present = message.body.len();
    let wrong = |reason| match start {
        Start::Request { .. } => Fault::Refuse(400, reason),
        Start::Response => Fault::Ignore("a response of the wrong length"),
    };
    match message.value("Content-Length") {
        None if framed => Err(wrong("Missing Content-Length")),
        None => Ok(present),
        Some(value) if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(wrong("Malformed Content-Length"))
        }
        Some(value) => {
            value.parse().ok().filter(|length| *length <= present).ok_or(wrong("Wrong Content-Length"))
        }
    }
}

fn write(message: &Message, start: &Start) -> Vec<u8> {
    let mut text = match start {
        Start::Request { method, uri } => format!("{method} {} SIP/2.0\r\n", escape::hide(uri)),
        Start::Response => format!("{}\r\n", message.start),
    };
    for header in &message.headers {
        if header.name.eq_ignore_ascii_case("Content-Length") {
            continue;
        }
        let value = match header.name.to_ascii_lowercase().as_str() {
            "from" | "to" => close_tag(&escape::hide(&header.value)),
            "contact" => escape::hide(&header.value),
            _ => header.value.clone(),
        };
        text.push_str(&header.name);
        text.push_str(": ");
        text.push_str(&value);
        text.push_str("\r\n");
    }
    text.push_str(&format!("Content-Length: {}\r\n\r\n", message.body.len()));
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(&message.body);
    bytes
}

/// Header parameters without white space around `;` and `=`.
fn close_tag(value: &str) -> String {
    let (_, uri_end) = escape::uri_bounds(value);
    let Some(params_at) = value.get(uri_end..).and_then(|rest| rest.find(';')).map(|at| uri_end + at) else {
        return value.to_owned();
    };
    let (address, params) = value.split_at(params_at);
    let params = params.split(';').skip(1).map(|param| match param.split_once('=') {
        Some((name, value)) => format!(";{}={}", name.trim(), value.trim()),
        None => format!(";{}", param.trim()),
    });
    address.trim_end().to_owned() + &params.collect::<String>()
}

#[cfg(test)]
#[path = "mend_tests.rs"]
mod tests;
