//! SIP over TCP and TLS: our own listeners and framing, handed to the stack as
//! one of its channel connections for each stream.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use parking_lot::Mutex;
use rsipstack::{
    platform::mpsc::UnboundedSender,
    sip::{SipMessage, Transport},
    transaction::endpoint::EndpointInnerRef,
    transport::{SipAddr, SipConnection, TransportEvent, channel::ChannelConnection},
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use super::{
    escape,
    framing::{Framed, Framer},
    gate::{Admission, Gate},
    mend::{Verdict, mend, refuse_invite},
};
use crate::{TlsListen, VoiceError, clock, room::Room};

/// A stream without a byte for so long is closed.
const IDLE: Duration = Duration::from_secs(600);

/// A TLS handshake, or a write to a peer that does not read, may take so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Messages that may wait to be written to one peer.
const OUTGOING: usize = 64;

/// A listening socket with all that its connections need.
pub(crate) struct Listener {
    pub(crate) listener: TcpListener,
    pub(crate) transport: Transport,
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) gate: Arc<Mutex<Gate>>,
    pub(crate) endpoint: EndpointInnerRef,
}

/// Reads the certificate and key.
pub(crate) fn tls_acceptor(listen: &TlsListen) -> Result<TlsAcceptor, VoiceError> {
    let failed = |error: &dyn std::fmt::Display| VoiceError::Tls(error.to_string());
    let chain = CertificateDer::pem_slice_iter(&listen.certificate_pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| failed(&error))?;
    let key = PrivateKeyDer::from_pem_slice(&listen.key_pem).map_err(|error| failed(&error))?;
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err(VoiceError::Tls("no cryptography provider is installed".to_owned()));
    }
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| failed(&error))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// A listener in name only: the stack writes its address into the Via of
/// requests that it sends over a stream of this transport.
pub(crate) async fn nameplate(
    address: SocketAddr,
    transport: Transport,
) -> Result<SipConnection, VoiceError> {
    let (_, incoming) = tokio::sync::mpsc::unbounded_channel();
    let (outgoing, _) = mpsc::channel(1);
    let address = SipAddr { r#type: Some(transport), addr: address.into() };
    ChannelConnection::create_connection_bounded(incoming, outgoing, address, None)
        .await
        .map(SipConnection::Channel)
        .map_err(|error| VoiceError::Sip(error.to_string()))
}

impl Listener {
    /// Takes connections until the room closes.
    pub(crate) async fn serve(self, room: Arc<Room>) {
        let places = Arc::new(Semaphore::new(room.config.max_connections));
        let listener = Arc::new(self);
        loop {
            let accepted = tokio::select! {
                () = room.closing.cancelled() => return,
                accepted = listener.listener.accept() => accepted,
            };
            let Ok((stream, from)) = accepted else {
                // Out of file handles, for example: others must first close.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let place = places.clone().try_acquire_owned();
            let (true, Ok(place)) = (listener.gate.lock().is_trunk(from.ip()), place) else {
                tracing::debug!(%from, "a SIP connection was refused");
                continue;
            };
            let (listener, room) = (listener.clone(), room.clone());
            tokio::spawn(async move {
                listener.connection(stream, from, &room).await;
                drop(place);
            });
        }
    }

    async fn connection(&self, stream: TcpStream, from: SocketAddr, room: &Room) {
        let _ = stream.set_nodelay(true);
        match &self.tls {
            None => self.talk(stream, from, room.closing.child_token()).await,
            Some(acceptor) => match timeout(PATIENCE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => self.talk(stream, from, room.closing.child_token()).await,
                _ => tracing::debug!(%from, "a TLS handshake failed"),
            },
        }
    }

    async fn talk<S>(&self, stream: S, from: SocketAddr, open: CancellationToken)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (incoming, incoming_end) = tokio::sync::mpsc::unbounded_channel();
        let (outgoing, written) = mpsc::channel(OUTGOING);
        let (replies, replied) = mpsc::channel(OUTGOING);
        let address = SipAddr { r#type: Some(self.transport), addr: from.into() };
        let made = ChannelConnection::create_connection_bounded(
            incoming_end,
            outgoing,
            address.clone(),
            Some(open.clone()),
        );
        let Ok(channel) = made.await else { return };
        let connection = SipConnection::Channel(channel);
        self.endpoint.transport_layer.add_connection(connection.clone());
        let (mut reader, writer) = tokio::io::split(stream);
        let writing = tokio::spawn(write(writer, written, replied, open.clone()));
        let to_stack = ToStack { incoming, connection: connection.clone(), address, replies };
        self.read(&mut reader, from, &to_stack, &open).await;
        open.cancel();
        self.endpoint.transport_layer.remove_connection(&connection);
        let _ = writing.await;
    }

    async fn read<R>(&self, reader: &mut R, from: SocketAddr, to: &ToStack, open: &CancellationToken)
    where
        R: AsyncRead + Unpin,
    {
        let mut framer = Framer::default();
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let read = tokio::select! {
                () = open.cancelled() => return,
                read = timeout(IDLE, reader.read(&mut buffer)) => read,
            };
            let Ok(Ok(length @ 1..)) = read else { return };
            framer.push(buffer.get(..length).unwrap_or_default());
            loop {
                match framer.next() {
                    Ok(None) => break,
                    Ok(Some(Framed::Ping)) => to.reply(b"\r\n".to_vec()),
                    Ok(Some(Framed::Message(bytes))) => self.take(&bytes, from, to),
                    Err(lost) => {
                        tracing::debug!(%from, %lost, "a SIP stream was closed");
                        if let Some(reply) = refuse_invite(framer.rest(), from, 400, "Wrong Content-Length") {
                            to.reply(reply);
                        }
                        return;
                    }
                }
            }
        }
    }

    fn take(&self, bytes: &[u8], from: SocketAddr, to: &ToStack) {
        if self.gate.lock().admit(from.ip(), clock::now()) != Admission::Open {
            return;
        }
        match mend(bytes, from, true) {
            Verdict::Pass(mended) => to.pass(&mended, from),
            Verdict::Reply(reply) if self.gate.lock().may_answer_bad(from.ip(), clock::now()) => {
                to.reply(reply);
            }
            Verdict::Reply(_) => {}
            Verdict::Drop(why) => tracing::debug!(%from, why, "a SIP message was dropped"),
        }
    }
}

/// The way from a stream into the stack, and straight back.
struct ToStack {
    incoming: UnboundedSender<TransportEvent>,
    connection: SipConnection,
    address: SipAddr,
    replies: mpsc::Sender<Vec<u8>>,
}

impl ToStack {
    fn pass(&self, bytes: &[u8], from: SocketAddr) {
        let transport = self.address.r#type.unwrap_or(Transport::Tcp);
        let message = SipMessage::try_from(bytes)
            .ok()
            .and_then(|message| SipConnection::update_msg_received(message, from, transport).ok());
        match message {
            Some(message) => {
                let event = TransportEvent::Incoming(message, self.connection.clone(), self.address.clone());
                let _ = self.incoming.send(event);
            }
            None => tracing::debug!(%from, "the stack could not read a SIP message"),
        }
    }

    fn reply(&self, bytes: Vec<u8>) {
        if self.replies.try_send(bytes).is_err() {
            tracing::debug!("a SIP answer was dropped: the peer does not read");
        }
    }
}

/// Writes what the stack sends, and answers of our own.
async fn write<W>(
    mut writer: W,
    mut written: mpsc::Receiver<TransportEvent>,
    mut replies: mpsc::Receiver<Vec<u8>>,
    open: CancellationToken,
) where
    W: AsyncWrite + Unpin,
{
    loop {
        let bytes = tokio::select! {
            biased;
            Some(bytes) = replies.recv() => bytes,
            event = written.recv() => match event {
                Some(TransportEvent::Incoming(message, _, _)) => escape::reveal_message(&message.to_bytes()),
                Some(_) => continue,
                None => break,
            },
            () = open.cancelled() => break,
        };
        if !matches!(timeout(PATIENCE, writer.write_all(&bytes)).await, Ok(Ok(()))) {
            break;
        }
        let _ = writer.flush().await;
    }
    open.cancel();
    let _ = writer.shutdown().await;
}
