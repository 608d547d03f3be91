//! `data:` URIs with .NET form encoding (UCWA 5.1, 5.5).

use base64::{Engine, engine::general_purpose::STANDARD};
use std::borrow::Cow;

/// Plain text as a `data:` URI.
pub(in crate::skype) fn encode(text: &str) -> String {
    let body: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    format!("data:text/plain;charset=utf-8,{body}")
}

/// The media type (lower case) and text of a `data:` URI. Bytes that are not UTF-8 become
/// replacement characters.
pub(in crate::skype) fn decode(uri: &str) -> Option<(String, String)> {
    let scheme = uri.get(..5)?;
    let (head, body) = uri.get(5..)?.split_once(',')?;
    if !scheme.eq_ignore_ascii_case("data:") {
        return None;
    }
    let mut parameters = head.split(';').map(str::trim);
    let media_type = parameters.next().unwrap_or_default().to_ascii_lowercase();
    let bytes: Vec<u8> = if parameters.any(|parameter| parameter.eq_ignore_ascii_case("base64")) {
        let raw: Vec<u8> = percent_encoding::percent_decode_str(body).collect();
        STANDARD.decode(raw).ok()?
    } else {
        // A plus is a space, unless it is escaped: so it goes first.
        let spaced: Cow<'_, str> =
            if body.contains('+') { Cow::Owned(body.replace('+', " ")) } else { Cow::Borrowed(body) };
        percent_encoding::percent_decode_str(&spaced).collect()
    };
    Some((media_type, String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn decodes_what_servers_write() {
        let cases = [
            ("data:text/plain;charset=utf-8,Hello%2c+how+are+you%3f", "Hello, how are you?"),
            ("data:text/plain;charset=utf-8,Hi+Tosh%0d%0a", "Hi Tosh\r\n"),
            ("data:text/plain;base64,SGVsbG8=", "Hello"),
            ("data:text/plain;charset=utf-8;base64,R3LDvMOfZQ%3d%3d", "Grüße"),
            ("data:text/plain;charset=utf8,1%2b1", "1+1"),
            ("DATA:text/plain,%c3%a4%ff", "ä\u{fffd}"),
            ("data:,bare", "bare"),
        ];
        for (uri, text) in cases {
            assert_eq!(decode(uri).map(|decoded| decoded.1).as_deref(), Some(text), "{uri}");
        }
    }

    #[test]
    fn refuses_what_is_none() {
        for uri in ["", "data", "data:text/plain", "http://x/,y", "data:text/plain;base64,***", "dät:,x"] {
            assert_eq!(decode(uri), None, "{uri}");
        }
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        for text in ["", "a b+c%20&=;,\"<>", "Grüße 日本語 😀\n", "data:text/plain,x"] {
            assert_eq!(decode(&encode(text)), Some(("text/plain".to_owned(), text.to_owned())));
        }
    }
}
