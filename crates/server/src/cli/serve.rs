//! `hookflash serve`

use super::{load, signals};
use crate::app::App;
use std::path::Path;

/// Flags that go over the file and the environment.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to serve the desk and the API (`http.listen`).
    #[arg(long)]
    listen: Option<String>,
    /// A folder with the built desk (`http.web_dir`).
    #[arg(long)]
    web_dir: Option<String>,
    /// The level of the log (`log.level`).
    #[arg(long)]
    log_level: Option<String>,
}

pub(super) async fn run(file: Option<&Path>, args: Args) -> anyhow::Result<()> {
    let flags = [("http.listen", args.listen), ("http.web_dir", args.web_dir), ("log.level", args.log_level)];
    let flags = flags.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    let config = load(file, flags)?;
    crate::log::start(&config.log)?;
    let app = Box::pin(App::start(config)).await?;
    signals::told_to_stop().await?;
    app.stop().await;
    Ok(())
}
