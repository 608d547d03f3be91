//! SIP messages over a stream (RFC 3261), as much of them as a front end needs.

use std::fmt::Write as _;

/// Longest head and body of a message.
const MAX_HEAD: usize = 32 * 1024;
const MAX_BODY: usize = 256 * 1024;

/// A request or a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) start: Start,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Start {
    Request { method: String, uri: String },
    Response { code: u16, phrase: String },
}

/// The stream cannot be read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a SIP message is malformed or too long")]
pub(super) struct Malformed;

impl Message {
    /// A request without headers.
    pub(super) fn request(method: &str, uri: &str) -> Self {
        let start = Start::Request { method: method.to_owned(), uri: uri.to_owned() };
        Self { start, headers: Vec::new(), body: String::new() }
    }

    /// The response to a request: its Via, From, To, Call-ID and CSeq, and a tag of ours in To.
    pub(super) fn response(request: &Self, code: u16, phrase: &str, tag: &str) -> Self {
        let copied = |(name, value): &(String, String)| {
            let value = match name.to_ascii_lowercase().as_str() {
                "via" | "v" | "from" | "f" | "call-id" | "i" | "cseq" => value.clone(),
                "to" | "t" if value.contains("tag=") => value.clone(),
                "to" | "t" => format!("{value};tag={tag}"),
                _ => return None,
            };
            Some((name.clone(), value))
        };
        let headers = request.headers.iter().filter_map(copied).collect();
        Self { start: Start::Response { code, phrase: phrase.to_owned() }, headers, body: String::new() }
    }

    /// One more header.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// A body of this type.
    pub(super) fn body(mut self, kind: &str, body: impl Into<String>) -> Self {
        self.body = body.into();
        self.with("Content-Type", kind)
    }

    /// The first header of a name or its short form; empty when absent.
    pub(super) fn header(&self, name: &str) -> &str {
        let short = match name {
            "call-id" => "i",
            "from" => "f",
            "to" => "t",
            "via" => "v",
            "contact" => "m",
            "content-type" => "c",
            "content-length" => "l",
            "subject" => "s",
            "event" => "o",
            _ => name,
        };
        let fits = |known: &str| known.eq_ignore_ascii_case(name) || known.eq_ignore_ascii_case(short);
        self.headers.iter().find(|(known, _)| fits(known)).map_or("", |(_, value)| value.as_str())
    }

    /// The number and method of CSeq.
    pub(super) fn cseq(&self) -> (u32, &str) {
        let (number, method) = self.header("cseq").split_once(' ').unwrap_or(("0", ""));
        (number.trim().parse().unwrap_or(0), method.trim())
    }

    /// Bytes for the wire.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = match &self.start {
            Start::Request { method, uri } => format!("{method} {uri} SIP/2.0\r\n"),
            Start::Response { code, phrase } => format!("SIP/2.0 {code} {phrase}\r\n"),
        };
        for (name, value) in &self.headers {
            let _ = write!(out, "{name}: {value}\r\n");
        }
        let _ = write!(out, "Content-Length: {}\r\n\r\n{}", self.body.len(), self.body);
        out.into_bytes()
    }

    /// Takes the first whole message off a buffer; keep-alives (empty lines) before it are skipped.
    pub(super) fn take(buffer: &mut Vec<u8>) -> Result<Option<Self>, Malformed> {
        let blank = buffer.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        buffer.drain(..blank);
        let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
            return if buffer.len() > MAX_HEAD { Err(Malformed) } else { Ok(None) };
        };
        let head = std::str::from_utf8(buffer.get(..end).unwrap_or_default()).map_err(|_| Malformed)?;
        let mut message = Self::head(head).ok_or(Malformed)?;
        let length: usize = match message.header("content-length") {
            "" => 0,
            text => text.trim().parse().map_err(|_| Malformed)?,
        };
        if length > MAX_BODY {
            return Err(Malformed);
        }
        let Some(body) = buffer.get(end + 4..end + 4 + length) else { return Ok(None) };
        message.body = String::from_utf8_lossy(body).into_owned();
        buffer.drain(..end + 4 + length);
        Ok(Some(message))
    }

    fn head(text: &str) -> Option<Self> {
        // A line that begins with a blank goes on from the line before.
        let text = text.replace("\r\n ", " ").replace("\r\n\t", " ");
        let mut lines = text.split("\r\n");
        let first = lines.next()?;
        let start = if let Some(rest) = first.strip_prefix("SIP/2.0 ") {
            let (code, phrase) = rest.split_once(' ').unwrap_or((rest, ""));
            Start::Response { code: code.parse().ok()?, phrase: phrase.to_owned() }
        } else {
            let mut words = first.split(' ');
            let (method, uri) = (words.next()?, words.next()?);
            (words.next()? == "SIP/2.0").then_some(())?;
            Start::Request { method: method.to_owned(), uri: uri.to_owned() }
        };
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':')?;
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
        Some(Self { start, headers, body: String::new() })
    }
}

/// A parameter of a header value, such as the tag of From.
pub(super) fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let after = value.rsplit_once('>').map_or(value, |(_, after)| after);
    after.split(';').find_map(|part| {
        let (key, value) = part.trim().split_once('=')?;
        key.eq_ignore_ascii_case(name).then_some(value.trim_matches('"'))
    })
}

/// The URI of a header value: what stands in angle brackets, or what comes before the parameters.
pub(super) fn uri(value: &str) -> &str {
    match value.split_once('<') {
        Some((_, after)) => after.split('>').next().unwrap_or_default(),
        None => value.split(';').next().unwrap_or_default().trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_taken_one_by_one_as_bytes_come() {
        let wire = "\r\n\r\nMESSAGE sip:a@b SIP/2.0\r\nf: \"A\" <sip:a@b>;tag=1;epid=e\r\nCSeq: 7 MESSAGE\r\n\
                    Subject: x\r\n  y\r\nl: 5\r\n\r\nhällSIP/2.0 200 OK\r\n\r\n";
        let mut buffer = Vec::new();
        let mut taken = Vec::new();
        for byte in wire.bytes() {
            buffer.push(byte);
            taken.extend(Message::take(&mut buffer).expect("well-formed"));
        }
        let [request, response] = taken.as_slice() else { panic!("{taken:?}") };
        assert_eq!(request.start, Start::Request { method: "MESSAGE".to_owned(), uri: "sip:a@b".to_owned() });
        assert_eq!(
            (request.cseq(), request.header("subject"), request.body.as_str()),
            ((7, "MESSAGE"), "x  y", "häll")
        );
        let from = request.header("from");
        assert_eq!(
            (uri(from), parameter(from, "tag"), parameter(from, "epid")),
            ("sip:a@b", Some("1"), Some("e"))
        );
        assert_eq!(response.start, Start::Response { code: 200, phrase: "OK".to_owned() });
        assert!(buffer.is_empty());
    }

    #[test]
    fn nonsense_and_endless_heads_end_the_stream() {
        for nonsense in [
            "x\r\n\r\n",
            "A B HTTP/1.1\r\n\r\n",
            "A B SIP/2.0\r\nno colon\r\n\r\n",
            "A B SIP/2.0\r\nContent-Length: -1\r\n\r\n",
            "A B SIP/2.0\r\nContent-Length: 99999999\r\n\r\n",
        ] {
            assert_eq!(Message::take(&mut nonsense.as_bytes().to_vec()), Err(Malformed), "{nonsense:?}");
        }
        assert_eq!(Message::take(&mut vec![b'a'; MAX_HEAD + 1]), Err(Malformed));
    }
}
