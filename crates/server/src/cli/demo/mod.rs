//! `hookflash demo`: the server on SQLite in one folder, with a stand-in pool and a caller.

mod lab;
mod ports;
mod seeds;
mod welcome;

use super::signals;
use crate::app::{App, open_store, open_vault};
use crate::config::{Config, Sources};
use anyhow::Context as _;
use lab::{Lab, Program};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// The SIP stack warns of TCP listeners, which this server opens by itself.
const LOG_LEVEL: &str = "warn,rsipstack=error";

/// Where things are.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The binary `hookflash-lab`; beside this one where not given.
    #[arg(long)]
    lab: Option<PathBuf>,
    /// The folder for the database; made where it does not exist.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// The port of the desk; another one is taken when it is in use.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The port of SIP; another one is taken when it is in use.
    #[arg(long, default_value_t = 5060)]
    sip_port: u16,
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    std::fs::create_dir_all(&args.data).with_context(|| format!("cannot make {}", args.data.display()))?;
    let binary = args.lab.clone().map_or_else(beside_this, Ok)?;
    let ca_file = args.data.join("lab-ca.pem");
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, ports::tcp(args.port)?));
    let sip = SocketAddr::from((Ipv4Addr::LOCALHOST, ports::udp_and_tcp(args.sip_port)?));

    let mut lab = Lab::new(binary);
    let pool = lab.start(Program::Pool { ca_file: &ca_file }).await?;
    let caller = lab.start(Program::Caller { sip }).await?;
    let config = configure(&args.data, listen, sip, &pool, &ca_file)?;
    crate::log::start(&config.log)?;

    let (store, vault) = (open_store(&config).await?, open_vault(&config)?);
    seeds::sow(&store, &vault).await?;
    store.close().await;
    let app = Box::pin(App::start(config)).await?;
    println!("{}", welcome::words(app.address, sip, &caller));
    let ended = tokio::select! {
        told = signals::told_to_stop() => told.map_err(anyhow::Error::from),
        words = lab.ended() => Err(anyhow::anyhow!(words)),
    };
    app.stop().await;
    lab.stop().await;
    ended
}

/// The lab's binary is built into the same folder.
fn beside_this() -> anyhow::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("hookflash-lab");
    anyhow::ensure!(path.exists(), "hookflash-lab is not beside this program; name it with --lab");
    Ok(path)
}

/// The demo's settings; those of the environment are left out, so that every demo is the same.
fn configure(
    data: &Path,
    listen: SocketAddr,
    sip: SocketAddr,
    pool: &str,
    ca_file: &Path,
) -> anyhow::Result<Config> {
    let mut network = toml::Table::new();
    for (key, value) in [
        ("id", seeds::NETWORK),
        ("kind", "skype"),
        ("name", "Skype for Business"),
        ("address", pool),
        ("sip_domain", "lab.test"),
        ("ca_file", &ca_file.display().to_string()),
    ] {
        network.insert(key.to_owned(), value.into());
    }
    let mut file = toml::Table::new();
    file.insert("network".to_owned(), toml::Value::Array(vec![network.into()]));
    let flags = vec![
        ("http.listen", listen.to_string()),
        ("store.url", format!("sqlite:{}", data.join("hookflash.db").display())),
        ("voice.sip_udp", sip.to_string()),
        ("voice.sip_tcp", sip.to_string()),
        ("log.level", std::env::var("HOOKFLASH_LOG__LEVEL").unwrap_or_else(|_| LOG_LEVEL.to_owned())),
    ];
    let text = Some((PathBuf::from("the demo"), file.to_string()));
    Ok(Config::load(&Sources { text, env: Vec::new(), flags })?)
}
