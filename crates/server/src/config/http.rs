//! `[http]` and `[metrics]`.

use super::reader::Reader;
use hookflash_voice::Network;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use url::Url;

/// How the desk and the API are served.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The address that browsers use, where it is fixed.
    pub public_url: Option<Url>,
    /// Certificate and key; HTTPS when given.
    pub tls: Option<TlsFiles>,
    /// A folder with the desk, served in place of the built-in one.
    pub web_dir: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Who, besides this machine, may read `/metrics`.
    pub metrics_allow: Vec<Network>,
}

/// A certificate and its key, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// Certificate chain, leaf first.
    pub cert: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

pub(super) fn read(reader: &mut Reader) -> HttpConfig {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
    HttpConfig {
        listen: reader.value("http.listen", listen, "Where the desk and the API are served. Port 0 takes a free one."),
        public_url: reader.optional(
            "http.public_url",
            "The address that browsers use. Set it where the server stands behind a proxy: with https cookies are \
             marked secure, and only pages from there may sign in.",
        ),
        tls: read_tls(reader),
        web_dir: reader
            .optional("http.web_dir", "A folder with the built desk, served in place of the one in the binary."),
        trusted_proxies: reader.value(
            "http.trusted_proxies",
            Vec::new(),
            "Proxies whose X-Forwarded-For header is believed when attempts to sign in are counted.",
        ),
        metrics_allow: reader.value(
            "metrics.allow",
            Vec::new(),
            "Who may read /metrics, besides programs on this machine. Requests that came through a proxy are refused.",
        ),
    }
}

fn read_tls(reader: &mut Reader) -> Option<TlsFiles> {
    let cert =
        reader.optional("http.tls_cert", "Certificate chain, PEM, leaf first. With it HTTPS is served.");
    let key = reader.optional("http.tls_key", "The certificate's private key, PEM.");
    match (cert, key) {
        (Some(cert), Some(key)) => Some(TlsFiles { cert, key }),
        (None, None) => None,
        (Some(_), None) => {
            reader.wrong("http.tls_key", "is needed with http.tls_cert");
            None
        }
        (None, Some(_)) => {
            reader.wrong("http.tls_cert", "is needed with http.tls_key");
            None
        }
    }
}
