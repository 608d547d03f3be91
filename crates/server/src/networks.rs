//! The connectors of the configured networks.

use crate::config::{NetworkConfig, NetworkKind, XmppSettings};
use crate::secrets::Secret;
use anyhow::Context as _;
use hookflash_connectors::Connector;
use hookflash_connectors::skype::{SkypeConfig, SkypeConnector};
use hookflash_connectors::xmpp::{XmppConfig, XmppConnector};
use std::path::Path;
use std::sync::Arc;

/// The connector of a network. Reads the files that its configuration names.
///
/// # Errors
/// A file that cannot be read, or a setting that cannot be used.
pub fn connector(network: &NetworkConfig) -> anyhow::Result<Arc<dyn Connector>> {
    let connector: Arc<dyn Connector> = match (network.kind, &network.xmpp) {
        (NetworkKind::Xmpp, Some(settings)) => Arc::new(xmpp(network, settings)?),
        (NetworkKind::Xmpp, None) | (NetworkKind::Skype, _) => Arc::new(skype(network)?),
    };
    Ok(connector)
}

fn skype(network: &NetworkConfig) -> anyhow::Result<SkypeConnector> {
    let mut config = SkypeConfig::new(network.id.clone());
    config.address.clone_from(&network.address);
    config.trusted_domains = network.sip_domain.iter().chain(&network.trusted_domains).cloned().collect();
    config.proxy.clone_from(&network.proxy);
    config.grants.clone_from(&network.grants);
    config.limits = network.limits;
    config.ca_pem = network.ca_file.as_deref().map(|path| of_file(network, "ca_file", path)).transpose()?;
    if let Some(oauth) = &network.oauth {
        let path = oauth.client_secret_file.as_deref();
        let secret = path.map(|path| of_file(network, "oauth_client_secret_file", path)).transpose()?;
        config.oauth_client_secret = secret.map(|secret| Secret::new(secret.trim()));
        config.oauth_client_id = Some(oauth.client_id.clone());
        config.oauth_scope.clone_from(&oauth.scope);
    }
    SkypeConnector::new(config).with_context(|| format!("network {}", network.id.0))
}

fn xmpp(network: &NetworkConfig, settings: &XmppSettings) -> anyhow::Result<XmppConnector> {
    let secret = of_file(network, "component_secret_file", &settings.secret_file)?;
    let secret = Secret::new(secret.trim());
    let mut config = XmppConfig::new(network.id.clone(), &settings.component, &settings.domain, secret);
    config.address.clone_from(&settings.server);
    config.search.clone_from(&settings.search);
    config.watcher.clone_from(&settings.watcher);
    config.language.clone_from(&settings.language);
    Ok(XmppConnector::new(config)?)
}

fn of_file(network: &NetworkConfig, key: &str, path: &Path) -> anyhow::Result<String> {
    let id = &network.id.0;
    let read = std::fs::read_to_string(path);
    read.with_context(|| format!("network {id}: {key} {} cannot be read", path.display()))
}
