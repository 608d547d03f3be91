//! One connection at work: writes what waits, sorts what comes, notices when nothing comes.

use super::{
    handshake::{Stream, stream_error, trouble},
    hub::{Hub, Outbound},
    ns,
    stream::{Item, element, write},
    unsettled::Unsettled,
};
use crate::{Trouble, TroubleCode, clock};
use minidom::Element;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::mpsc,
    time::Instant,
};

/// Most stanzas that are written in one go, behind the first.
const BURST: usize = 200;
/// Bytes to make room for before each reading.
const READ_AHEAD: usize = 16 * 1024;

/// One connection.
pub(super) struct Line<'a> {
    hub: &'a Hub,
    stream: Stream,
    unsettled: &'a mut Unsettled,
    /// A ping under way: how many of `unsettled` went out before it, and since when it waits.
    ping: Option<(String, usize, Instant)>,
    pings: u64,
    heard_at: Instant,
}

impl<'a> Line<'a> {
    pub(super) fn new(hub: &'a Hub, stream: Stream, unsettled: &'a mut Unsettled) -> Self {
        Self { hub, stream, unsettled, ping: None, pings: 0, heard_at: clock::instant() }
    }

    /// Works until the connection ends.
    pub(super) async fn work(mut self, outbox: &mut mpsc::Receiver<Outbound>) -> Trouble {
        match self.run(outbox).await {
            Ok(()) => trouble(TroubleCode::Unreachable, "the connection was closed"),
            Err(trouble) => trouble,
        }
    }

    async fn run(&mut self, outbox: &mut mpsc::Receiver<Outbound>) -> Result<(), Trouble> {
        let mut bytes = Vec::new();
        self.unsettled.write(&mut bytes);
        self.begin_ping(&mut bytes);
        self.flush(&mut bytes).await?;
        self.read_all(&mut bytes)?;
        loop {
            self.stream.buffer.reserve(READ_AHEAD);
            let deadline = self.deadline();
            tokio::select! {
                count = self.stream.tcp.read_buf(&mut self.stream.buffer) => {
                    if count.map_err(|error| cut(&error))? == 0 {
                        return Ok(());
                    }
                    self.heard_at = clock::instant();
                    self.read_all(&mut bytes)?;
                }
                Some(first) = outbox.recv() => self.put(first, outbox, &mut bytes),
                () = tokio::time::sleep_until(deadline) => self.overdue(&mut bytes)?,
            }
            self.flush(&mut bytes).await?;
        }
    }

    /// Writes what waits.
    fn put(&mut self, first: Outbound, outbox: &mut mpsc::Receiver<Outbound>, bytes: &mut Vec<u8>) {
        self.put_one(first, bytes);
        for _ in 0..BURST {
            let Ok(next) = outbox.try_recv() else { return };
            self.put_one(next, bytes);
        }
    }

    fn put_one(&mut self, outbound: Outbound, bytes: &mut Vec<u8>) {
        write(&outbound.stanza, bytes);
        self.unsettled.add(outbound);
    }

    /// A server answers in the order of asking (RFC 6120 10.1): with the answer to a ping it has
    /// taken everything that went before it.
    fn begin_ping(&mut self, bytes: &mut Vec<u8>) {
        self.pings += 1;
        let id = format!("ping-{}", self.pings);
        let config = &self.hub.config;
        let attributes = [
            ("type", Some("get")),
            ("from", Some(&*config.component)),
            ("to", Some(&*config.domain)),
            ("id", Some(&*id)),
        ];
        let ping = element("ping", ns::PING, &[]).build();
        write(&element("iq", ns::COMPONENT, &attributes).append(ping).build(), bytes);
        self.ping = Some((id, self.unsettled.asked(), clock::instant()));
    }

    fn read_all(&mut self, bytes: &mut Vec<u8>) -> Result<(), Trouble> {
        while let Some(item) = self.stream.read()? {
            match item {
                Item::Element(element) if element.has_ns(ns::STREAM) => return Err(stream_error(&element)),
                Item::Element(element) => self.take(&element, bytes),
                Item::Oversized => tracing::warn!(
                    network = self.hub.config.network.0,
                    "an oversized XMPP stanza was skipped"
                ),
                Item::Opened(_) => {}
                Item::Closed => {
                    return Err(trouble(TroubleCode::ServerFailed, "the server closed the stream"));
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, stanza: &Element, bytes: &mut Vec<u8>) {
        if self.is_pong(stanza) {
            if let Some((_, count, _)) = self.ping.take() {
                self.unsettled.settle(count);
            }
            return;
        }
        self.take_receipt(stanza);
        if let Some(answer) = self.hub.take(stanza) {
            write(&answer, bytes);
        }
    }

    fn is_pong(&self, stanza: &Element) -> bool {
        let id = self.ping.as_ref().map(|(id, ..)| id.as_str());
        let is_answer = matches!(stanza.attr("type"), Some("result" | "error"));
        stanza.name() == "iq"
            && is_answer
            && id.is_some()
            && stanza.attr("id") == id
            && stanza.attr("from") == Some(self.hub.config.domain.as_str())
    }

    /// A message that an expert confirms has gone through the server.
    fn take_receipt(&mut self, stanza: &Element) {
        let place = self.unsettled.received(stanza);
        if let (Some(place), Some((_, count, _))) = (place, &mut self.ping) {
            *count -= usize::from(place < *count);
        }
    }

    /// When something is to be done though nothing has come.
    fn deadline(&self) -> Instant {
        let timing = &self.hub.config.timing;
        match &self.ping {
            Some((_, _, since)) => *since.max(&self.heard_at) + timing.patience,
            None => self.unsettled.ask_at().unwrap_or(self.heard_at + timing.quiet),
        }
    }

    /// Asks the server; one that answers nothing is not there, whatever the connection looks like.
    fn overdue(&mut self, bytes: &mut Vec<u8>) -> Result<(), Trouble> {
        if self.ping.is_some() {
            return Err(trouble(TroubleCode::TimedOut, "the server does not answer any more"));
        }
        self.begin_ping(bytes);
        Ok(())
    }

    async fn flush(&mut self, bytes: &mut Vec<u8>) -> Result<(), Trouble> {
        if bytes.is_empty() {
            return Ok(());
        }
        let written = tokio::time::timeout(self.hub.config.timing.patience, self.stream.tcp.write_all(bytes));
        let timed_out = || trouble(TroubleCode::TimedOut, "the server does not read any more");
        written.await.map_err(|_| timed_out())?.map_err(|error| cut(&error))?;
        bytes.clear();
        Ok(())
    }
}

fn cut(error: &std::io::Error) -> Trouble {
    trouble(TroubleCode::Unreachable, &error.to_string())
}
