//! A bare component (XEP-0114): what remains when there is nothing between an agent and the server.

use std::sync::Arc;

use sha1::{Digest as _, Sha1};
use tokio::io::AsyncWriteExt as _;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::server::XmppServer;
use super::stream::{Reader, Stream};
use super::{Said, message, receipt};

/// Told of every text that comes in.
pub type Ears = Arc<dyn Fn(&str) + Send + Sync>;

/// A connected component; it ends when dropped.
pub struct Component {
    domain: String,
    outbox: mpsc::UnboundedSender<String>,
    tasks: [JoinHandle<()>; 2],
}

impl Component {
    /// Connects as the server's second component.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn connect(server: &XmppServer, ears: Ears) -> anyhow::Result<Self> {
        let place = &server.place;
        let domain = place.second_component.clone();
        let header = format!(
            "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' \
             xmlns:stream='http://etherx.jabber.org/streams' to='{domain}'>"
        );
        let mut stream = Stream::open(place.second_components, &header).await?;
        let digest = Sha1::digest(format!("{}{}", stream.id().await?, place.secret));
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        stream.say(&format!("<handshake>{digest}</handshake>")).await?;
        stream.expect("handshake").await?;
        let (reader, writer) = stream.split();
        let (outbox, outgoing) = mpsc::unbounded_channel();
        let hearing = tokio::spawn(hear(reader, outbox.clone(), ears));
        Ok(Self { domain, outbox, tasks: [hearing, tokio::spawn(write(writer, outgoing))] })
    }

    /// Sends a text from somebody at the component.
    pub fn send(&self, from: &str, to: &str, id: &str, text: &str) {
        let from = format!("{from}@{}/chat", self.domain);
        // Where the connection has ended, what is sent counts as lost.
        let _ = self.outbox.send(message(Some(&from), to, id, text));
    }
}

impl Drop for Component {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn hear(mut reader: Reader, outbox: mpsc::UnboundedSender<String>, ears: Ears) {
    loop {
        let stanza = match reader.next().await {
            Ok(stanza) => stanza,
            Err(error) => return eprintln!("the bare component has ended: {error:#}"),
        };
        let Some(said) = Said::read(&stanza) else { continue };
        if let (Some(id), Some(us)) = (&said.wants_receipt, stanza.attr("to")) {
            // As above.
            let _ = outbox.send(receipt(Some(us), &said.from, id));
        }
        if let Some(text) = &said.text {
            ears(text);
        }
    }
}

/// Writes what waits in one go.
async fn write(mut writer: OwnedWriteHalf, mut outgoing: mpsc::UnboundedReceiver<String>) {
    while let Some(mut text) = outgoing.recv().await {
        while let Ok(next) = outgoing.try_recv() {
            text.push_str(&next);
        }
        if let Err(error) = writer.write_all(text.as_bytes()).await {
            return eprintln!("the bare component has ended: {error}");
        }
    }
}
