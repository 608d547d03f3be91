//! Whose certificates are trusted, and what is told of one that is not.

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
use std::{fmt, sync::Arc};
use x509_cert::{
    Certificate,
    der::Decode as _,
    ext::pkix::{SubjectAltName, name::GeneralName},
};

/// Most names of a certificate that are told.
const MOST_NAMES: usize = 5;

/// TLS that trusts the system's authorities and those of `ca_pem`; the error says what is wrong.
pub(super) fn client(ca_pem: Option<&str>) -> Result<ClientConfig, String> {
    let extra = CertificateDer::pem_slice_iter(ca_pem.unwrap_or_default().as_bytes());
    let extra: Vec<_> =
        extra.collect::<Result<_, _>>().map_err(|error| format!("ca_pem cannot be read: {error}"))?;
    if ca_pem.is_some() && extra.is_empty() {
        return Err("ca_pem holds no certificate".to_owned());
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider))
        .map_err(|error| format!("the system's certificates cannot be read: {error}"))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Witness(verifier)))
        .with_no_client_auth();
    Ok(config)
}

/// Why a TLS error is a certificate's, in words for the administrator.
pub(super) fn distrust(error: &Error) -> Option<String> {
    match error {
        Error::Other(OtherError(inner)) => inner.downcast_ref::<Distrust>().map(ToString::to_string),
        Error::InvalidCertificate(reason) => {
            Some(format!("The server's certificate is not trusted: {reason}."))
        }
        _ => None,
    }
}

/// Verifies as the system does, and keeps whose certificate was refused.
#[derive(Debug)]
struct Witness(Verifier);

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map_err(
            |error| {
                let host = server_name.to_str().into_owned();
                Error::Other(OtherError(Arc::new(Distrust { host, of: told(end_entity), why: why(&error) })))
            },
        )
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// A certificate that was refused.
#[derive(Debug)]
struct Distrust {
    host: String,
    of: String,
    why: String,
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The certificate of {} {} is not trusted: {}", self.host, self.of, self.why)
    }
}

impl std::error::Error for Distrust {}

fn why(error: &Error) -> String {
    let Error::InvalidCertificate(reason) = error else { return format!("{error}.") };
    match reason {
        CertificateError::UnknownIssuer => {
            "its issuer is not known on this machine. Add the issuer's certificate to ca_file.".to_owned()
        }
        CertificateError::BadSignature => {
            "the issuer that it names has not signed it. Has the authority a new key? Put its new certificate into ca_file.".to_owned()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it is for other names. Use one of them as address, or have the certificate reissued.".to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "it has expired. Have it renewed, and check the time of this machine.".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet. Check the time of this machine.".to_owned()
        }
        reason => format!("{reason}."),
    }
}

/// Names and issuer of a certificate, as far as they can be read.
fn told(certificate: &CertificateDer<'_>) -> String {
    let Ok(certificate) = Certificate::from_der(certificate.as_ref()) else {
        return "(which cannot be read)".to_owned();
    };
    let body = certificate.tbs_certificate();
    let issuer = short(&body.issuer().to_string());
    let names = names(&certificate);
    let names = if names.is_empty() { short(&body.subject().to_string()) } else { names.join(", ") };
    format!("(for {names}; issued by {issuer})")
}

fn names(certificate: &Certificate) -> Vec<String> {
    let found = certificate.tbs_certificate().get_extension::<SubjectAltName>();
    let Ok(Some((_, SubjectAltName(names)))) = found else { return Vec::new() };
    let dns = names.iter().filter_map(|name| match name {
        GeneralName::DnsName(name) => Some(short(name.as_str())),
        _ => None,
    });
    dns.take(MOST_NAMES).collect()
}

fn short(name: &str) -> String {
    super::codec::cut_to_chars(&super::codec::tidy(name), 100)
}
