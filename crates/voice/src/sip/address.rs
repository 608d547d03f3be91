//! Numbers and names out of From, To and Request-URI, by our own reading of
//! the raw value: the stack takes `sip:+1555;phone-context=+1@host` apart wrongly.

use super::escape::{self, user_part};

/// The longest number or name that is handed on, in characters.
const LIMIT: usize = 128;

/// The number in a URI or an address header: its user part with escapes
/// decoded, without parameters (`;npdi`, `;phone-context=`) and password.
/// Empty when there is none.
pub(crate) fn number(value: &str) -> String {
    let value = escape::reveal(value);
    let user = user_part(&value).and_then(|(start, end)| value.get(start..end)).unwrap_or_default();
    let number = user.split([';', ':']).next().unwrap_or_default();
    clean(&percent_decode(number))
}

/// The display name of an address header, unquoted; `None` when there is none.
pub(crate) fn display_name(value: &str) -> Option<String> {
    let (uri_start, _) = escape::uri_bounds(value);
    let before = value.get(..uri_start.checked_sub(1)?)?.trim();
    let name = match before.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => unquote(quoted),
        None => before.to_owned(),
    };
    let name = clean(&name);
    (!name.is_empty()).then_some(name)
}

/// Without control characters, at most [`LIMIT`] long.
fn clean(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(LIMIT).collect::<String>().trim().to_owned()
}

fn unquote(text: &str) -> String {
    let mut unquoted = String::with_capacity(text.len());
    let mut escaped = false;
    for character in text.chars() {
        if character == '\\' && !escaped {
            escaped = true;
        } else {
            unquoted.push(character);
            escaped = false;
        }
    }
    unquoted
}

/// RFC 3986 2.1; what is no escape stays.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match escaped.and_then(escape::decode_hex).and_then(|decoded| decoded.first().copied()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (value, expected) in [
            ("\"Jo\" <sip:+15551234@host;user=phone>;tag=1", "+15551234"),
            ("sip:+1555;phone-context=+1@host;tag=1", "+1555"),
            ("<sip:+1555;npdi;rn=+1444@host>", "+1555"),
            ("<tel:+1-555-1234;phone-context=x>", "+1-555-1234"),
            ("<sip:a%40b%23c@host>", "a@b#c"),
            ("<sip:100%@host>", "100%"),
            ("<sip:user:secret@host>", "user"),
            ("<sip:host>", ""),
            ("<sip:J%c3%b6rg@host>", "Jörg"),
            ("<sip:a%0d%0ab@host>", "ab"),
            ("", ""),
        ] {
            assert_eq!(number(value), expected, "{value}");
            assert_eq!(number(&escape::hide(value)), expected, "hidden {value}");
        }
    }

    #[test]
    fn names() {
        for (value, expected) in [
            ("\"J\u{f6}rg \\\"X\\\" <M>\" <sip:a@b>", Some("Jörg \"X\" <M>")),
            ("Joe Doe <sip:a@b>", Some("Joe Doe")),
            ("<sip:a@b>", None),
            ("sip:a@b", None),
            ("\"\" <sip:a@b>", None),
        ] {
            assert_eq!(display_name(value).as_deref(), expected, "{value}");
        }
        assert_eq!(
            display_name(&format!("{} <sip:a@b>", "x".repeat(500))).map(|name| name.len()),
            Some(LIMIT)
        );
    }
}
