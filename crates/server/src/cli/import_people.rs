//! `hookflash import-people`: see `docs/administrators/directory.md`.

use crate::app::open_store;
use crate::clock::now;
use crate::config::Config;
use crate::directory::{Addresses, CSV, CsvFile, Import, csv_source, import_csv};
use anyhow::Context as _;
use hookflash_store::people::PeopleSourceRow;
use hookflash_store::{By, Store};
use std::path::PathBuf;

/// Most sources.
const MOST_SOURCES: i64 = 100;

/// Which file, and of which source.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file: CSV with a header row.
    file: PathBuf,
    /// The source's name; one that is new is made.
    #[arg(long)]
    source: String,
    /// Whoever is not in the file stays.
    #[arg(long)]
    incremental: bool,
}

pub(super) async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let file = CsvFile::open(&bytes, Addresses::of_config(config))
        .with_context(|| format!("{}: nothing was changed", args.file.display()))?;
    let store = open_store(config).await?;
    let done = import(&store, args, &file).await;
    store.close().await;
    done
}

async fn import(store: &Store, args: &Args, file: &CsvFile) -> anyhow::Result<()> {
    let source = source(store, args.source.trim()).await?;
    let import = Import::begin(store, source.source_id, !args.incremental, "command line").await?;
    let done = import_csv(import, file).await?;
    println!(
        "{} read, {} added, {} changed, {} removed, {} refused",
        done.read_count, done.added_count, done.changed_count, done.removed_count, done.refused_count
    );
    for row in store.refused_people(done.import_id).await? {
        println!("row {}: {} ({})", row.place, row.words, row.reason);
    }
    match done.error_words {
        Some(words) => anyhow::bail!(words),
        None => Ok(()),
    }
}

/// The source of the name, made where there is none.
async fn source(store: &Store, name: &str) -> anyhow::Result<PeopleSourceRow> {
    anyhow::ensure!(!name.is_empty(), "--source: a source needs a name");
    if let Some(source) = store.people_source_named(name).await? {
        anyhow::ensure!(source.kind == CSV, "{name} is a source of another kind ({})", source.kind);
        return Ok(source);
    }
    let source = csv_source(name);
    let by = By { at: now(), user_id: None, name: "command line".to_owned() };
    store.create_people_source(&source, MOST_SOURCES, &by).await?;
    Ok(source)
}
