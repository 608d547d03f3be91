//! What an administrator says of a Skype for Business site.

use crate::Secret;
use hookflash_domain::NetworkId;
use std::net::SocketAddr;
use std::time::Duration;
use url::Url;

/// A Skype for Business site.
#[derive(Debug, Clone)]
pub struct SkypeConfig {
    /// Its name in the configuration.
    pub network: NetworkId,
    /// Where discovery begins, such as `https://lyncdiscover.example.com/`. Absent: the names
    /// `lyncdiscoverinternal` and `lyncdiscover` in the domain of the agent's address.
    pub address: Option<Url>,
    /// Further domains whose hosts may be given the agent's ticket (hybrid sites, pools in another
    /// domain). The domain of the address and of the agent are trusted anyway.
    pub trusted_domains: Vec<String>,
    /// Certificates (PEM) of private authorities, trusted beside the system's.
    pub ca_pem: Option<String>,
    /// Ways to get a ticket with an agent's password, the first that the pool offers is taken; what is
    /// left out is never used.
    pub grants: Vec<SkypeGrant>,
    /// Our name at the company's sign-in service (OAuth); absent: agents cannot sign in there.
    pub oauth_client_id: Option<String>,
    /// Our proof to it, where it wants one beside PKCE.
    pub oauth_client_secret: Option<Secret>,
    /// What is asked of it as `scope`; absent: the pool's own address as `resource`, which AD FS and
    /// Entra's first endpoint take.
    pub oauth_scope: Option<String>,
    /// HTTP proxy for everything; absent: none, whatever the environment says.
    pub proxy: Option<Url>,
    /// Takes `http://` too. For the lab only: passwords would be readable on the way.
    pub accept_plain_http_for_lab: bool,
    /// Addresses of hosts which the machine's name service does not know.
    pub resolve: Vec<(String, SocketAddr)>,
    /// How the pool's logs name us; at most 100 characters.
    pub user_agent: String,
    /// Longest message in bytes that goes at once; longer ones go in parts. The protocol states
    /// none, pools answer 413 (UCWA 5.5).
    pub longest_part: usize,
    /// Longest opening message in bytes; it travels in a SIP header (UCWA 5.5).
    pub longest_opening: usize,
    /// How much all sessions together may ask of the site.
    pub limits: SkypeLimits,
    /// Times.
    pub timing: SkypeTiming,
}

impl SkypeConfig {
    /// A site with the usual limits, found by discovery.
    #[must_use]
    pub fn new(network: NetworkId) -> Self {
        Self {
            network,
            address: None,
            trusted_domains: Vec::new(),
            ca_pem: None,
            grants: vec![SkypeGrant::Password, SkypeGrant::Windows],
            oauth_client_id: None,
            oauth_client_secret: None,
            oauth_scope: None,
            proxy: None,
            accept_plain_http_for_lab: false,
            resolve: Vec::new(),
            user_agent: concat!("Hookflash/", env!("CARGO_PKG_VERSION")).to_owned(),
            longest_part: 8_000,
            longest_opening: 4_000,
            limits: SkypeLimits::default(),
            timing: SkypeTiming::default(),
        }
    }
}

/// A way to get a ticket with an agent's password (UCWA 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkypeGrant {
    /// The password is sent to the pool, over TLS.
    Password,
    /// NTLM: the password is proved, not sent.
    Windows,
}

/// How much all sessions of this process together may ask of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkypeLimits {
    /// Requests a second, those for events apart, which may be as many. A quarter is kept for what people wait for, which also takes what the rest
    /// leaves: a chat goes on while a thousand agents sign in again after a pool's restart.
    pub requests_per_second: u32,
    /// Sign-ins under way at once.
    pub sign_ins_at_once: usize,
}

impl Default for SkypeLimits {
    fn default() -> Self {
        Self { requests_per_second: 1_000, sign_ins_at_once: 16 }
    }
}

/// Times of a site.
#[derive(Debug, Clone)]
pub struct SkypeTiming {
    /// Longest a call waits for the link to come up.
    pub call_wait: Duration,
    /// Longest an exchange of a command may take.
    pub command: Duration,
    /// Longest a connection may take to be made.
    pub connect: Duration,
    /// Longest that one address is tried in discovery, with all its redirects.
    pub candidate: Duration,
    /// How long the pool holds an event request that has nothing to tell; 180 to 1800 s.
    pub events: Duration,
    /// After sign-in: how long to wait for missed events before a chat is believed to be gone.
    pub settle: Duration,
    /// First wait after trouble; doubles, with jitter.
    pub shortest_retry: Duration,
    /// Longest wait after trouble.
    pub longest_retry: Duration,
    /// A pending invitation that failed after this long was not answered (UCWA 5.2).
    pub no_answer_after: Duration,
    /// How often activity is reported while there is some; under 4 minutes (UCWA 2.3).
    pub activity: Duration,
    /// How often typing is reported at most (UCWA 5.6).
    pub typing: Duration,
}

impl Default for SkypeTiming {
    fn default() -> Self {
        Self {
            call_wait: Duration::from_secs(5),
            command: Duration::from_secs(20),
            connect: Duration::from_secs(5),
            candidate: Duration::from_secs(10),
            events: Duration::from_secs(180),
            settle: Duration::from_secs(3),
            shortest_retry: Duration::from_secs(1),
            longest_retry: Duration::from_secs(60),
            no_answer_after: Duration::from_secs(25),
            activity: Duration::from_secs(180),
            typing: Duration::from_secs(3),
        }
    }
}
