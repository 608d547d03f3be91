//! `hookflash backup`

use crate::app::open_store;
use crate::config::Config;
use anyhow::Context as _;
use std::path::PathBuf;

/// Where to.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write; it must not exist yet.
    file: PathBuf,
}

pub(super) async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    anyhow::ensure!(!args.file.exists(), "{} exists already", args.file.display());
    let store = open_store(config).await?;
    let copied =
        store.backup(&args.file).await.with_context(|| format!("cannot write {}", args.file.display()));
    store.close().await;
    copied?;
    println!("The database was copied to {}.", args.file.display());
    println!("The key is not in it: keep a copy of {} elsewhere.", config.secrets.key_file.display());
    Ok(())
}
