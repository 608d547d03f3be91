//! Addresses on chat networks as people write them, in the form in which the connectors know them.

use crate::config::{Config, NetworkKind};
use hookflash_domain::NetworkId;

/// The configured networks.
#[derive(Debug, Clone, Default)]
pub struct Addresses(Vec<(NetworkId, NetworkKind)>);

impl Addresses {
    /// Of these networks.
    #[must_use]
    pub fn of(networks: impl IntoIterator<Item = (NetworkId, NetworkKind)>) -> Self {
        Self(networks.into_iter().collect())
    }

    /// Of the settings.
    #[must_use]
    pub fn of_config(config: &Config) -> Self {
        Self::of(config.networks.iter().map(|network| (network.id.clone(), network.kind)))
    }

    /// The network of an id; case does not count.
    pub(super) fn known(&self, id: &str) -> Option<NetworkId> {
        self.0.iter().map(|(network, _)| network).find(|network| network.0.eq_ignore_ascii_case(id)).cloned()
    }

    /// An address as the network's connector writes it.
    #[must_use]
    pub fn normal(&self, network: &NetworkId, address: &str) -> String {
        let address = address.trim().to_lowercase();
        match self.0.iter().find(|(known, _)| known == network).map(|(_, kind)| kind) {
            Some(NetworkKind::Skype) if !address.starts_with("sip:") => format!("sip:{address}"),
            Some(NetworkKind::Xmpp) => address.strip_prefix("xmpp:").unwrap_or(&address).to_owned(),
            _ => address,
        }
    }
}
