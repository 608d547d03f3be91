//! `hookflash user`

mod add;
mod set_password;

use crate::app::open_store;
use crate::config::Config;
use crate::http::passwords::Passwords;
use hookflash_connectors::Secret;
use hookflash_store::By;

/// What to do with users.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Adds a user. The password is asked for, or read from standard input or a file.
    Add(add::Args),
    /// Sets a user's password and ends the user's sessions.
    Password(set_password::Args),
}

pub(super) async fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let store = open_store(config).await?;
    let done = match command {
        Command::Add(args) => add::run(&store, args).await,
        Command::Password(args) => set_password::run(&store, args).await,
    };
    store.close().await;
    done
}

async fn hash(password: Secret) -> anyhow::Result<hookflash_store::Secret<String>> {
    Passwords::default().hash(password).await.map_err(|problem| anyhow::anyhow!("{}", problem.detail))
}

/// The author of what is done on the command line.
fn by() -> By {
    By { at: crate::clock::now(), user_id: None, name: "the command line".to_owned() }
}
