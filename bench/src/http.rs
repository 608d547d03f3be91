//! Speaking HTTP.

use std::sync::Once;
use std::time::Duration;

/// A client for HTTP on this machine that trusts one authority (PEM), or nobody over TLS.
///
/// # Errors
/// The client cannot be made.
pub fn client(authority: Option<&[u8]>) -> anyhow::Result<reqwest::Client> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // It fails only when one is installed already.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    });
    let authority = authority.map(reqwest::Certificate::from_pem).transpose()?;
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(240));
    let client = client.tls_certs_only(authority);
    Ok(client.tcp_nodelay(true).pool_idle_timeout(None).build()?)
}
