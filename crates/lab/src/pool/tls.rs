//! The lab's certificate authority and the pool's certificate, made anew at every start.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// A server configuration and the CA's certificate as PEM.
pub(crate) fn make(domain: &str, names: &[String]) -> anyhow::Result<(Arc<rustls::ServerConfig>, String)> {
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority.distinguished_name.push(DnType::CommonName, "Hookflash lab CA (not for production)");
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

    let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    for host in ["lyncdiscover", "lyncdiscoverinternal", "lyncweb", "fe01"] {
        hosts.push(format!("{host}.{domain}"));
    }
    hosts.extend(names.iter().cloned());
    let mut own = CertificateParams::new(hosts)?;
    own.distinguished_name.push(DnType::CommonName, format!("lyncweb.{domain}"));
    own.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = own.signed_by(&key, &authority)?;

    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone(), authority.der().clone()], key)?;
    // A front end of 2015 speaks HTTP/1.1 only.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((Arc::new(config), authority.pem()))
}
