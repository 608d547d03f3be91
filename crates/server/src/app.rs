//! The running server: opens its parts in order, and closes them in the opposite one.

use crate::config::{Config, NetworkConfig, TlsFiles};
use crate::directory::{Addresses, People};
use crate::engine::{Engine, EngineParts, Links, NetworkSettings};
use crate::http::router::router;
use crate::http::server::Listening;
use crate::http::state::AppState;
use crate::networks::connector;
use crate::reports::{Mailer, Postman};
use crate::secrets::{Rekeyed, StoredAccounts, Vault, rekey};
use anyhow::Context as _;
use hookflash_domain::{NetworkId, Timestamp};
use hookflash_store::{Options, Store, StoreError};
use hookflash_voice::{SipAddresses, Voice, VoiceEvent};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// News of calls that may wait for the engine.
const VOICE_NEWS: usize = 1_024;
/// How long stopping may take.
const STOP_WITHIN: Duration = Duration::from_secs(10);
/// How long the answer to a command is kept for a desk that asks again.
const ANSWERS_KEPT_MS: i64 = 24 * 60 * 60 * 1_000;
/// How long it is kept at least that a schedule of reports was due.
const FIRES_KEPT_MS: i64 = 24 * 60 * 60 * 1_000;
/// How often what is old is forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(60 * 60);

/// A server that runs.
pub struct App {
    /// Where HTTP is served.
    pub address: SocketAddr,
    /// Where SIP is listened to.
    pub sip: SipAddresses,
    /// What the handlers share.
    pub state: AppState,
    voice: Option<Voice>,
    stop: CancellationToken,
    http: JoinHandle<()>,
    reports: JoinHandle<()>,
    schedules: JoinHandle<()>,
    mails: JoinHandle<()>,
    ldap: JoinHandle<()>,
}

impl App {
    /// Opens everything and begins to answer. rustls' default provider must be installed.
    ///
    /// # Errors
    /// A part that cannot be opened, in words that say which.
    pub async fn start(config: Config) -> anyhow::Result<Self> {
        crate::metrics::install();
        let config = Arc::new(config);
        let store = open_store(&config).await?;
        let vault = open_vault(&config)?;
        change_key(&store, &vault).await?;
        let tls = config.http.tls.as_ref().map(open_tls).transpose()?;
        let mailer = config.mail.as_ref().zip(config.http.public_url.clone());
        let mailer = mailer.map(|(mail, desk)| Mailer::open(mail, desk)).transpose()?;
        let listener = TcpListener::bind(config.http.listen)
            .await
            .with_context(|| format!("http.listen: cannot listen on {}", config.http.listen))?;
        let address = listener.local_addr()?;
        let connectors = config.networks.iter().map(connector).collect::<anyhow::Result<_>>()?;
        let network_settings = config.networks.iter().map(settings).collect();
        let (voice, news) = open_voice(&config).await?.unzip();
        let sip = voice.as_ref().map(Voice::sip_addresses).unwrap_or_default();
        let components = config.networks.iter().filter_map(|network| {
            let xmpp = network.xmpp.as_ref()?;
            Some((network.id.clone(), xmpp.component.clone()))
        });
        let components = components.collect();
        let accounts = Arc::new(StoredAccounts { store: store.clone(), vault: vault.clone(), components });
        let people = People::default();
        let links = config.http.public_url.as_ref();
        let links = links.map(|url| Links::new(url, vault.link_key().clone(), config.handover.link_for_ms));
        let parts = EngineParts {
            store: store.clone(),
            connectors,
            network_settings,
            voice: voice.clone().zip(news),
            accounts,
            people: (people.clone(), Addresses::of_config(&config)),
            links,
        };
        let engine = Engine::start(parts).await.context("the engine cannot start")?;
        let state = AppState::new(store, engine, Arc::clone(&config), vault, people.clone());
        let stop = CancellationToken::new();
        let snapshot = config.secrets.key_file.with_extension("people");
        tokio::spawn(people.clone().follow(state.store.clone(), snapshot, stop.clone()));
        let listening = Listening {
            listener,
            tls,
            router: router(state.clone()),
            connections: config.limits.connections,
        };
        let http = tokio::spawn(listening.run(stop.clone()));
        tokio::spawn(forget_old(state.store.clone(), stop.clone()));
        let reports = tokio::spawn(state.runner.clone().run(stop.clone()));
        let schedules = tokio::spawn(state.scheduler.clone().run(stop.clone()));
        let mails = tokio::spawn(Postman::new(state.store.clone(), mailer).run(stop.clone()));
        let ldap = tokio::spawn(state.ldap.clone().run(stop.clone()));
        tokio::spawn(crate::metrics::sum_up(stop.clone()));
        tracing::info!(%address, https = config.is_https(), sip_udp = ?sip.udp, sip_tcp = ?sip.tcp, "Hookflash serves");
        Ok(Self { address, sip, state, voice, stop, http, reports, schedules, mails, ldap })
    }

    /// Takes nothing new, finishes what was begun, and closes everything within ten seconds.
    pub async fn stop(self) {
        tracing::info!("stopping");
        self.stop.cancel();
        let close = async {
            self.state.engine.stop().await;
            if let Some(voice) = &self.voice {
                voice.stop().await;
            }
            // Requests under way and a report that is being made may still need the store.
            let _ = self.http.await;
            let _ = self.reports.await;
            let _ = self.schedules.await;
            let _ = self.mails.await;
            let _ = self.ldap.await;
            self.state.store.close().await;
        };
        if tokio::time::timeout(STOP_WITHIN, close).await.is_err() {
            tracing::warn!("not everything was closed within ten seconds; what was acknowledged is on disk");
        }
        tracing::info!("stopped");
    }
}

/// Opens the database; the folder of a SQLite file is made.
///
/// # Errors
/// The database cannot be opened.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    if let Some(folder) = config.store.sqlite_file().and_then(Path::parent) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("store.url: cannot make {}", folder.display()))?;
    }
    Store::open(&config.store.url, Options::default())
        .await
        .context("store.url: the database cannot be opened")
}

/// Opens the key with which secrets are encrypted.
///
/// # Errors
/// The key file cannot be read or made.
pub fn open_vault(config: &Config) -> anyhow::Result<Vault> {
    let path = &config.secrets.key_file;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("secrets.key_file: cannot make {}", folder.display()))?;
    }
    Vault::open(&config.secrets).context("secrets")
}

/// Encrypts all secrets anew where the key is being changed, before anybody signs in with one.
async fn change_key(store: &Store, vault: &Vault) -> anyhow::Result<()> {
    if vault.has_former() {
        let Rekeyed { done_count, lost_count } = rekey(store, vault)
            .await
            .context("secrets.old_key_file: the secrets could not all be encrypted anew")?;
        tracing::info!(
            done_count,
            lost_count,
            "secrets are encrypted with secrets.key_file; secrets.old_key_file can be taken out of the settings"
        );
    }
    Ok(())
}

async fn open_voice(config: &Config) -> anyhow::Result<Option<(Voice, mpsc::Receiver<VoiceEvent>)>> {
    let Some(settings) = config.voice.clone() else { return Ok(None) };
    let (sender, news) = mpsc::channel(VOICE_NEWS);
    Ok(Some((Voice::start(settings, sender).await.context("voice")?, news)))
}

fn open_tls(files: &TlsFiles) -> anyhow::Result<TlsAcceptor> {
    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    let cert = &files.cert;
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .with_context(|| format!("http.tls_cert: {} cannot be read", cert.display()))?;
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .with_context(|| format!("http.tls_key: {} cannot be read", files.key.display()))?;
    let mut config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .context("http.tls_cert and http.tls_key do not fit")?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn settings(network: &NetworkConfig) -> (NetworkId, NetworkSettings) {
    let settings = NetworkSettings {
        name: network.name.clone(),
        incoming: network.incoming.0,
        consults_per_expert: network.consults_per_expert,
        quiet_hours: network.quiet.hours.clone(),
        quiet_zone: network.quiet.zone.clone(),
    };
    (network.id.clone(), settings)
}

/// Forgets sessions that have ended, answers to commands that no desk will ask for again, and reports whose time
/// is over.
async fn forget_old(store: Store, stop: CancellationToken) {
    loop {
        let now = crate::clock::now();
        if let Err(error) = store.forget_expired_sessions(now).await {
            tracing::warn!(%error, "sessions that have ended could not be forgotten");
        }
        if let Err(error) = store.forget_command_answers(now.plus_ms(-ANSWERS_KEPT_MS)).await {
            tracing::warn!(%error, "old answers to commands could not be forgotten");
        }
        if let Err(error) = forget_reports(&store, now).await {
            tracing::warn!(%error, "reports whose time is over could not be removed");
        }
        tokio::select! {
            () = tokio::time::sleep(FORGET_EVERY) => {}
            () = stop.cancelled() => return,
        }
    }
}

async fn forget_reports(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    while store.forget_expired_report_run(now).await? {}
    // Their reports may still be on their way.
    store.forget_report_fires(now.plus_ms(-FIRES_KEPT_MS)).await
}
