//! `hookflash import-history`: see `docs/integrators/history-format.md`.

mod batch;
mod checks;
mod line;
mod names;
mod tally;
mod writes;

use crate::app::open_store;
use crate::config::Config;
use anyhow::Context as _;
use batch::Batches;
use hookflash_store::Store;
use line::Line;
use names::Names;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use tally::Tally;

/// Longest line, in bytes.
const LINE_BYTES: u64 = 1 << 20;

/// Which file.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file, newline-delimited JSON.
    file: PathBuf,
    /// Where to write every refused line's number and reason.
    #[arg(long)]
    refused: Option<PathBuf>,
}

pub(super) async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    let store = open_store(config).await?;
    let done = import(&store, args).await;
    store.close().await;
    done
}

async fn import(store: &Store, args: &Args) -> anyhow::Result<()> {
    let file = File::open(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let mut lines = BufReader::with_capacity(1 << 20, file);
    let mut tally = Tally::open(args.refused.as_deref())?;
    let mut names = Names::read(store).await?;
    let mut batches = Batches::new(store.clone());
    let (mut number, mut text) = (0_u64, Vec::new());
    loop {
        text.clear();
        if (&mut lines).take(LINE_BYTES).read_until(b'\n', &mut text)? == 0 {
            break;
        }
        number += 1;
        if text.len() as u64 == LINE_BYTES && !text.ends_with(b"\n") {
            anyhow::bail!("line {number} is longer than 1 MB; nothing after it was read");
        }
        if text.trim_ascii().is_empty() {
            continue;
        }
        match take(store, &mut names, number, &text).await {
            Ok(Some(item)) => batches.add(item, &mut tally).await?,
            Ok(None) => {}
            Err(Refused::Line(reason)) => tally.refuse(number, &reason)?,
            Err(Refused::All(error)) => return Err(error),
        }
        tally.progress(number);
    }
    batches.finish(&mut tally).await?;
    tally.finish(number)
}

/// Why a line does not come in.
enum Refused {
    /// This line alone.
    Line(String),
    /// The import cannot go on.
    All(anyhow::Error),
}

async fn take(
    store: &Store,
    names: &mut Names,
    number: u64,
    text: &[u8],
) -> Result<Option<batch::Item>, Refused> {
    let line: Line = serde_json::from_slice(text).map_err(|error| Refused::Line(error.to_string()))?;
    match line {
        Line::History(head) if head.version == 1 => Ok(None),
        Line::History(_) => Err(Refused::All(anyhow::anyhow!("the file is of a version that is not known"))),
        Line::Queue(queue) => names.add_queue(store, &queue.name).await.map(|()| None),
        Line::Agent(agent) => names.add_agent(store, &agent).await.map(|()| None),
        Line::Disposition(code) => names.add_disposition(store, &code.name).await.map(|()| None),
        Line::Interaction(interaction) => {
            checks::interaction(&interaction).map_err(Refused::Line)?;
            writes::of_interaction(names, number, &interaction).map(Some).map_err(Refused::Line)
        }
        Line::AgentState(state) => {
            checks::agent_state(&state).map_err(Refused::Line)?;
            writes::of_state(names, number, &state).map(Some).map_err(Refused::Line)
        }
    }
}
