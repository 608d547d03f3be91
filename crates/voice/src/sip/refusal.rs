//! Answers that need no transaction: written straight from the request's lines.

use std::{fmt::Write as _, net::SocketAddr};

use super::message::Message;

/// A final response to `message`, to be sent where it came from. Nothing is
/// kept for it; the same request gets the same response again.
pub(crate) fn refuse(message: &Message, code: u16, reason: &str, source: SocketAddr) -> Vec<u8> {
    let mut text = format!("SIP/2.0 {code} {reason}\r\n");
    for (at, via) in message.values("Via").enumerate() {
        let _ = match at {
            0 => write!(text, "Via: {}\r\n", with_source(via, source)),
            _ => write!(text, "Via: {via}\r\n"),
        };
    }
    for name in ["From", "To", "Call-ID", "CSeq"] {
        if let Some(value) = message.value(name) {
            let tagged = name != "To" || value.contains(";tag=") || code < 200;
            let tag = if tagged { "" } else { ";tag=refused" };
            let _ = write!(text, "{name}: {value}{tag}\r\n");
        }
    }
    if code == 405 || code == 501 {
        let _ = write!(text, "Allow: {}\r\n", super::edge::ALLOW);
    }
    text += "Content-Length: 0\r\n\r\n";
    text.into_bytes()
}

/// The topmost Via with `received` and, where asked for, `rport` (RFC 3581 4).
fn with_source(via: &str, source: SocketAddr) -> String {
    let (first, others) = via.split_once(',').map_or((via, None), |(first, others)| (first, Some(others)));
    let mut mended = String::new();
    for (at, part) in first.split(';').enumerate() {
        let part = part.trim();
        let name = part.split('=').next().unwrap_or_default().trim();
        if at > 0 && name.eq_ignore_ascii_case("rport") {
            let _ = write!(mended, ";rport={}", source.port());
        } else if at == 0 {
            mended.push_str(part);
        } else if !name.eq_ignore_ascii_case("received") {
            let _ = write!(mended, ";{part}");
        }
    }
    let _ = write!(mended, ";received={}", source.ip());
    if let Some(others) = others {
        let _ = write!(mended, ",{others}");
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_mirrors_the_request() {
        let request = b"FOO sip:a SIP/2.0\r\nVia: SIP/2.0/UDP a;rport;branch=z, SIP/2.0/TCP b\r\nVia: c\r\nf: x;tag=1\r\nt: y\r\ni: 7\r\nCSeq: 1 FOO\r\n\r\n";
        let message = Message::split(request).expect("a message");
        let source = "192.0.2.9:5070".parse().expect("an address");
        let text = String::from_utf8(refuse(&message, 400, "No", source)).expect("text");
        assert_eq!(
            text,
            "SIP/2.0 400 No\r\nVia: SIP/2.0/UDP a;rport=5070;branch=z;received=192.0.2.9, SIP/2.0/TCP b\r\nVia: c\r\n\
             From: x;tag=1\r\nTo: y;tag=refused\r\nCall-ID: 7\r\nCSeq: 1 FOO\r\nContent-Length: 0\r\n\r\n"
        );
    }
}
