//! `hookflash-lab`: stand-ins for what Hookflash talks to. They share no code with it.

mod caller;
mod clock;
mod compare;
mod history;
mod pool;
mod ready;
mod xmpp;

use clap::Parser;

/// As the server's: a pool under a benchmark must not be what is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Stand-in Skype for Business pools and callers for tests, benches and the demo.
#[derive(Debug, Parser)]
#[command(name = "hookflash-lab", version)]
enum Command {
    /// A Skype for Business pool that speaks UCWA 2.0, with scripted experts.
    Pool(Box<pool::PoolArgs>),
    /// A customer who calls over SIP, from the command line or from a page.
    Caller(Box<caller::CallerArgs>),
    /// A made history in Hookflash's import format, and what it adds up to.
    History(history::HistoryArgs),
    /// What Hookflash's reports say of a made history, compared with what the lab has counted.
    CompareReports(compare::CompareArgs),
    /// A real XMPP server, Prosody or ejabberd, in a temporary folder.
    Xmpp(xmpp::XmppArgs),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Two providers may be linked; say which one is meant. It fails only when one is installed already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    match Command::parse() {
        Command::Pool(args) => pool::run(*args).await,
        Command::Caller(args) => caller::run(*args).await,
        Command::History(args) => history::run(&args),
        Command::CompareReports(args) => compare::run(&args),
        Command::Xmpp(args) => xmpp::run(args).await,
    }
}
