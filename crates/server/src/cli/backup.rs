//! `hookflash backup`

use crate::app::open_store;
use crate::config::Config;
use anyhow::Context as _;
use hookflash_store::Store;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// Where to.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write; it must not exist yet.
    file: PathBuf,
}

pub(super) async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    let store = open_store(config).await?;
    let copied = copy(&store, &args.file).await;
    store.close().await;
    copied.with_context(|| format!("cannot write {}", args.file.display()))?;
    println!("The database was copied to {}.", args.file.display());
    println!("The key is not in it: keep a copy of {} elsewhere.", config.secrets.key_file.display());
    Ok(())
}

/// Writes the copy in a folder that only its owner can enter, and moves it to its place when it is
/// complete: SQLite makes its files readable by all.
async fn copy(store: &Store, file: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(!file.exists(), "the file exists already");
    let folder = file.with_file_name(format!(".hookflash-backup-{}", crate::ids::new_id()));
    std::fs::DirBuilder::new().mode(0o700).create(&folder)?;
    let partial = folder.join("copy");
    let copied = write(store, &partial).await.and_then(|()| Ok(std::fs::rename(&partial, file)?));
    std::fs::remove_dir_all(&folder)?;
    copied
}

async fn write(store: &Store, partial: &Path) -> anyhow::Result<()> {
    store.backup(partial).await?;
    let written = std::fs::File::open(partial)?;
    written.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    Ok(written.sync_all()?)
}
