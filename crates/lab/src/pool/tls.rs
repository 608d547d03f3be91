//! The lab's certificate authority and the pool's certificate, made anew at every start and when asked.

use std::sync::Arc;

use parking_lot::Mutex;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The certificate of the moment.
pub(crate) struct Tls {
    hosts: Vec<String>,
    state: Mutex<State>,
}

struct State {
    authority: CertifiedIssuer<'static, KeyPair>,
    config: Arc<ServerConfig>,
}

impl Tls {
    /// An authority, and a certificate for the names of the pool.
    pub(crate) fn new(domain: &str, names: &[String]) -> anyhow::Result<Self> {
        let mut hosts = vec![format!("lyncweb.{domain}")];
        hosts.extend(["localhost", "127.0.0.1", "::1"].map(str::to_owned));
        for host in ["lyncdiscover", "lyncdiscoverinternal", "fe01"] {
            hosts.push(format!("{host}.{domain}"));
        }
        hosts.extend(names.iter().cloned());
        let authority = authority()?;
        let config = certificate(&hosts, &authority)?;
        Ok(Self { hosts, state: Mutex::new(State { authority, config }) })
    }

    /// What the next connection gets.
    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        self.state.lock().config.clone()
    }

    /// The authority's certificate as PEM.
    pub(crate) fn authority(&self) -> String {
        self.state.lock().authority.pem()
    }

    /// Another certificate from here on, of another authority where that is asked for.
    pub(crate) fn renew(&self, new_authority: bool) -> anyhow::Result<()> {
        let mut state = self.state.lock();
        if new_authority {
            state.authority = authority()?;
        }
        state.config = certificate(&self.hosts, &state.authority)?;
        Ok(())
    }
}

fn authority() -> anyhow::Result<CertifiedIssuer<'static, KeyPair>> {
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority.distinguished_name.push(DnType::CommonName, "Hookflash lab CA (not for production)");
    Ok(CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?)
}

fn certificate(
    hosts: &[String],
    authority: &CertifiedIssuer<'static, KeyPair>,
) -> anyhow::Result<Arc<ServerConfig>> {
    let mut own = CertificateParams::new(hosts.to_vec())?;
    own.distinguished_name.push(DnType::CommonName, hosts.first().cloned().unwrap_or_default());
    own.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = own.signed_by(&key, authority)?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone(), authority.der().clone()], key)?;
    // A front end of 2015 speaks HTTP/1.1 only.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
