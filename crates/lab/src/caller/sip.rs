//! SIP messages, as much as a caller needs (RFC 3261 §7).

/// A request or a response.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    /// The first line.
    pub(crate) start: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Message {
    /// Reads a datagram; `None` is no SIP.
    pub(crate) fn parse(datagram: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(datagram);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let start = lines.next()?.to_owned();
        if !start.starts_with("SIP/2.0 ") && !start.ends_with(" SIP/2.0") {
            return None;
        }
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines {
            if line.starts_with([' ', '\t']) {
                headers.last_mut()?.1.push_str(&format!(" {}", line.trim()));
            } else if let Some((name, value)) = line.split_once(':') {
                headers.push((long_name(name.trim()), value.trim().to_owned()));
            }
        }
        Some(Self { start, headers, body: body.to_owned() })
    }

    /// The status of a response.
    pub(crate) fn status(&self) -> Option<u16> {
        self.start.strip_prefix("SIP/2.0 ")?.get(..3)?.parse().ok()
    }

    /// The reason phrase of a response.
    pub(crate) fn phrase(&self) -> &str {
        self.start.splitn(3, ' ').nth(2).unwrap_or_default()
    }

    /// The method of a request, or of what a response answers.
    pub(crate) fn method(&self) -> &str {
        if self.status().is_some() {
            return self.header("CSeq").split_whitespace().nth(1).unwrap_or_default();
        }
        self.start.split(' ').next().unwrap_or_default()
    }

    /// The number in CSeq.
    pub(crate) fn sequence(&self) -> u32 {
        self.header("CSeq").split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// The first header of a name; empty when absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value.as_str())
    }

    /// All headers of a name.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Sets an SDP body.
    pub(crate) fn with_sdp(mut self, sdp: String) -> Self {
        self.body = sdp;
        self.with("Content-Type", "application/sdp")
    }

    /// The response to this request.
    pub(crate) fn answer(&self, status: &str, tag: &str) -> Self {
        let mut answer = Self { start: format!("SIP/2.0 {status}"), ..Self::default() };
        for name in ["Via", "Record-Route", "From", "Call-ID", "CSeq"] {
            for value in self.all(name) {
                answer = answer.with(name, value);
            }
        }
        let to = self.header("To");
        let to = if to.contains(";tag=") { to.to_owned() } else { format!("{to};tag={tag}") };
        answer.with("To", to)
    }

    /// As a datagram.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = format!("{}\r\n", self.start);
        for (name, value) in &self.headers {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        out.push_str(&format!("Content-Length: {}\r\n\r\n{}", self.body.len(), self.body));
        out.into_bytes()
    }
}

/// The URI of a From, To, Contact or Route value.
pub(crate) fn uri_of(value: &str) -> &str {
    match value.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => value.split(';').next().unwrap_or_default().trim(),
    }
}

/// The host and port of a SIP URI as a socket address, when the host is an IP address.
pub(crate) fn address_of(uri: &str) -> Option<std::net::SocketAddr> {
    let rest = uri.strip_prefix("sip:").or_else(|| uri.strip_prefix("sips:"))?;
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = host.split([';', '?', '>']).next()?;
    host.parse().ok().or_else(|| format!("{host}:5060").parse().ok())
}

/// Whether a text may be a header's name.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&b))
}

/// Whether a text fits on one line.
pub(crate) fn is_line(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

fn long_name(name: &str) -> String {
    let long = match name.to_ascii_lowercase().as_str() {
        "v" => "Via",
        "f" => "From",
        "t" => "To",
        "i" => "Call-ID",
        "m" => "Contact",
        "c" => "Content-Type",
        "l" => "Content-Length",
        _ => name,
    };
    long.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_compact_and_folded_headers() {
        let read = Message::parse(
            b"SIP/2.0 486 Busy Here\r\nv: SIP/2.0/UDP h;branch=z\r\nTo: \"A\" <sip:a@b>;tag=1\r\nCSeq: 7 INVITE\r\n\
              Subject: one\r\n two\r\n\r\nbody",
        )
        .expect("a response");
        assert_eq!(
            (read.status(), read.phrase(), read.method(), read.sequence()),
            (Some(486), "Busy Here", "INVITE", 7)
        );
        assert_eq!(read.header("via"), "SIP/2.0/UDP h;branch=z");
        assert_eq!(read.header("subject"), "one two");
        assert_eq!(uri_of(read.header("to")), "sip:a@b");
        assert!(Message::parse(b"GET / HTTP/1.1\r\n\r\n").is_none());
    }

    #[test]
    fn finds_the_address_of_a_uri() {
        assert_eq!(address_of("sip:billing@127.0.0.1:5070;transport=udp"), "127.0.0.1:5070".parse().ok());
        assert_eq!(address_of("sip:127.0.0.1"), "127.0.0.1:5060".parse().ok());
        assert_eq!(address_of("sip:a@example.org"), None);
    }
}
