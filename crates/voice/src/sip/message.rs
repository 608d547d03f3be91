//! A SIP message taken apart, without yet believing any of it.

/// The longest message that is read, in bytes.
pub(crate) const MESSAGE_LIMIT: usize = 64 * 1024;

/// The most header lines that are read.
const HEADER_LIMIT: usize = 256;

/// A message as lines: nothing is interpreted but the names of headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// The first line.
    pub(crate) start: String,
    /// Unfolded, in order; compact names are written out (RFC 3261 7.3.3).
    pub(crate) headers: Vec<Header>,
    /// All that follows the empty line.
    pub(crate) body: Vec<u8>,
    /// Whether lines were found that are no headers.
    pub(crate) malformed: bool,
}

/// A header line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) value: String,
}

impl Message {
    /// Splits bytes into lines; `None` when there is nothing to answer: blank
    /// lines (keep-alive, RFC 5626 3.5.1), or no text at all.
    pub(crate) fn split(bytes: &[u8]) -> Option<Self> {
        let start = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
        let mut rest = bytes.get(start..)?;
        let mut message = Self {
            start: text(take_line(&mut rest)?),
            headers: Vec::new(),
            body: Vec::new(),
            malformed: false,
        };
        while let Some(line) = take_line(&mut rest) {
            if line.is_empty() {
                message.body = rest.to_vec();
                return Some(message);
            }
            message.take_header(&text(line));
        }
        // The empty line after the headers never came.
        message.malformed = true;
        Some(message)
    }

    /// The values of a header, by its long name in any case.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case(name))
            .map(|header| &*header.value)
    }

    /// The first value of a header.
    pub(crate) fn value<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.values(name).next()
    }

    fn take_header(&mut self, line: &str) {
        if line.contains(|c: char| c.is_control() && c != '\t') {
            self.malformed = true;
            return;
        }
        if line.starts_with([' ', '\t']) {
            match self.headers.last_mut() {
                Some(header) => {
                    header.value.push(' ');
                    header.value.push_str(line.trim());
                }
                None => self.malformed = true,
            }
            return;
        }
        let Some((name, value)) = line.split_once(':') else {
            self.malformed = true;
            return;
        };
        let name = name.trim_end();
        if !is_token(name) || self.headers.len() == HEADER_LIMIT {
            self.malformed = true;
        } else {
            self.headers.push(Header { name: long_name(name).to_owned(), value: value.trim().to_owned() });
        }
    }
}

/// RFC 3261 25.1.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte))
}

/// One line without its end, CRLF or bare LF; `None` at the end of the bytes.
fn take_line<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let line = rest.get(..end)?;
    *rest = rest.get(end + 1..)?;
    Some(line.strip_suffix(b"\r").unwrap_or(line))
}

/// UTF-8 as RFC 3261 7.3.1 wants it, or else Latin-1, which old equipment sends.
fn text(line: &[u8]) -> String {
    match std::str::from_utf8(line) {
        Ok(text) => text.to_owned(),
        Err(_) => line.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn long_name(name: &str) -> &str {
    let [letter] = name.as_bytes() else { return name };
    match letter.to_ascii_lowercase() {
        b'a' => "Accept-Contact",
        b'b' => "Referred-By",
        b'c' => "Content-Type",
        b'd' => "Request-Disposition",
        b'e' => "Content-Encoding",
        b'f' => "From",
        b'i' => "Call-ID",
        b'j' => "Reject-Contact",
        b'k' => "Supported",
        b'l' => "Content-Length",
        b'm' => "Contact",
        b'n' => "Identity-Info",
        b'o' => "Event",
        b'r' => "Refer-To",
        b's' => "Subject",
        b't' => "To",
        b'u' => "Allow-Events",
        b'v' => "Via",
        b'x' => "Session-Expires",
        b'y' => "Identity",
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_split() {
        let message = Message::split(b"\r\nINVITE x SIP/2.0\r\nf : a\r\n b\r\nX-Y:\r\nl:3\r\n\r\nabc")
            .expect("a message");
        assert_eq!(message.start, "INVITE x SIP/2.0");
        assert_eq!(message.value("from"), Some("a b"));
        assert_eq!(message.value("x-y"), Some(""));
        assert_eq!(message.value("Content-Length"), Some("3"));
        assert_eq!((message.body.as_slice(), message.malformed), (&b"abc"[..], false));
    }

    #[test]
    fn latin_1_becomes_text() {
        let message = Message::split(b"A\r\nFrom: J\xf6rg\r\nTo: J\xc3\xb6rg\r\n\r\n").expect("a message");
        assert_eq!((message.value("From"), message.value("To")), (Some("Jörg"), Some("Jörg")));
    }

    #[test]
    fn what_is_no_header_is_noticed() {
        for bytes in [
            &b"A\r\nno colon\r\n\r\n"[..],
            b"A\r\n folded\r\n\r\n",
            b"A\r\nX y: 1\r\n\r\n",
            b"A\r\nX: \x00\r\n\r\n",
            b"A\r\nX: 1\r\n",
        ] {
            assert!(Message::split(bytes).expect("a message").malformed, "{bytes:?}");
        }
        assert_eq!(Message::split(b"\r\n\r\n"), None);
        assert_eq!(Message::split(b""), None);
    }
}
