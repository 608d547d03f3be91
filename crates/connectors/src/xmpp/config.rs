//! What an administrator sets.

use crate::Secret;
use hookflash_domain::NetworkId;
use std::time::Duration;

/// An XMPP server that has Hookflash as its component.
#[derive(Debug, Clone)]
pub struct XmppConfig {
    /// Its name in the configuration.
    pub network: NetworkId,
    /// Where the server listens for components: host and port, such as `127.0.0.1:5347`. The stream is
    /// not encrypted (XEP-0114), so it belongs on the same machine or into a tunnel.
    pub address: String,
    /// The component's own domain, such as `assist.example.com`. Agents' addresses are in it.
    pub component: String,
    /// The secret that server and component share.
    pub secret: Secret,
    /// The domain of the experts, such as `example.com`.
    pub domain: String,
    /// The address of a search service (XEP-0055), such as `search.example.com`. Absent: no search.
    pub search: Option<String>,
    /// The local part of the address that is in everybody's contact list by a shared roster, and whose
    /// probes tell presence. Absent: presence only where the server grants it (XEP-0356).
    pub watcher: Option<String>,
    /// The language in which an expert is spoken to whose own is not known: `en` or `de`.
    pub language: String,
    /// Times.
    pub timing: XmppTiming,
}

impl XmppConfig {
    /// A component on this machine's usual port, without search and watcher, speaking English.
    #[must_use]
    pub fn new(network: NetworkId, component: &str, domain: &str, secret: Secret) -> Self {
        Self {
            network,
            address: "127.0.0.1:5347".to_owned(),
            component: component.to_owned(),
            secret,
            domain: domain.to_owned(),
            search: None,
            watcher: None,
            language: "en".to_owned(),
            timing: XmppTiming::default(),
        }
    }
}

/// Times of the connector.
#[derive(Debug, Clone)]
pub struct XmppTiming {
    /// Longest wait for the server to take the connection and the secret.
    pub connect: Duration,
    /// The server is asked whether it is there when nothing came for this long.
    pub quiet: Duration,
    /// Longest wait for an answer to that.
    pub patience: Duration,
    /// Shortest pause before the next attempt; doubles.
    pub shortest_retry: Duration,
    /// Longest of these pauses.
    pub longest_retry: Duration,
    /// Longest that a call waits for the server.
    pub call_wait: Duration,
    /// Shortest pause between two signs of typing.
    pub typing: Duration,
}

impl Default for XmppTiming {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            connect: seconds(10),
            quiet: seconds(20),
            patience: seconds(15),
            shortest_retry: Duration::from_millis(250),
            longest_retry: seconds(30),
            call_wait: seconds(10),
            typing: seconds(5),
        }
    }
}
