//! Takes connections: HTTP/1.1, with TLS where a certificate is configured.
//!
//! Limits: so many connections at once (one more waits), 10 s for a TLS handshake and for the head of a
//! request. On stop no new connection is taken, requests under way are finished, idle connections close.

use super::peer::Peer;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service as _;

/// Longest handshake, and longest wait for the head of a request.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// Pause after the system refused a connection, such as for want of file handles.
const REFUSED_PAUSE: Duration = Duration::from_millis(100);
/// Bytes of a request's head.
const HEAD_BYTES: usize = 32 * 1024;

/// What a listener needs.
pub struct Listening {
    /// Where connections come in.
    pub listener: TcpListener,
    /// HTTPS where given.
    pub tls: Option<TlsAcceptor>,
    /// What answers.
    pub router: Router,
    /// Connections at once.
    pub connections: usize,
}

impl Listening {
    /// Answers until `stop`, then finishes what is under way.
    pub async fn run(self, stop: CancellationToken) {
        let places = Arc::new(Semaphore::new(self.connections));
        let tasks = TaskTracker::new();
        loop {
            let place = tokio::select! {
                place = Arc::clone(&places).acquire_owned() => place,
                () = stop.cancelled() => break,
            };
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = stop.cancelled() => break,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(REFUSED_PAUSE).await;
                    continue;
                }
            };
            let (tls, router, stop) = (self.tls.clone(), self.router.clone(), stop.clone());
            tasks.spawn(async move {
                serve_one(stream, peer, tls, router, stop).await;
                drop(place);
            });
        }
        drop(self.listener);
        tasks.close();
        tasks.wait().await;
    }
}

async fn serve_one(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    router: Router,
    stop: CancellationToken,
) {
    // Small frames of the desk's socket must not wait for more.
    let _ = stream.set_nodelay(true);
    match tls {
        None => serve_stream(stream, peer, router, stop).await,
        Some(tls) => match tokio::time::timeout(HEAD_WITHIN, tls.accept(stream)).await {
            Ok(Ok(stream)) => serve_stream(stream, peer, router, stop).await,
            Ok(Err(error)) => tracing::debug!(%peer, %error, "the TLS handshake failed"),
            Err(_) => tracing::debug!(%peer, "the TLS handshake took too long"),
        },
    }
}

async fn serve_stream<S>(stream: S, peer: SocketAddr, router: Router, stop: CancellationToken)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.clone().call(request.map(Body::new))
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "the connection broke");
    }
}
