//! Which hosts may be given an agent's password or ticket.

use crate::skype::{SkypeConfig, fault::Fault};
use url::{Host, Url};

/// The hosts that one agent's session trusts.
#[derive(Debug, Clone)]
pub(in crate::skype) struct Trust {
    domains: Vec<String>,
    hosts: Vec<String>,
    accept_plain: bool,
}

impl Trust {
    /// Trusts the configured address, the configured domains and the agent's own domain.
    pub(in crate::skype) fn new(config: &SkypeConfig, sip_domain: &str) -> Self {
        let mut domains: Vec<String> =
            config.trusted_domains.iter().map(|domain| domain.trim_matches('.').to_lowercase()).collect();
        domains.push(sip_domain.to_lowercase());
        domains.retain(|domain| !domain.is_empty());
        let hosts = config.address.as_ref().and_then(Url::host_str).map(str::to_lowercase);
        Self { domains, hosts: hosts.into_iter().collect(), accept_plain: config.accept_plain_http_for_lab }
    }

    /// Refuses an address that a ticket must not be sent to.
    pub(in crate::skype) fn check(&self, url: &Url) -> Result<(), Fault> {
        let plain = url.scheme() == "http" && self.accept_plain;
        if url.scheme() != "https" && !plain {
            let host = url.host_str().unwrap_or_default();
            return Err(Fault::Protocol(format!("The server leads to {host} without encryption (https).")));
        }
        if self.knows(url) {
            return Ok(());
        }
        let host = url.host_str().unwrap_or_default();
        Err(Fault::Protocol(format!(
            "The server leads to {host}, which is not trusted. Add its domain to trusted_domains."
        )))
    }

    /// Whether the lab may be asked without encryption.
    pub(in crate::skype) fn accepts_plain(&self) -> bool {
        self.accept_plain
    }

    /// Whether the host is one of those that are trusted, whatever the scheme.
    pub(in crate::skype) fn knows(&self, url: &Url) -> bool {
        let Some(host) = url.host_str().map(str::to_lowercase) else { return false };
        let in_domain = |domain: &String| {
            host == *domain || host.strip_suffix(domain.as_str()).is_some_and(|left| left.ends_with('.'))
        };
        let is_name = matches!(url.host(), Some(Host::Domain(_)));
        self.hosts.contains(&host) || (is_name && self.domains.iter().any(in_domain))
    }
}

#[cfg(test)]
mod tests {
    use super::Trust;
    use crate::skype::SkypeConfig;
    use hookflash_domain::NetworkId;

    #[test]
    fn tickets_stay_in_the_family() {
        let mut config = SkypeConfig::new(NetworkId("skype".to_owned()));
        config.address = "https://127.0.0.1:8443/".parse().ok();
        config.trusted_domains = vec!["partner.test".to_owned()];
        let trust = Trust::new(&config, "lab.test");
        let cases = [
            ("https://pool.lab.test/x", true),
            ("https://LAB.test/", true),
            ("https://127.0.0.1:9/", true),
            ("https://web.partner.test/", true),
            ("http://pool.lab.test/", false),
            ("https://evil-lab.test/", false),
            ("https://lab.test.evil.example/", false),
            ("https://127.0.0.2/", false),
            ("https://lab.test@evil.example/", false),
            ("file:///etc/passwd", false),
        ];
        for (url, trusted) in cases {
            let parsed = url.parse().expect("a URL");
            assert_eq!(trust.check(&parsed).is_ok(), trusted, "{url}");
        }
    }
}
