//! The settings: one TOML file, then the environment, then flags; the later one wins.
//!
//! Invariant: all mistakes are found at once, and a setting that is not known is one. Each key is
//! named, described and checked in one place, from which the administrator's page is made.

mod handover;
mod http;
mod kind;
mod limits;
mod log;
mod mail;
mod mistake;
mod network;
mod quiet;
mod reader;
mod reference;
mod reports;
mod source;
mod store;
mod voice;
mod xmpp;

pub use handover::HandoverConfig;
pub use http::{HttpConfig, TlsFiles};
pub use limits::LimitsConfig;
pub use log::{LogConfig, LogFormat};
pub use mail::{MailAccount, MailConfig, MailSecurity};
pub use mistake::{Mistake, Mistakes};
pub use network::{NetworkConfig, NetworkKind, OauthConfig};
pub use quiet::QuietTimes;
pub use reference::markdown;
pub use reports::ReportsConfig;
pub use source::Sources;
pub use store::{SecretsConfig, StoreConfig};
pub use xmpp::XmppSettings;

pub use hookflash_voice::Network;

use hookflash_voice::VoiceConfig;
use reader::Reader;

/// All settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// How the desk and the API are served.
    pub http: HttpConfig,
    /// Where facts are kept.
    pub store: StoreConfig,
    /// How secrets at rest are protected.
    pub secrets: SecretsConfig,
    /// Calls; none when no SIP address is configured.
    pub voice: Option<VoiceConfig>,
    /// The chat networks.
    pub networks: Vec<NetworkConfig>,
    /// The mail server that reports are handed to; none where none is configured.
    pub mail: Option<MailConfig>,
    /// Reports that are asked for.
    pub reports: ReportsConfig,
    /// Links by which attached data is handed over.
    pub handover: HandoverConfig,
    /// What is written to the log, and how.
    pub log: LogConfig,
    /// What one client may ask for.
    pub limits: LimitsConfig,
}

impl Config {
    /// Reads and checks the settings.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn load(sources: &Sources) -> Result<Self, Mistakes> {
        let mut reader = Reader::open(sources)?;
        let config = Self::read(&mut reader);
        reader.finish().map(|()| config)
    }

    /// The network of this id.
    #[must_use]
    pub fn network(&self, id: &str) -> Option<&NetworkConfig> {
        self.networks.iter().find(|network| network.id.0 == id)
    }

    /// Whether browsers reach this server over HTTPS, by itself or through a proxy.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.http.tls.is_some() || self.http.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    fn read(reader: &mut Reader) -> Self {
        let http = http::read(reader);
        let store = store::read(reader);
        let secrets = store::read_secrets(reader, &store);
        let networks = network::read(reader);
        if http.public_url.is_none() && networks.iter().any(|network| network.oauth.is_some()) {
            reader.wrong(
                "http.public_url",
                "is needed with network.oauth_client_id: the company's page leads back there",
            );
        }
        let mail = mail::read(reader);
        if http.public_url.is_none() && mail.is_some() {
            reader.wrong("http.public_url", "is needed with mail.server: mails lead there");
        }
        Self {
            http,
            store,
            secrets,
            voice: voice::read(reader),
            networks,
            mail,
            reports: reports::read(reader),
            handover: handover::read(reader),
            log: log::read(reader),
            limits: limits::read(reader),
        }
    }
}

impl Default for Config {
    /// What holds when nothing is set.
    fn default() -> Self {
        Self::read(&mut Reader::empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, env: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        let env = env.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let sources = Sources { text: Some(("test.toml".into(), text.to_owned())), env, flags: Vec::new() };
        Config::load(&sources).map_err(|wrong| wrong.0.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn nothing_set_is_a_working_configuration() {
        let config = load("", &[]).unwrap();
        assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.store.url, "sqlite:data/hookflash.db");
        assert_eq!(config.secrets.key_file.to_str(), Some("data/hookflash.key"));
        assert!(config.voice.is_none());
    }

    #[test]
    fn the_environment_goes_over_the_file_and_flags_over_both() {
        let text =
            Some(("t".into(), "[http]\nlisten = \"127.0.0.1:1\"\n[log]\nformat = \"json\"".to_owned()));
        let env = vec![("HOOKFLASH_HTTP__LISTEN".to_owned(), "127.0.0.1:2".to_owned())];
        let flags = vec![("http.listen", "127.0.0.1:3".to_owned())];
        let both = Config::load(&Sources { text: text.clone(), env: env.clone(), flags }).unwrap();
        let env_only = Config::load(&Sources { text, env, flags: Vec::new() }).unwrap();
        assert_eq!((both.http.listen.port(), env_only.http.listen.port()), (3, 2));
        assert_eq!(env_only.log.format, LogFormat::Json);
    }

    #[test]
    fn all_mistakes_are_told_at_once_with_key_value_and_what_is_allowed() {
        let text = "[http]\nlisten = \"here\"\nlistn = 1\n[voice]\nsip_udp = \"127.0.0.1:5060\"\nmax_calls = -1\n\
                    [log]\nlevel = \"loud\"\n[[network]]\nid = \"s k\"\nkind = \"icq\"\n";
        let wrong = load(text, &[("HOOKFLASH_STORE__URI", "x")]).unwrap_err();
        let expected = [
            "http.listen = \"here\" in test.toml: must be an address with a port",
            "http.listn in test.toml: there is no such setting; did you mean http.listen?",
            "voice.max_calls = -1 in test.toml: must be a number from 1 to 100000",
            "log.level = \"loud\" in test.toml: must be",
            "network[1].id = \"s k\" in test.toml: must be",
            "network[1].kind = \"icq\" in test.toml: must be skype",
            "store.uri in HOOKFLASH_STORE__URI: there is no such setting; did you mean store.url?",
        ];
        for start in expected {
            assert!(wrong.iter().any(|mistake| mistake.starts_with(start)), "{start}\n{wrong:#?}");
        }
        assert_eq!(wrong.len(), expected.len(), "{wrong:#?}");
    }

    #[test]
    fn an_xmpp_network_says_what_it_needs() {
        let text = "[[network]]\nkind = \"xmpp\"\ncomponent = \"assist.uc.test\"\nlanguage = \"fr\"\n";
        let wrong = load(text, &[]).unwrap_err();
        let expected = [
            "network[1].language = \"fr\" in test.toml: must be en or de",
            "network[1].component: kind xmpp needs component, component_secret_file and domain",
        ];
        assert_eq!(wrong, expected);
        let text = "[[network]]\nkind = \"xmpp\"\ncomponent = \"assist.uc.test\"\ndomain = \"uc.test\"\n\
                    component_secret_file = \"secret\"\n";
        let network = load(text, &[]).unwrap().networks.remove(0);
        let xmpp = network.xmpp.unwrap();
        assert_eq!(network.id.0, "xmpp");
        assert_eq!((network.name.as_str(), xmpp.server.as_str()), ("XMPP", "127.0.0.1:5347"));
    }

    #[test]
    fn quiet_hours_of_a_network_are_read() {
        let text = |hours: &str, zone: &str| {
            format!("[[network]]\nquiet_hours = \"{hours}\"\nquiet_zone = \"{zone}\"\n")
        };
        let quiet = load(&text("18:00-08:00", "Europe/Berlin"), &[]).unwrap().networks.remove(0).quiet;
        assert_eq!((quiet.hours.text(), quiet.zone.iana_name()), ("18:00-08:00", Some("Europe/Berlin")));
        let wrong = load(&text("tonight", "Mars"), &[]).unwrap_err();
        let expected = [
            "network[1].quiet_hours = \"tonight\" in test.toml: must be hours such as",
            "network[1].quiet_zone = \"Mars\" in test.toml: must be a name of the time-zone database",
        ];
        assert!(
            wrong.len() == 2 && expected.iter().zip(&wrong).all(|(start, one)| one.starts_with(start)),
            "{wrong:?}"
        );
    }

    #[test]
    fn a_broken_file_says_where() {
        let wrong = load("[http\nlisten = 3", &[]).unwrap_err();
        assert!(wrong.len() == 1 && wrong[0].contains("line 1"), "{wrong:?}");
    }

    #[test]
    fn the_password_of_the_database_shows_nowhere() {
        let config = load("[store]\nurl = \"postgres://me:hunter2@db/x\"", &[]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        let wrong = load("[store]\nurl = \"mysql://me:hunter2@db/x\"", &[]).unwrap_err();
        assert!(!wrong.join("\n").contains("hunter2"), "{wrong:?}");
    }

    #[test]
    fn the_administrators_page_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/administrators/configuration.md");
        let page = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            page == markdown(),
            "docs/administrators/configuration.md is old: write it with `hookflash check-config --reference`"
        );
    }
}
