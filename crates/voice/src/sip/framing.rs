//! SIP messages out of a byte stream (RFC 3261 18.3), by Content-Length.

use super::message::{MESSAGE_LIMIT, Message};

/// Bytes that have come and are no whole message yet.
#[derive(Debug, Default)]
pub(crate) struct Framer {
    bytes: Vec<u8>,
}

/// The stream cannot be followed any more and must be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Lost {
    #[error("a message longer than 64 kB")]
    TooLong,
    #[error("a Content-Length that is missing or wrong")]
    NoLength,
}

/// What was found at the stream's front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Framed {
    /// A double CRLF that asks for a CRLF back (RFC 5626 3.5.1).
    Ping,
    /// One whole message.
    Message(Vec<u8>),
}

impl Framer {
    /// Takes more bytes from the stream.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole message, if it is there.
    ///
    /// After an error `whole` bytes of an unframeable message may still be
    /// answered by the caller with [`Framer::rest`].
    pub(crate) fn next(&mut self) -> Result<Option<Framed>, Lost> {
        if self.bytes.starts_with(b"\r\n\r\n") {
            self.bytes.drain(..4);
            return Ok(Some(Framed::Ping));
        }
        let blank = self.bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if blank == self.bytes.len() {
            return Ok(None);
        }
        let Some(head) = self.head_length(blank) else {
            return if self.bytes.len() > MESSAGE_LIMIT { Err(Lost::TooLong) } else { Ok(None) };
        };
        let length = self.bytes.get(blank..head).and_then(content_length).ok_or(Lost::NoLength)?;
        let whole = head.saturating_add(length);
        if whole - blank > MESSAGE_LIMIT {
            return Err(Lost::TooLong);
        }
        if whole > self.bytes.len() {
            return Ok(None);
        }
        let mut message: Vec<u8> = self.bytes.drain(..whole).collect();
        message.drain(..blank);
        Ok(Some(Framed::Message(message)))
    }

    /// What is left when the stream is lost.
    pub(crate) fn rest(&self) -> &[u8] {
        &self.bytes
    }

    /// Where the headers end, with their empty line.
    fn head_length(&self, from: usize) -> Option<usize> {
        let text = self.bytes.get(from..)?;
        text.windows(4).position(|four| four == b"\r\n\r\n").map(|at| from + at + 4)
    }
}

fn content_length(head: &[u8]) -> Option<usize> {
    let message = Message::split(head)?;
    let value = message.value("Content-Length")?;
    value.bytes().all(|byte| byte.is_ascii_digit()).then(|| value.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &[u8] = b"A x SIP/2.0\r\nl: 3\r\n\r\nabc";
    const TWO: &[u8] = b"B x SIP/2.0\r\nContent-Length: 0\r\n\r\n";

    #[test]
    fn messages_come_out_however_they_are_cut() {
        let stream = [ONE, b"\r\n\r\n", TWO, b"\r\n", ONE].concat();
        for piece in 1..stream.len() {
            let mut framer = Framer::default();
            let mut messages = Vec::new();
            for bytes in stream.chunks(piece) {
                framer.push(bytes);
                while let Some(framed) = framer.next().expect("a good stream") {
                    if let Framed::Message(message) = framed {
                        messages.push(message);
                    }
                }
            }
            assert_eq!(messages, [ONE.to_vec(), TWO.to_vec(), ONE.to_vec()], "pieces of {piece}");
        }
    }

    #[test]
    fn a_ping_is_seen() {
        let mut framer = Framer::default();
        framer.push(b"\r\n\r\n");
        assert_eq!(framer.next(), Ok(Some(Framed::Ping)));
        assert_eq!(framer.next(), Ok(None));
    }

    #[test]
    fn a_stream_that_cannot_be_followed_is_lost() {
        for (bytes, lost) in [
            (b"A x SIP/2.0\r\n\r\n".to_vec(), Lost::NoLength),
            (b"A x SIP/2.0\r\nl: -1\r\n\r\n".to_vec(), Lost::NoLength),
            (b"A x SIP/2.0\r\nl: 65536\r\n\r\n".to_vec(), Lost::TooLong),
            (b"A x SIP/2.0\r\nl: 99999999999999999999999\r\n\r\n".to_vec(), Lost::NoLength),
            (vec![b'a'; MESSAGE_LIMIT + 1], Lost::TooLong),
        ] {
            let mut framer = Framer::default();
            framer.push(&bytes);
            assert_eq!(framer.next(), Err(lost));
        }
    }
}
