//! A real XMPP server, in a temporary folder and on free ports of the loopback, with Hookflash's component
//! set up as the administrators' guide has it.
//!
//! It is led by lines of JSON on standard input, and answers each with one: see the README of this crate.

mod command;
mod ejabberd;
mod place;
mod prosody;
mod server;

use clap::{Args, ValueEnum};
use server::Server;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::signal::unix::{SignalKind, signal};

/// The domain of the experts, and ours within it.
const DOMAIN: &str = "uc.test";
const COMPONENT: &str = "assist.uc.test";
/// Another one, for a program that is measured beside Hookflash.
const SECOND_COMPONENT: &str = "bare.uc.test";
/// The secret that the server has for both.
const SECRET: &str = "component secret";
/// Everybody's password.
const PASSWORD: &str = "pw";

/// What to start.
#[derive(Debug, Args)]
pub(crate) struct XmppArgs {
    /// Which server.
    #[arg(long, value_enum, default_value_t = Kind::Prosody)]
    server: Kind,
    /// How the component learns presence.
    #[arg(long, value_enum, default_value_t = Presence::Granted)]
    presence: Presence,
}

/// A server of Debian's.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Prosody,
    Ejabberd,
}

/// How presence is learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Presence {
    /// The server grants it (XEP-0356).
    Granted,
    /// A shared roster has the address `watch` of the component in everybody's contact list.
    Watcher,
}

/// Runs `hookflash-lab xmpp` until its input ends or it is told to end.
pub(crate) async fn run(args: XmppArgs) -> anyhow::Result<()> {
    let mut server = Server::start(args.server, args.presence)?;
    crate::ready::announce(&server.ready(), None)?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut end = signal(SignalKind::terminate())?;
    loop {
        let line = tokio::select! {
            line = lines.next_line() => line?,
            _ = end.recv() => None,
        };
        let Some(line) = line else { return Ok(()) };
        crate::ready::announce(&command::obey(&mut server, &line).await, None)?;
    }
}
