//! `[mail]`.

use super::kind::Kind;
use super::reader::Reader;
use std::path::PathBuf;
use toml::Value;

/// The mail server that reports are handed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailConfig {
    /// Its name, which its certificate must have.
    pub server: String,
    /// Where it listens.
    pub port: u16,
    /// How the connection is encrypted.
    pub security: MailSecurity,
    /// Certificates that are believed besides the system's, PEM.
    pub ca_file: Option<PathBuf>,
    /// The account, where the server wants one.
    pub account: Option<MailAccount>,
    /// The sender, such as `Hookflash <reports@example.com>`.
    pub from: String,
    /// Domains that reports may be sent to; all where empty.
    pub domains: Vec<String>,
    /// Most bytes of a mail's attachments; above it a link is sent.
    pub most_bytes: u64,
}

/// An account of a mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAccount {
    /// The name to sign in with.
    pub user_name: String,
    /// A file with the password.
    pub password_file: PathBuf,
}

/// How the connection to a mail server is encrypted. There is none without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailSecurity {
    /// Begun in the clear and encrypted before anything is said (RFC 3207).
    StartTls,
    /// Encrypted from the first byte (RFC 8314).
    Tls,
}

pub(super) fn read(reader: &mut Reader) -> Option<MailConfig> {
    let server: Option<String> =
        reader.optional("mail.server", "The mail server that takes our mails (SMTP), by the name in its certificate. Without it reports are sent to nobody.");
    let security = reader.value(
        "mail.security",
        MailSecurity::StartTls,
        "How the connection is encrypted: starttls after it was begun, tls from the first byte.",
    );
    let port =
        reader.number("mail.port", 0, 0..=65_535, "Its port. 0 is 587 with starttls and 465 with tls.");
    let ca_file = reader.optional(
        "mail.ca_file",
        "Certificates, PEM, that are believed besides the system's: for a server with one of the company's own.",
    );
    let account = read_account(reader);
    let from: Option<String> =
        reader.optional("mail.from", "The sender, such as Hookflash <reports@example.com>.");
    let domains: Vec<String> = reader.value(
        "mail.domains",
        Vec::new(),
        "Domains that reports may be sent to. Where none is named, any.",
    );
    let most_kb = reader.number(
        "mail.longest_attachment_kb",
        10_000,
        1..=100_000,
        "Most kilobytes of the files of one mail. More are not attached; the mail leads to them.",
    );
    let server = server?;
    let Some(from) = from else {
        reader.wrong("mail.from", "is needed with mail.server");
        return None;
    };
    if from.parse::<lettre::message::Mailbox>().is_err() {
        reader.wrong("mail.from", "must be an address, such as Hookflash <reports@example.com>");
    }
    let port = u16::try_from(port).ok().filter(|port| *port > 0).unwrap_or(security.port());
    let most_bytes = u64::from(most_kb) * 1_000;
    Some(MailConfig { server, port, security, ca_file, account, from, domains, most_bytes })
}

fn read_account(reader: &mut Reader) -> Option<MailAccount> {
    let user_name =
        reader.optional("mail.user_name", "The account to sign in with, where the server wants one.");
    let password_file = reader.optional("mail.password_file", "A file with its password.");
    match (user_name, password_file) {
        (Some(user_name), Some(password_file)) => Some(MailAccount { user_name, password_file }),
        (None, None) => None,
        (Some(_), None) => {
            reader.wrong("mail.password_file", "is needed with mail.user_name");
            None
        }
        (None, Some(_)) => {
            reader.wrong("mail.user_name", "is needed with mail.password_file");
            None
        }
    }
}

impl MailSecurity {
    fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
        }
    }
}

impl Kind for MailSecurity {
    const ALLOWED: &'static str = "starttls or tls";
    fn read(value: &Value, _: bool) -> Option<Self> {
        match value.as_str()? {
            "starttls" => Some(Self::StartTls),
            "tls" => Some(Self::Tls),
            _ => None,
        }
    }
    fn shown(&self) -> String {
        let word = match self {
            Self::StartTls => "starttls",
            Self::Tls => "tls",
        };
        format!("\"{word}\"")
    }
}
