//! Becoming the server's component (XEP-0114 3).

use super::{
    XmppConfig, ns,
    stream::{Item, Reader, element, header, write},
};
use crate::{Trouble, TroubleCode};
use bytes::BytesMut;
use minidom::Element;
use sha1::{Digest, Sha1};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection and what was read of it.
pub(super) struct Stream {
    pub(super) tcp: TcpStream,
    pub(super) reader: Reader,
    pub(super) buffer: BytesMut,
}

/// Connects and shows that we know the secret.
pub(super) async fn connect(config: &XmppConfig) -> Result<Stream, Trouble> {
    let joined = tokio::time::timeout(config.timing.connect, join(config)).await;
    joined.unwrap_or_else(|_| Err(trouble(TroubleCode::TimedOut, "the server did not answer")))
}

async fn join(config: &XmppConfig) -> Result<Stream, Trouble> {
    let unreachable =
        |error: std::io::Error| trouble(TroubleCode::Unreachable, &format!("{}: {error}", config.address));
    let tcp = TcpStream::connect(&config.address).await.map_err(unreachable)?;
    tcp.set_nodelay(true).map_err(unreachable)?;
    let mut stream = Stream { tcp, reader: Reader::new(), buffer: BytesMut::new() };
    stream.tcp.write_all(&header(&config.component)).await.map_err(unreachable)?;
    let id = match stream.next().await? {
        Item::Opened(Some(id)) => id,
        _ => return Err(trouble(TroubleCode::Protocol, "the server's stream has no id")),
    };
    let digest = Sha1::digest(format!("{id}{}", config.secret.expose()).as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut bytes = Vec::new();
    write(&element("handshake", ns::COMPONENT, &[]).append(digest).build(), &mut bytes);
    stream.tcp.write_all(&bytes).await.map_err(unreachable)?;
    match stream.next().await? {
        Item::Element(answer) if answer.is("handshake", ns::COMPONENT) => Ok(stream),
        Item::Element(answer) => Err(stream_error(&answer)),
        _ => Err(trouble(TroubleCode::Protocol, "the server did not answer the handshake")),
    }
}

impl Stream {
    /// The next item, waiting for it.
    pub(super) async fn next(&mut self) -> Result<Item, Trouble> {
        loop {
            if let Some(item) = self.read()? {
                return Ok(item);
            }
            let count = self.tcp.read_buf(&mut self.buffer).await;
            let count = count.map_err(|error| trouble(TroubleCode::Unreachable, &error.to_string()))?;
            if count == 0 {
                return Err(trouble(TroubleCode::Unreachable, "the server closed the connection"));
            }
        }
    }

    /// The next item among what has come.
    pub(super) fn read(&mut self) -> Result<Option<Item>, Trouble> {
        let mut bytes = &self.buffer[..];
        let item = self.reader.next(&mut bytes);
        let left = bytes.len();
        let read = self.buffer.len() - left;
        bytes::Buf::advance(&mut self.buffer, read);
        item.map_err(|words| trouble(TroubleCode::Protocol, &words))
    }
}

/// Why the server ends the stream (RFC 6120 4.9).
pub(super) fn stream_error(error: &Element) -> Trouble {
    let condition = error.children().find(|child| child.has_ns(ns::STREAM_ERRORS) && child.name() != "text");
    let condition = condition.map_or("undefined-condition", |child| child.name());
    let text = error.get_child("text", ns::STREAM_ERRORS).map(Element::text).unwrap_or_default();
    let code = match condition {
        "not-authorized" | "host-unknown" | "host-gone" | "invalid-namespace" => {
            TroubleCode::ComponentRefused
        }
        "conflict" => TroubleCode::Replaced,
        "system-shutdown" | "internal-server-error" | "resource-constraint" => TroubleCode::ServerFailed,
        _ => TroubleCode::Protocol,
    };
    trouble(code, &format!("the server ended the stream: {condition} {text}"))
}

/// Trouble in words of a moderate length.
pub(super) fn trouble(code: TroubleCode, words: &str) -> Trouble {
    Trouble { code, words: words.trim().chars().take(300).collect() }
}
