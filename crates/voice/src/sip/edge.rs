//! Where SIP comes in: the sockets, the stack behind them, and what becomes of
//! each new transaction.

use std::{net::SocketAddr, sync::Arc};

use parking_lot::Mutex;
use rsipstack::{
    EndpointBuilder,
    dialog::dialog_layer::DialogLayer,
    platform::net::UdpSocket as _,
    sip::{Header, HeadersExt as _, Method, StatusCode, Transport},
    transaction::{TransactionReceiver, transaction::Transaction},
    transport::{SipAddr, SipConnection, TransportLayer, udp::UdpConnection},
};
use tokio::{
    net::{TcpListener, UdpSocket},
    sync::Semaphore,
};

use super::{
    gate::Gate,
    intake,
    stream::{self, Listener},
    udp::MendingSocket,
};
use crate::{SipAddresses, VoiceError, room::Room};

/// The methods that we take.
pub(crate) const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE";

/// Transactions that may be in hand at once.
const TRANSACTION_LIMIT: usize = 4_096;

/// The SIP side of the room.
pub(crate) struct Edge {
    pub(crate) room: Arc<Room>,
    pub(crate) dialogs: DialogLayer,
    addresses: SipAddresses,
    transactions: Arc<Semaphore>,
}

/// Opens the sockets and starts to serve them.
pub(crate) async fn start(room: &Arc<Room>) -> Result<SipAddresses, VoiceError> {
    let config = &room.config;
    let gate =
        Gate::new(config.trunks.clone(), config.max_messages_per_second, config.max_bad_messages_per_second);
    let gate = Arc::new(Mutex::new(gate));
    let layer = TransportLayer::new(room.closing.child_token());
    let mut addresses = SipAddresses::default();
    let mut listeners = Vec::new();
    if let Some(address) = config.sip_udp {
        let socket =
            UdpSocket::bind(address).await.map_err(|source| VoiceError::Listen { address, source })?;
        let socket = MendingSocket::new(socket, gate.clone());
        let bound = socket.local_addr().map_err(|error| VoiceError::Sip(error.to_string()))?;
        addresses.udp = Some(bound);
        let outside = config.advertised_ip.map(|ip| SocketAddr::new(ip, bound.port()));
        let connection =
            UdpConnection::from_socket(Arc::new(socket), outside, Some(room.closing.child_token()))
                .await
                .map_err(|error| VoiceError::Sip(error.to_string()))?;
        layer.add_transport(connection.into());
    }
    if let Some(address) = config.sip_tcp {
        let (listener, bound) = listen(address).await?;
        addresses.tcp = Some(bound);
        listeners.push((listener, Transport::Tcp, None));
    }
    if let Some(tls) = &config.sip_tls {
        let acceptor = stream::tls_acceptor(tls)?;
        let (listener, bound) = listen(tls.address).await?;
        addresses.tls = Some(bound);
        listeners.push((listener, Transport::Tls, Some(acceptor)));
    }
    for (address, transport) in [(addresses.tcp, Transport::Tcp), (addresses.tls, Transport::Tls)] {
        if let Some(address) = address {
            layer.add_transport(stream::nameplate(advertised(room, address), transport).await?);
        }
    }
    let endpoint = EndpointBuilder::new()
        .with_cancel_token(room.closing.child_token())
        .with_transport_layer(layer)
        .with_user_agent("Hookflash")
        .build();
    let incoming = endpoint.incoming_transactions().map_err(|error| VoiceError::Sip(error.to_string()))?;
    let edge = Arc::new(Edge {
        room: room.clone(),
        dialogs: DialogLayer::new(endpoint.inner.clone()),
        addresses,
        transactions: Arc::new(Semaphore::new(TRANSACTION_LIMIT)),
    });
    for (listener, transport, tls) in listeners {
        let listener =
            Listener { listener, transport, tls, gate: gate.clone(), endpoint: endpoint.inner.clone() };
        tokio::spawn(listener.serve(room.clone()));
    }
    tokio::spawn(async move { endpoint.serve().await });
    tokio::spawn(edge.serve(incoming));
    Ok(addresses)
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), VoiceError> {
    let failed = |source| VoiceError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

fn advertised(room: &Room, bound: SocketAddr) -> SocketAddr {
    let ip = room.config.advertised_ip.unwrap_or(bound.ip());
    SocketAddr::new(if ip.is_unspecified() { room.config.media_ip } else { ip }, bound.port())
}

impl Edge {
    /// Our Contact on a transport.
    pub(crate) fn contact(&self, connection: &SipConnection) -> String {
        let kind = connection.get_addr().r#type;
        let (address, param) = match kind {
            Some(Transport::Tcp) => (self.addresses.tcp, ";transport=tcp"),
            Some(Transport::Tls) => (self.addresses.tls, ";transport=tls"),
            _ => (self.addresses.udp, ""),
        };
        let address = address.map_or_else(String::new, |address| advertised(&self.room, address).to_string());
        format!("sip:hookflash@{address}{param}")
    }

    async fn serve(self: Arc<Self>, mut incoming: TransactionReceiver) {
        while let Some(transaction) = incoming.recv().await {
            let Ok(permit) = self.transactions.clone().try_acquire_owned() else {
                tracing::warn!("a SIP transaction was dropped: too many at once");
                continue;
            };
            let edge = self.clone();
            tokio::spawn(async move {
                edge.take(transaction).await;
                drop(permit);
            });
        }
    }

    async fn take(self: Arc<Self>, mut transaction: Transaction) {
        let tagged = transaction.original.to_header().is_ok_and(|to| matches!(to.tag(), Ok(Some(_))));
        let method = transaction.original.method;
        let taken = match (tagged, method) {
            (true, _) => match self.dialogs.match_dialog(&transaction) {
                Some(mut dialog) => dialog.handle(&mut transaction).await,
                None if method == Method::Ack => Ok(()),
                None => transaction.reply(StatusCode::CallTransactionDoesNotExist).await,
            },
            (false, Method::Invite) => intake::take_invite(&self, transaction).await,
            (false, Method::Options) => {
                let headers = vec![Header::Allow(ALLOW.into()), Header::Accept("application/sdp".into())];
                transaction.reply_with(StatusCode::OK, headers, None).await
            }
            (false, Method::Ack) => Ok(()),
            (false, _) => {
                let headers = vec![Header::Allow(ALLOW.into())];
                transaction.reply_with(StatusCode::MethodNotAllowed, headers, None).await
            }
        };
        if let Err(error) = taken {
            tracing::debug!(%error, %method, "a SIP transaction failed");
        }
    }
}

/// Where a transaction came from.
pub(crate) fn peer_of(transaction: &Transaction) -> Option<SocketAddr> {
    let address: &SipAddr = transaction.connection.as_ref()?.get_remote_addr()?;
    address.get_socketaddr().ok()
}
