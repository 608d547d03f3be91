//! The mail server that mails are handed to.

use crate::config::{MailConfig, MailSecurity};
use anyhow::Context as _;
use lettre::message::Mailbox;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::fmt;
use std::time::Duration;
use url::Url;

/// How long the server may take for a command.
const COMMAND_LIMIT: Duration = Duration::from_secs(60);

/// Hands mails to the configured server, over a new connection each.
#[derive(Clone)]
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    /// The sender.
    pub(super) from: Mailbox,
    /// Most bytes of a mail's attachments.
    pub(super) most_bytes: u64,
    /// Where the desk is.
    pub(super) desk: Url,
}

impl Mailer {
    /// Reads the files that the settings name.
    ///
    /// # Errors
    /// A file that cannot be read, or a setting that cannot be used.
    pub(crate) fn open(config: &MailConfig, desk: Url) -> anyhow::Result<Self> {
        let tls = tls(config).context("mail")?;
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.server)
            .port(config.port)
            .timeout(Some(COMMAND_LIMIT))
            .tls(match config.security {
                MailSecurity::StartTls => Tls::Required(tls),
                MailSecurity::Tls => Tls::Wrapper(tls),
            });
        if let Some(domain) = desk.domain() {
            transport = transport.hello_name(ClientId::Domain(domain.to_owned()));
        }
        if let Some(account) = &config.account {
            let path = &account.password_file;
            let password = std::fs::read_to_string(path)
                .with_context(|| format!("mail.password_file: {} cannot be read", path.display()))?;
            transport = transport
                .credentials(Credentials::new(account.user_name.clone(), password.trim().to_owned()));
        }
        let from = config.from.parse().context("mail.from")?;
        Ok(Self { transport: transport.build(), from, most_bytes: config.most_bytes, desk })
    }

    /// Hands a mail over. `Ok` means that the server took it.
    ///
    /// # Errors
    /// What the server answered, or that it did not.
    pub(super) async fn send(&self, message: Message) -> Result<(), smtp::Error> {
        self.transport.send(message).await.map(drop)
    }
}

/// Without the password.
impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from).finish_non_exhaustive()
    }
}

fn tls(config: &MailConfig) -> anyhow::Result<TlsParameters> {
    let mut tls = TlsParameters::builder(config.server.clone());
    if let Some(path) = &config.ca_file {
        let pem =
            std::fs::read(path).with_context(|| format!("ca_file: {} cannot be read", path.display()))?;
        let certificate = Certificate::from_pem(&pem)
            .with_context(|| format!("ca_file: {} holds no certificate", path.display()))?;
        tls = tls.add_root_certificate(certificate);
    }
    Ok(tls.build_rustls()?)
}
