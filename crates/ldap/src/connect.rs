//! The way to the server: TCP, and TLS in front of or after the first word.

use crate::config::{Config, Security};
use crate::error::ReadError;
use crate::{ber, guard};
use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// A connection, whatever protects it.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Connects as configured, within the time that is allowed.
pub(crate) async fn connect(config: &Config) -> Result<Box<dyn Stream>, ReadError> {
    let within = config.limits.connect;
    tokio::time::timeout(within, open(config))
        .await
        .unwrap_or(Err(ReadError::NoAnswer { seconds: within.as_secs() }))
}

async fn open(config: &Config) -> Result<Box<dyn Stream>, ReadError> {
    let mut stream = TcpStream::connect((config.host.as_str(), config.port))
        .await
        .map_err(|error| unreachable(config, &error))?;
    match config.security {
        Security::Plain => return Ok(Box::new(stream)),
        Security::StartTls => start_tls(&mut stream, config.limits.message_bytes).await?,
        Security::Tls => {}
    }
    let name =
        ServerName::try_from(config.host.clone()).map_err(|error| ReadError::Tls(error.to_string()))?;
    let connector = TlsConnector::from(Arc::new(trust(config.ca_pem.as_deref())?));
    let stream = connector.connect(name, stream).await.map_err(|error| ReadError::Tls(error.to_string()))?;
    Ok(Box::new(stream))
}

fn unreachable(config: &Config, error: &std::io::Error) -> ReadError {
    let address = format!("{}:{}", config.host, config.port);
    ReadError::Unreachable { address, words: error.to_string() }
}

/// TLS that trusts the system's authorities and these.
fn trust(ca_pem: Option<&str>) -> Result<ClientConfig, ReadError> {
    let extra = CertificateDer::pem_slice_iter(ca_pem.unwrap_or_default().as_bytes());
    let extra: Vec<_> =
        extra.collect::<Result<_, _>>().map_err(|error| ReadError::Certificates(error.to_string()))?;
    if ca_pem.is_some() && extra.is_empty() {
        return Err(ReadError::Certificates("there is none".to_owned()));
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider))
        .map_err(|error| ReadError::Certificates(error.to_string()))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ReadError::Tls(error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

/// Asks for TLS (RFC 4511, section 4.14) and reads the answer, after which the server waits for TLS.
async fn start_tls(stream: &mut TcpStream, most_bytes: usize) -> Result<(), ReadError> {
    /// Message 1, an ExtendedRequest whose name is StartTLS's.
    const REQUEST: &[u8] = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
    stream.write_all(REQUEST).await.map_err(|error| ReadError::of_io(&error))?;
    let mut buffer = Vec::new();
    let answer = guard::next_message(stream, &mut buffer, most_bytes).await?;
    let answer = answer.ok_or_else(|| ReadError::BrokenOff("after StartTLS was asked for".to_owned()))?;
    match result_of_start_tls(&answer) {
        // What the server says in the clear after its yes would be taken for something said in TLS.
        Some(0) if buffer.is_empty() => Ok(()),
        Some(0) | None => Err(ReadError::Malformed("after StartTLS")),
        Some(code) => Err(ReadError::NoStartTls(code)),
    }
}

/// The result code of an ExtendedResponse to message 1.
fn result_of_start_tls(message: &[u8]) -> Option<u8> {
    const EXTENDED_RESPONSE: u8 = 0x78;
    let (_, message, _) = ber::element(message)?;
    let (_, id, message) = ber::element(message)?;
    let (kind, response, _) = ber::element(message)?;
    let (_, code, _) = ber::element(response)?;
    if id != [1] || kind != EXTENDED_RESPONSE {
        return None;
    }
    code.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_response_to_the_request_counts() {
        let response = |id: u8, kind: u8, code: u8| {
            vec![0x30, 0x0c, 0x02, 0x01, id, kind, 0x07, 0x0a, 0x01, code, 0x04, 0x00, 0x04, 0x00]
        };
        assert_eq!(result_of_start_tls(&response(1, 0x78, 0)), Some(0));
        assert_eq!(result_of_start_tls(&response(1, 0x78, 2)), Some(2));
        assert_eq!(result_of_start_tls(&response(2, 0x78, 0)), None);
        assert_eq!(result_of_start_tls(&response(1, 0x61, 0)), None);
        assert_eq!(result_of_start_tls(&response(1, 0x78, 0)[..9]), None);
    }

    #[test]
    fn certificates_to_trust_must_be_some() {
        assert!(trust(None).is_ok());
        for wrong in ["", "no certificate", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----"] {
            assert_eq!(trust(Some(wrong)).unwrap_err().code(), "certificates", "{wrong}");
        }
    }
}
