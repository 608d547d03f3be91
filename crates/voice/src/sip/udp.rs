//! The UDP socket that the stack reads from and writes to: ours, so that every
//! datagram is admitted and mended on its way.

use std::{net::SocketAddr, sync::Arc};

use parking_lot::Mutex;
use tokio::net::UdpSocket;

use super::{
    escape,
    gate::{Admission, Gate},
    mend::{Verdict, mend, refuse_invite},
};
use crate::clock;

/// A socket that hands on good SIP only.
pub(crate) struct MendingSocket {
    pub(crate) socket: UdpSocket,
    pub(crate) gate: Arc<Mutex<Gate>>,
    /// Room for one datagram; the stack's one reader holds it.
    pub(crate) datagram: tokio::sync::Mutex<Vec<u8>>,
}

impl MendingSocket {
    /// Wraps a bound socket.
    pub(crate) fn new(socket: UdpSocket, gate: Arc<Mutex<Gate>>) -> Self {
        Self { socket, gate, datagram: tokio::sync::Mutex::new(vec![0; 65_536]) }
    }
}

impl MendingSocket {
    /// What of a datagram goes to the stack; answers are sent at once.
    async fn judge(&self, bytes: &[u8], from: SocketAddr) -> Option<Vec<u8>> {
        let admission = self.gate.lock().admit(from.ip(), clock::now());
        let verdict = match admission {
            Admission::TooMany => return None,
            Admission::Open => mend(bytes, from, false),
            Admission::Stranger => match refuse_invite(bytes, from, 403, "Forbidden") {
                Some(reply) => Verdict::Reply(reply),
                None => Verdict::Drop("not from a trunk"),
            },
        };
        match verdict {
            Verdict::Pass(bytes) => return Some(bytes),
            Verdict::Drop("keep-alive") => {}
            Verdict::Drop(why) => tracing::debug!(%from, why, "a SIP message was dropped"),
            Verdict::Reply(reply) => {
                let answered = self.gate.lock().may_answer_bad(from.ip(), clock::now());
                tracing::debug!(%from, answered, "a SIP message was refused");
                if answered {
                    let _ = self.socket.send_to(&reply, from).await;
                }
            }
        }
        None
    }
}

#[async_trait::async_trait]
impl rsipstack::platform::net::UdpSocket for MendingSocket {
    async fn recv_from(&self, buffer: &mut [u8]) -> rsipstack::Result<(usize, SocketAddr)> {
        let mut datagram = self.datagram.lock().await;
        loop {
            let (length, from) = self.socket.recv_from(&mut datagram).await?;
            let Some(mended) = self.judge(datagram.get(..length).unwrap_or_default(), from).await else {
                continue;
            };
            match buffer.get_mut(..mended.len()) {
                Some(space) => {
                    space.copy_from_slice(&mended);
                    return Ok((mended.len(), from));
                }
                None => {
                    if let Some(reply) = refuse_invite(&mended, from, 513, "Message Too Large") {
                        let _ = self.socket.send_to(&reply, from).await;
                    }
                }
            }
        }
    }

    async fn send_to(&self, bytes: &[u8], to: SocketAddr) -> rsipstack::Result<usize> {
        self.socket.send_to(&escape::reveal_message(bytes), to).await?;
        Ok(bytes.len())
    }

    fn local_addr(&self) -> rsipstack::Result<SocketAddr> {
        Ok(self.socket.local_addr()?)
    }
}
