//! `hookflash check-config`

use super::load;
use crate::config::{Config, markdown};
use std::path::Path;

/// What to print.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print all settings with their meaning (Markdown) and check nothing.
    #[arg(long)]
    reference: bool,
}

pub(super) fn run(file: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    if args.reference {
        print!("{}", markdown());
        return Ok(());
    }
    let config = load(file, Vec::new())?;
    let missing = missing_files(&config);
    for words in &missing {
        eprintln!("{words}");
    }
    anyhow::ensure!(
        missing.is_empty(),
        "the settings are understood, but files that they name cannot be read"
    );
    println!("The settings are good. The desk and the API: {}.", config.http.listen);
    if config.voice.is_none() {
        println!("No SIP address is set (voice.sip_udp, sip_tcp or sip_tls): no calls can come in.");
    }
    if config.networks.is_empty() {
        println!("No chat network is set ([[network]]): no experts can be asked.");
    }
    Ok(())
}

/// Files that must be there before the server starts.
fn missing_files(config: &Config) -> Vec<String> {
    let mut named: Vec<(&str, &Path)> = Vec::new();
    if let Some(tls) = &config.http.tls {
        named.extend([("http.tls_cert", tls.cert.as_path()), ("http.tls_key", tls.key.as_path())]);
    }
    if let Some(folder) = &config.http.web_dir {
        named.push(("http.web_dir", folder));
    }
    named.extend(config.secrets.old_key_file.as_deref().map(|path| ("secrets.old_key_file", path)));
    named.extend(
        config.networks.iter().filter_map(|network| Some(("network.ca_file", network.ca_file.as_deref()?))),
    );
    let oauth = config.networks.iter().filter_map(|network| network.oauth.as_ref());
    named.extend(oauth.filter_map(|oauth| {
        Some(("network.oauth_client_secret_file", oauth.client_secret_file.as_deref()?))
    }));
    let wrong = |(key, path): (&str, &Path)| match std::fs::metadata(path) {
        Ok(_) => None,
        Err(error) => Some(format!("{key}: {} cannot be read: {error}", path.display())),
    };
    named.into_iter().filter_map(wrong).collect()
}
