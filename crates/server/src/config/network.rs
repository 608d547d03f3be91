//! `[[network]]`: the chat networks.

use super::kind::{Kind, read_list, show_list};
use super::quiet::{self, QuietTimes};
use super::reader::Reader;
use super::xmpp::{self, XmppSettings};
use hookflash_connectors::skype::{SkypeGrant, SkypeLimits};
use hookflash_domain::NetworkId;
use hookflash_domain::consult::{CONSULTS_PER_EXPERT, IncomingPolicy};
use std::path::PathBuf;
use toml::Value;
use url::Url;

/// Most networks.
const MAX_NETWORKS: usize = 32;

/// A chat network on which experts are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkConfig {
    /// Its id, which stays when the name changes.
    pub id: NetworkId,
    /// What it speaks.
    pub kind: NetworkKind,
    /// Its name on screen.
    pub name: String,
    /// Where it is, where it is not discovered.
    pub address: Option<Url>,
    /// The domain of its users, such as `example.com`.
    pub sip_domain: Option<String>,
    /// A certificate authority to trust besides the system's, PEM.
    pub ca_file: Option<PathBuf>,
    /// What is done with chats that experts begin, where the agent has not chosen.
    pub incoming: Incoming,
    /// How many consults an expert may have at once for a hunt to ask them.
    pub consults_per_expert: u32,
    /// When hunts ask nobody of it, where nothing else is said of an expert.
    pub quiet: QuietTimes,
    /// How many users may have a licence for it; none for any number.
    pub seats: Option<u32>,
    /// Further domains whose servers may have an agent's ticket.
    pub trusted_domains: Vec<String>,
    /// The HTTP proxy to it.
    pub proxy: Option<Url>,
    /// How an agent's password may be used, the best first.
    pub grants: Vec<SkypeGrant>,
    /// The company's sign-in page, where agents may use it.
    pub oauth: Option<OauthConfig>,
    /// How much all agents together may ask of it.
    pub limits: SkypeLimits,
    /// Kind xmpp: what the component needs.
    pub xmpp: Option<XmppSettings>,
}

impl NetworkConfig {
    /// Where it is, as configured; none where it is found by the agent's address.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let server = self.xmpp.as_ref().map(|xmpp| xmpp.server.clone());
        server.or_else(|| self.address.as_ref().map(ToString::to_string))
    }
}

/// What a company's sign-in service (AD FS, Entra) knows us by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OauthConfig {
    /// Our client id there.
    pub client_id: String,
    /// A file with our secret there, where it wants one.
    pub client_secret_file: Option<PathBuf>,
    /// The scope to ask for, where it wants a scope in place of a resource.
    pub scope: Option<String>,
}

/// What a network speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkKind {
    /// Skype for Business Server over UCWA.
    Skype,
    /// An XMPP server that has Hookflash as its component.
    Xmpp,
}

impl NetworkKind {
    /// The word of the configuration and of the API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Skype => "skype",
            Self::Xmpp => "xmpp",
        }
    }

    /// What it is called where the administrator gives it no name.
    fn name(self) -> &'static str {
        match self {
            Self::Skype => "Skype for Business",
            Self::Xmpp => "XMPP",
        }
    }

    /// Whether an agent connects an account of their own.
    #[must_use]
    pub fn needs_account(self) -> bool {
        self == Self::Skype
    }
}

impl Kind for NetworkKind {
    const ALLOWED: &'static str = "skype or xmpp";
    fn read(value: &Value, _: bool) -> Option<Self> {
        let word = value.as_str()?;
        [Self::Skype, Self::Xmpp].into_iter().find(|kind| kind.word() == word)
    }
    fn shown(&self) -> String {
        format!("\"{}\"", self.word())
    }
}

/// What is done with chats that experts begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming(pub IncomingPolicy);

impl Kind for Incoming {
    const ALLOWED: &'static str = "accept, ask or on_call";
    fn read(value: &Value, _: bool) -> Option<Self> {
        let word = value.as_str()?;
        IncomingPolicy::ALL.into_iter().find(|policy| policy.word() == word).map(Self)
    }
    fn shown(&self) -> String {
        format!("\"{}\"", self.0.word())
    }
}

impl Kind for Vec<SkypeGrant> {
    const ALLOWED: &'static str =
        "a list of password and windows, each at most once, the one to try first in front";
    fn read(value: &Value, is_text: bool) -> Option<Self> {
        let read = |word: String| match word.as_str() {
            "password" => Some(SkypeGrant::Password),
            "windows" => Some(SkypeGrant::Windows),
            _ => None,
        };
        let grants: Self = read_list(value, is_text)?.into_iter().map(read).collect::<Option<_>>()?;
        let is_twice = |(place, grant)| grants.iter().take(place).any(|other| other == grant);
        (!grants.iter().enumerate().any(is_twice)).then_some(grants)
    }
    fn shown(&self) -> String {
        let word = |grant: &SkypeGrant| match grant {
            SkypeGrant::Password => "password".to_owned(),
            SkypeGrant::Windows => "windows".to_owned(),
        };
        show_list(self.iter().map(word))
    }
}

/// A network's id.
struct Id(String);

impl Kind for Id {
    const ALLOWED: &'static str = "1 to 32 small letters, digits and hyphens";
    fn read(value: &Value, _: bool) -> Option<Self> {
        let text = value.as_str()?;
        let good =
            text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        (good && (1..=32).contains(&text.len())).then(|| Self(text.to_owned()))
    }
    fn shown(&self) -> String {
        format!("\"{}\"", self.0)
    }
}

pub(super) fn read(reader: &mut Reader) -> Vec<NetworkConfig> {
    let networks = reader.each("network", read_one);
    for (place, network) in networks.iter().enumerate() {
        if networks.iter().take(place).any(|other| other.id == network.id) {
            reader.wrong("network", format!("two networks have the id {}", network.id.0));
        }
    }
    if networks.len() > MAX_NETWORKS {
        reader.wrong("network", format!("at most {MAX_NETWORKS} networks"));
    }
    networks
}

fn read_one(reader: &mut Reader) -> NetworkConfig {
    let kind = reader.value(
        "kind",
        NetworkKind::Skype,
        "What it speaks. skype: Skype for Business Server (UCWA). xmpp: an XMPP server that has Hookflash as its component.",
    );
    let word = Id(kind.word().to_owned());
    let id =
        reader.value("id", word, "Its id. Accounts belong to it, so it must not change. Left out: its kind.");
    NetworkConfig {
        id: NetworkId(id.0),
        kind,
        name: reader.value("name", kind.name().to_owned(), "Its name on screen."),
        address: reader
            .optional("address", "Where it is. Left out: found by the domain of the agent's address."),
        sip_domain: reader.optional("sip_domain", "The domain of its users, such as example.com."),
        incoming: reader.value(
            "incoming",
            Incoming(IncomingPolicy::Accept),
            "What is done with chats that experts begin, where the agent has not chosen. accept: taken at once. \
             ask: the agent is asked. on_call: taken at once during a call, otherwise left to the agent's other clients.",
        ),
        consults_per_expert: reader.value(
            "consults_per_expert",
            CONSULTS_PER_EXPERT,
            "How many consults an expert may have at once: who has as many, asked or open, is skipped when several \
             people are asked. A question to one person is not held up by it.",
        ),
        quiet: quiet::read(reader),
        seats: reader.optional("seats", "How many users may have its licence. Left out: any number."),
        ca_file: reader.optional("ca_file", "A certificate authority to trust besides the system's, PEM."),
        trusted_domains: reader.value(
            "trusted_domains",
            Vec::new(),
            "Domains of further servers that may have an agent's ticket: pools of other names, AD FS, Entra. \
             sip_domain, the agent's own domain and the host of address are trusted anyway.",
        ),
        proxy: reader.optional("proxy", "The HTTP proxy on the way to it. Left out: none, whatever the environment says."),
        grants: reader.value(
            "grants",
            vec![SkypeGrant::Password, SkypeGrant::Windows],
            "How an agent's password may be used; the first that the pool offers is taken. password: sent to the pool \
             over TLS. windows: proved by NTLM, not sent. An empty list: agents sign in on the company's page only.",
        ),
        oauth: read_oauth(reader),
        limits: read_limits(reader),
        xmpp: xmpp::read(reader, kind == NetworkKind::Xmpp),
    }
}

fn read_limits(reader: &mut Reader) -> SkypeLimits {
    let usual = SkypeLimits::default();
    let most_at_once = u32::try_from(usual.sign_ins_at_once).unwrap_or(u32::MAX);
    SkypeLimits {
        requests_per_second: reader.number(
            "requests_per_second",
            usual.requests_per_second,
            10..=100_000,
            "Requests a second that all agents together may make; requests for events, which the pool holds, are \
             counted apart and may be as many. A quarter is kept for what people wait for, messages, invitations, \
             searches, which also take what the rest leaves. Less makes it longer until all are back after a \
             restart of the pool.",
        ),
        sign_ins_at_once: reader.number(
            "sign_ins_at_once",
            most_at_once,
            1..=1_000,
            "Agents that may be signing in to it at the same moment; the others wait.",
        ) as usize,
    }
}

fn read_oauth(reader: &mut Reader) -> Option<OauthConfig> {
    let client_id: Option<String> = reader.optional(
        "oauth_client_id",
        "Our client id at the company's sign-in service (AD FS, Entra). With it agents can sign in on the company's \
         page. Needs http.public_url; the page to return to is its /network-sign-in.",
    );
    let client_secret_file = reader
        .optional("oauth_client_secret_file", "A file with our secret there, where the service wants one.");
    let scope = reader.optional(
        "oauth_scope",
        "The scope to ask for. Left out: the pool's address as resource, which AD FS and Entra's v1 endpoint take.",
    );
    let has_more = client_secret_file.is_some() || scope.is_some();
    if client_id.is_none() && has_more {
        reader.wrong("oauth_client_id", "is needed with oauth_client_secret_file and oauth_scope");
    }
    client_id.map(|client_id| OauthConfig { client_id, client_secret_file, scope })
}
