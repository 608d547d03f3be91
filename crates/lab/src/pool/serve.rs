//! Accepting connections, with and without TLS.

use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::http::Connection;
use super::tls::Tls;

/// Serves until the process ends.
pub(crate) async fn serve(listener: TcpListener, tls: Option<Arc<Tls>>, service: Router) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors: let some connections end.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            continue;
        };
        let acceptor = tls.as_ref().map(|tls| TlsAcceptor::from(tls.config()));
        let service = service.clone();
        tokio::spawn(async move {
            if let Err(error) = connection(stream, acceptor, service).await {
                tracing::debug!(%error, "connection ended");
            }
        });
    }
}

async fn connection(stream: TcpStream, acceptor: Option<TlsAcceptor>, service: Router) -> anyhow::Result<()> {
    stream.set_nodelay(true)?;
    match acceptor {
        Some(acceptor) => {
            let limit = std::time::Duration::from_secs(10);
            let shaken =
                tokio::time::timeout(limit, acceptor.accept(stream)).await.context("TLS handshake")??;
            speak(shaken, service).await
        }
        None => speak(stream, service).await,
    }
}

async fn speak<S>(stream: S, service: Router) -> anyhow::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let connection = Connection::default();
    let ended = connection.ended.clone();
    let service = service.layer(axum::Extension(connection));
    let mut builder = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new()).http1_only();
    // Old clients read header names with regard to case.
    builder.http1().title_case_headers(true);
    let serving = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    tokio::select! {
        outcome = serving => outcome.map_err(|error| anyhow::anyhow!(error)),
        () = ended.cancelled() => Ok(()),
    }
}
