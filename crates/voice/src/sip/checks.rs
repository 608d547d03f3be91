//! What RFC 3261 demands of a message and the stack does not check itself,
//! with the torture messages of RFC 4475 as its table.

use super::message::{Message, is_token};

/// Methods that the stack knows (all others are 501).
const METHODS: [&str; 14] = [
    "ACK",
    "BYE",
    "CANCEL",
    "INFO",
    "INVITE",
    "MESSAGE",
    "NOTIFY",
    "OPTIONS",
    "PRACK",
    "PUBLISH",
    "REFER",
    "REGISTER",
    "SUBSCRIBE",
    "UPDATE",
];

/// Headers that must be there, and that must be there once (RFC 3261 7.3.1, 8.1.1).
const REQUIRED: [&str; 4] = ["From", "To", "Call-ID", "CSeq"];
const SINGLE: [&str; 7] = ["From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Length", "Content-Type"];

/// The first line, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Start {
    /// A request's method and target.
    Request { method: String, uri: String },
    /// A response's code.
    Response,
}

/// Why a message is not handed to the stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A request that is answered with this code and reason.
    Refuse(u16, &'static str),
    /// Something that must not or need not be answered.
    Ignore(&'static str),
}

use Fault::{Ignore, Refuse};

/// Checks everything but the body's length, which depends on the transport.
pub(crate) fn check(message: &Message) -> Result<Start, Fault> {
    let start = check_start(&message.start)?;
    let checked = match &start {
        Start::Request { method, .. } => check_headers(message, Some(method)),
        Start::Response => check_headers(message, None),
    };
    match (&start, checked) {
        (Start::Response, Err(_)) => Err(Ignore("a malformed response")),
        (Start::Request { method, .. }, Err(_)) if method == "ACK" => Err(Ignore("a malformed ACK")),
        (_, Err(fault)) => Err(fault),
        (Start::Request { method, uri }, Ok(())) => check_request(method, uri, message).map(|()| start),
        (Start::Response, Ok(())) => Ok(start),
    }
}

fn check_start(line: &str) -> Result<Start, Fault> {
    if let Some(rest) = line.strip_prefix("SIP/2.0 ") {
        let code = rest.split(' ').next().unwrap_or_default();
        let known = code.len() == 3 && matches!(code.as_bytes().first(), Some(b'1'..=b'6'));
        let digits = code.bytes().all(|byte| byte.is_ascii_digit());
        return if known && digits { Ok(Start::Response) } else { Err(Ignore("a status code that is none")) };
    }
    let Some((_, version)) = line.trim_end().rsplit_once(' ').filter(|(_, version)| is_version(version))
    else {
        return Err(Ignore("not SIP"));
    };
    if !version.eq_ignore_ascii_case("SIP/2.0") {
        return Err(Refuse(505, "Version Not Supported"));
    }
    let mut parts = line.split(' ');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(method), Some(uri), Some(_), None) if is_token(method) && is_uri(uri) => {
            Ok(Start::Request { method: method.to_owned(), uri: uri.to_owned() })
        }
        _ => Err(Refuse(400, "Malformed Request-Line")),
    }
}

fn is_version(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("SIP/"))
        && text.get(4..).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

fn is_uri(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    is_token(scheme) && !text.contains(['<', '>', '"']) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn check_headers(message: &Message, method: Option<&str>) -> Result<(), Fault> {
    if message.malformed {
        return Err(Refuse(400, "Malformed Header"));
    }
    let Some(via) = message.value("Via") else {
        return Err(Ignore("no Via"));
    };
    if !is_list_of_params(via) || !via.to_ascii_uppercase().replace(' ', "").starts_with("SIP/2.0/") {
        return Err(Refuse(400, "Malformed Via"));
    }
    if SINGLE.iter().any(|name| message.values(name).count() > 1) {
        return Err(Refuse(400, "Doubled Header"));
    }
    if REQUIRED.iter().any(|name| message.value(name).is_none_or(str::is_empty)) {
        return Err(Refuse(400, "Missing Header"));
    }
    for name in ["From", "To", "Contact"] {
        if !message.values(name).all(|value| quotes_are_closed(value) && is_list_of_params(value)) {
            return Err(Refuse(400, "Malformed Address"));
        }
    }
    check_sequence(message.value("CSeq").unwrap_or_default(), method)
}

/// A number below 2^31 and the request's own method (RFC 3261 8.1.1.5).
fn check_sequence(value: &str, method: Option<&str>) -> Result<(), Fault> {
    let mut parts = value.split_whitespace();
    let (number, named, more) = (parts.next(), parts.next(), parts.next());
    let number = number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    if number.and_then(|number| number.parse().ok()).is_none_or(|number: u64| number >= 1 << 31)
        || more.is_some()
    {
        return Err(Refuse(400, "Malformed CSeq"));
    }
    match (named, method) {
        (Some(named), Some(method)) if named != method => Err(Refuse(400, "CSeq Method Mismatch")),
        (None, _) => Err(Refuse(400, "Malformed CSeq")),
        _ => Ok(()),
    }
}

fn check_request(method: &str, uri: &str, message: &Message) -> Result<(), Fault> {
    if !METHODS.contains(&method) {
        return Err(Refuse(501, "Not Implemented"));
    }
    let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
    if !["sip", "sips", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(Refuse(416, "Unsupported URI Scheme"));
    }
    if uri.contains('?') {
        return Err(Refuse(400, "Headers in Request-URI"));
    }
    let hops = message.value("Max-Forwards").unwrap_or("70");
    if hops.parse::<u8>().is_err() {
        return Err(Refuse(400, "Malformed Max-Forwards"));
    }
    if method == "INVITE"
        && message.value("Contact").is_none_or(|contact| contact.is_empty() || contact == "*")
    {
        return Err(Refuse(400, "Missing Contact"));
    }
    Ok(())
}

fn quotes_are_closed(value: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for character in value.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
    }
    !quoted
}

/// No empty element between `;` and `,` outside quotes and brackets.
fn is_list_of_params(value: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped, mut empty) = (false, false, false, true);
    for character in value.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => (quoted, empty) = (!quoted, false),
            '<' if !quoted => (bracketed, empty) = (true, false),
            '>' if !quoted => bracketed = false,
            ';' | ',' if !quoted && !bracketed => {
                if empty {
                    return false;
                }
                empty = true;
            }
            ' ' | '\t' => {}
            _ => empty = false,
        }
    }
    !empty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_lines() {
        for (line, fault) in [
            ("INVITE sip:a@b SIP/2.0", None),
            ("SIP/2.0 100 ", None),
            ("SIP/2.0 200 = 2**3", None),
            ("SIP/2.0 4294967301 x", Some(Ignore("a status code that is none"))),
            ("SIP/2.0 700 x", Some(Ignore("a status code that is none"))),
            ("hello", Some(Ignore("not SIP"))),
            ("GET / HTTP/1.1", Some(Ignore("not SIP"))),
            ("OPTIONS sip:a SIP/7.0", Some(Refuse(505, "Version Not Supported"))),
            ("INVITE  sip:a  SIP/2.0", Some(Refuse(400, "Malformed Request-Line"))),
            ("INVITE sip:a; lr SIP/2.0", Some(Refuse(400, "Malformed Request-Line"))),
            ("INVITE <sip:a> SIP/2.0", Some(Refuse(400, "Malformed Request-Line"))),
            ("OPTIONS sip:a SIP/2.0  ", Some(Refuse(400, "Malformed Request-Line"))),
            ("INVITE nothing SIP/2.0", Some(Refuse(400, "Malformed Request-Line"))),
        ] {
            assert_eq!(check_start(line).err(), fault, "{line}");
        }
    }

    #[test]
    fn lists_of_parameters() {
        for (value, good) in [
            ("SIP/2.0/UDP a;branch=1, SIP/2.0/TCP b", true),
            ("\"a;;b\" <sip:a;;b>;tag=1", true),
            ("SIP/2.0/UDP 192.0.2.15;;,;,,", false),
            ("<sip:a>;", false),
            ("", false),
        ] {
            assert_eq!(is_list_of_params(value), good, "{value}");
        }
    }
}
