//! The user part of SIP URIs, kept as received.
//!
//! The stack parses URIs and writes them again, and loses two things on the
//! way (`%40` comes back as `%2540`; a `;` in the user part makes the rest the
//! host). So before it parses, a user part that is not plain is replaced by a
//! word that survives, [`hide`]; and on every message that leaves, the word is
//! turned back, [`reveal`]. The word carries its meaning, so nothing is stored.

/// Around the user part's bytes in hexadecimal.
const BEFORE: &str = "hfx";
const AFTER: &str = "xfh";

/// The longest user part that is hidden; a longer one stays as it is.
const LIMIT: usize = 512;

/// The value of From, To or Contact, or a Request-URI, with a user part that
/// is not plain replaced.
pub(crate) fn hide(value: &str) -> String {
    let Some((start, end)) = user_part(value) else { return value.to_owned() };
    let (Some(before), Some(user), Some(after)) =
        (value.get(..start), value.get(start..end), value.get(end..))
    else {
        return value.to_owned();
    };
    if user.len() > LIMIT
        || !user.bytes().all(may_stand_in_user)
        || (is_plain(user) && !user.starts_with(BEFORE))
    {
        return value.to_owned();
    }
    let hidden: String = user.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("{before}{BEFORE}{hidden}{AFTER}{after}")
}

/// A message's text with every hidden user part as it was received.
pub(crate) fn reveal(text: &str) -> String {
    let mut revealed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(BEFORE) {
        let (before, word) = rest.split_at(at);
        revealed.push_str(before);
        match hidden_in(word) {
            Some((user, length)) => {
                revealed.push_str(&user);
                rest = word.get(length..).unwrap_or_default();
            }
            None => {
                revealed.push_str(BEFORE);
                rest = word.get(BEFORE.len()..).unwrap_or_default();
            }
        }
    }
    revealed.push_str(rest);
    revealed
}

/// As [`reveal`], of a whole message: the body is left alone.
pub(crate) fn reveal_message(bytes: &[u8]) -> Vec<u8> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    let (head, body) = bytes.split_at(head);
    match std::str::from_utf8(head) {
        Ok(text) if text.contains(BEFORE) => {
            let mut revealed = reveal(text).into_bytes();
            revealed.extend_from_slice(body);
            revealed
        }
        _ => bytes.to_vec(),
    }
}

/// Where the user part of the (first) URI stands, without the `@`.
pub(crate) fn user_part(value: &str) -> Option<(usize, usize)> {
    let (uri_start, uri_end) = uri_bounds(value);
    let uri = value.get(uri_start..uri_end)?;
    let scheme = ["sips:", "sip:", "tel:"]
        .into_iter()
        .find(|scheme| uri.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    if scheme == "tel:" {
        return Some((uri_start + scheme.len(), uri_end));
    }
    let at = uri.rfind('@')?;
    (at > scheme.len()).then_some((uri_start + scheme.len(), uri_start + at))
}

/// The URI inside `<>`, or else all up to white space or a comma. A quoted
/// display name may hold a `<`.
pub(crate) fn uri_bounds(value: &str) -> (usize, usize) {
    let mut quoted = false;
    let mut escaped = false;
    for (at, character) in value.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '<' if !quoted => {
                let start = at + 1;
                let end =
                    value.get(start..).and_then(|rest| rest.find('>')).map_or(value.len(), |end| start + end);
                return (start, end);
            }
            _ => {}
        }
    }
    let end = value.find([' ', '\t', ',', '"']).unwrap_or(value.len());
    (0, end)
}

fn is_plain(user: &str) -> bool {
    user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte))
}

/// What could not change the message's structure when it is revealed.
fn may_stand_in_user(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"<>\"@".contains(&byte)
}

/// The user part hidden at the start of `word`, and the length of its hiding place.
fn hidden_in(word: &str) -> Option<(String, usize)> {
    let digits = word.strip_prefix(BEFORE)?;
    let length = digits.find(|c: char| !c.is_ascii_hexdigit())?;
    let hex = digits.get(..length).filter(|hex| hex.len() % 2 == 0 && !hex.is_empty())?;
    digits.get(length..)?.strip_prefix(AFTER)?;
    let bytes = decode_hex(hex)?;
    let user = String::from_utf8(bytes).ok().filter(|user| user.bytes().all(may_stand_in_user))?;
    Some((user, BEFORE.len() + length + AFTER.len()))
}

/// Bytes written in hexadecimal; `None` for anything else.
pub(crate) fn decode_hex(hex: &str) -> Option<Vec<u8>> {
    if !hex.len().is_multiple_of(2) || !hex.is_ascii() {
        return None;
    }
    (0..hex.len() / 2).map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_revealed() {
        for value in [
            "<sip:a%40b%23c@192.0.2.1:5060;transport=udp>;expires=5",
            "\"Jo <sip:x@y>\" <sips:+1555;phone-context=+1@host>",
            "sip:*67#@host;tag=1",
            "sip:hfx6161xfh@host",
            "sip:user:pass%20word@host",
        ] {
            let hidden = hide(value);
            assert_ne!(hidden, value);
            assert!(!hidden.contains('%') && !hidden.contains("context"), "{hidden}");
            assert_eq!(reveal(&hidden), value);
        }
    }

    #[test]
    fn plain_values_stay() {
        for value in
            ["<sip:+1555.a-b_c@host;x=%41>", "sip:host", "tel", "", "<", "*", "sip:@host", "<sip:a b@host>"]
        {
            assert_eq!(hide(value), value);
        }
    }

    #[test]
    fn nothing_harmful_is_revealed() {
        for value in ["hfx0d0axfh", "hfx3cxfh", "hfx40xfh", "hfx616xfh", "hfxxfh", "hfx61", "hfxhfx"] {
            assert_eq!(reveal(value), value);
        }
        assert_eq!(reveal("hfxhfx61xfh"), "hfxa");
    }

    #[test]
    fn a_body_is_left_alone() {
        let message = b"A hfx61xfh\r\n\r\nhfx61xfh";
        assert_eq!(reveal_message(message), b"A a\r\n\r\nhfx61xfh");
    }
}
