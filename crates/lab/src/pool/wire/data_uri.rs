//! Texts in `data:` links, in the encoding of .NET's `HttpUtility.UrlEncode` (ucwa.md §5.5).

use base64::Engine as _;

/// A text with its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    /// Whether it is `text/html`; otherwise `text/plain`.
    pub(crate) html: bool,
    /// The text itself.
    pub(crate) body: String,
}

impl Text {
    /// A plain text.
    pub(crate) fn plain(body: impl Into<String>) -> Self {
        Self { html: false, body: body.into() }
    }

    /// The same without mark-up, for a client that takes plain text only.
    pub(crate) fn as_plain(&self) -> Self {
        if self.html { Self::plain(without_markup(&self.body)) } else { self.clone() }
    }

    /// As a `data:` URI.
    pub(crate) fn to_uri(&self) -> String {
        let kind = if self.html { "text/html" } else { "text/plain" };
        format!("data:{kind};charset=utf-8,{}", url_encode(&self.body))
    }

    /// Reads a `data:` URI, base64 or form-encoded.
    pub(crate) fn from_uri(uri: &str) -> Option<Self> {
        let scheme = uri.get(..5)?;
        if !scheme.eq_ignore_ascii_case("data:") {
            return None;
        }
        let (head, payload) = uri.get(5..)?.split_once(',')?;
        let head = head.to_ascii_lowercase();
        let bytes = if head.split(';').any(|part| part.trim() == "base64") {
            let raw = url_decode(&payload.replace('+', "%2b"));
            base64::engine::general_purpose::STANDARD.decode(raw).ok()?
        } else {
            url_decode(payload)
        };
        let body = String::from_utf8(bytes).ok()?;
        Some(Self { html: head.starts_with("text/html"), body })
    }
}

/// Tags go, line breaks and entities become what they stand for.
fn without_markup(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let Some((tag, after)) = rest.get(at + 1..).and_then(|tag| tag.split_once('>')) else { break };
        let name = tag.trim_start_matches('/').to_ascii_lowercase();
        let breaks = name.starts_with("br") || (tag.starts_with('/') && matches!(name.as_str(), "p" | "div"));
        if breaks {
            out.push_str("\r\n");
        }
        rest = after;
    }
    if !rest.starts_with('<') {
        out.push_str(rest);
    }
    for (entity, means) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")] {
        out = out.replace(entity, means);
    }
    out.replace("&amp;", "&")
}

/// Space becomes `+`, hex is lower case, `! ' ( ) * - . _` and alphanumerics stay.
pub(crate) fn url_encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'!' | b'\'' | b'(' | b')' | b'*' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    out
}

fn url_decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'+' => out.push(b' '),
            b'%' => match text.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                Some(value) => {
                    out.push(value);
                    at += 2;
                }
                None => out.push(b'%'),
            },
            _ => out.push(byte),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_as_dotnet_does() {
        assert_eq!(url_encode("Can you help?\r\n"), "Can+you+help%3f%0d%0a");
        assert_eq!(url_encode("Grüße (a-b_c.d!)*'~"), "Gr%c3%bc%c3%9fe+(a-b_c.d!)*'%7e");
    }

    #[test]
    fn reads_every_form_of_data_uri() {
        let cases = [
            ("data:text/plain;base64,SGVsbG8=", false, "Hello"),
            ("data:text/plain;charset=utf-8,Hello+Erika%2c+case+17", false, "Hello Erika, case 17"),
            ("DATA:text/html;charset=utf8,%3cb%3ex%3c%2fb%3e", true, "<b>x</b>"),
            ("data:,100%25%", false, "100%%"),
            ("data:text/plain;base64,Pz8/Pj4+", false, "???>>>"),
        ];
        for (uri, html, body) in cases {
            assert_eq!(Text::from_uri(uri), Some(Text { html, body: body.to_owned() }), "{uri}");
        }
        assert_eq!(Text::from_uri("http://x"), None);
        assert_eq!(Text::from_uri("data:text/plain;base64,%%%"), None);
    }

    #[test]
    fn survives_a_round_trip() {
        let text = Text::plain("a+b & c% \u{1F600} \u{5d0}");
        assert_eq!(Text::from_uri(&text.to_uri()), Some(text));
    }
}
