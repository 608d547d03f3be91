//! An XML stream over TCP: stanzas in, text out.

use anyhow::{Context as _, bail};
use bytes::{Buf as _, BytesMut};
use minidom::Element;
use rxml::error::EndOrError;
use rxml::{Event, Namespace, Parse as _, Parser};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// A connection.
pub(super) struct Stream {
    reader: Reader,
    pub(super) writer: OwnedWriteHalf,
}

/// What the server says.
pub(super) struct Reader {
    tcp: OwnedReadHalf,
    parser: Parser,
    buffer: BytesMut,
    /// The stanza that is being read and what is in it, outermost first.
    parts: Vec<Element>,
    /// The id of the server's stream, once it is open.
    id: Option<String>,
}

impl Stream {
    /// Connects to a port of this machine and opens a stream by this text.
    pub(super) async fn open(port: u16, header: &str) -> anyhow::Result<Self> {
        let tcp = TcpStream::connect(("127.0.0.1", port)).await.context("the XMPP server")?;
        tcp.set_nodelay(true)?;
        let (read, writer) = tcp.into_split();
        let reader =
            Reader { tcp: read, parser: Parser::new(), buffer: BytesMut::new(), parts: Vec::new(), id: None };
        let mut stream = Self { reader, writer };
        stream.say(header).await?;
        Ok(stream)
    }

    /// Begins again on the same connection (RFC 6120 6.4.6).
    pub(super) async fn reopen(&mut self, header: &str) -> anyhow::Result<()> {
        (self.reader.parser, self.reader.id) = (Parser::new(), None);
        self.say(header).await
    }

    pub(super) async fn say(&mut self, text: &str) -> anyhow::Result<()> {
        Ok(self.writer.write_all(text.as_bytes()).await?)
    }

    /// The id of the server's stream.
    pub(super) async fn id(&mut self) -> anyhow::Result<String> {
        loop {
            if let Some(id) = &self.reader.id {
                return Ok(id.clone());
            }
            self.reader.step().await?;
        }
    }

    /// The next stanza, which has to be this.
    pub(super) async fn expect(&mut self, name: &str) -> anyhow::Result<Element> {
        let stanza = self.reader.next().await?;
        anyhow::ensure!(stanza.name() == name, "the XMPP server says {stanza:?} in place of {name}");
        Ok(stanza)
    }

    pub(super) fn split(self) -> (Reader, OwnedWriteHalf) {
        (self.reader, self.writer)
    }
}

impl Reader {
    /// The next stanza.
    pub(super) async fn next(&mut self) -> anyhow::Result<Element> {
        loop {
            if let Some(stanza) = self.step().await? {
                return Ok(stanza);
            }
        }
    }

    /// Takes one event of the parser; gives a stanza when it is whole.
    async fn step(&mut self) -> anyhow::Result<Option<Element>> {
        let mut bytes = &self.buffer[..];
        let event = self.parser.parse(&mut bytes, false);
        let read = self.buffer.len() - bytes.len();
        self.buffer.advance(read);
        match event {
            Ok(Some(event)) => Ok(self.take(event)),
            Ok(None) => bail!("the XMPP server has closed the stream"),
            Err(EndOrError::Error(error)) => bail!("the XMPP server's stream: {error}"),
            Err(EndOrError::NeedMoreData) => {
                let count = self.tcp.read_buf(&mut self.buffer).await?;
                anyhow::ensure!(count > 0, "the XMPP server has closed the connection");
                Ok(None)
            }
        }
    }

    fn take(&mut self, event: Event) -> Option<Element> {
        match event {
            Event::XmlDeclaration(..) => None,
            Event::StartElement(_, _, attributes) if self.id.is_none() => {
                self.id = Some(attributes.get(&Namespace::NONE, "id").cloned().unwrap_or_default());
                None
            }
            Event::StartElement(_, (namespace, name), attributes) => {
                let mut element = Element::bare(name.to_string(), namespace.as_str());
                *element.attrs_mut() = attributes;
                self.parts.push(element);
                None
            }
            Event::Text(_, text) => {
                if let Some(part) = self.parts.last_mut() {
                    part.append_text(text);
                }
                None
            }
            Event::EndElement(_) => {
                let whole = self.parts.pop()?;
                match self.parts.last_mut() {
                    Some(around) => {
                        around.append_child(whole);
                        None
                    }
                    None => Some(whole),
                }
            }
        }
    }
}
