//! `hookflash report`: a report of the library as a file.

mod period;

use crate::app::open_store;
use crate::config::Config;
use crate::reports::{self, Form, Format, GrainWord, LanguageTag, MediumWord, Names, PaperSize};
use anyhow::Context as _;
use hookflash_domain::figures::Switches;
use hookflash_reports::Locale;
use hookflash_reports::library::{Asked, ReportName};
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// Which report, of what, and where to.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which.
    #[arg(value_parser = name)]
    name: ReportName,
    #[command(flatten)]
    period: period::Period,
    /// How it is written.
    #[arg(long, value_enum)]
    format: Format,
    /// The file; what is there is replaced when the report is complete.
    #[arg(long)]
    out: PathBuf,
    /// A queue's name; may be given more than once. All where absent.
    #[arg(long = "queue")]
    queues: Vec<String>,
    /// An agent's name; may be given more than once. All where absent.
    #[arg(long = "agent")]
    agents: Vec<String>,
    /// A disposition's name; may be given more than once. All where absent.
    #[arg(long = "disposition")]
    dispositions: Vec<String>,
    /// The name of a skill or language: interactions that asked for all that are given.
    #[arg(long = "asked-for")]
    abilities: Vec<String>,
    /// A medium; voice is the only one that there is.
    #[arg(long = "medium", value_enum)]
    media: Vec<MediumWord>,
    /// How finely it is laid out over time; the report's usual where absent.
    #[arg(long, value_enum)]
    grain: Option<GrainWord>,
    /// The report's language.
    #[arg(long, value_enum, default_value = "en")]
    language: LanguageTag,
    /// Where days begin and clocks are read, such as Europe/Berlin; the machine's own where absent.
    #[arg(long)]
    time_zone: Option<String>,
    /// The size of a PDF's pages.
    #[arg(long, value_enum, default_value = "a4")]
    paper: PaperSize,
    /// A folder of fonts for names in other scripts; may be given more than once.
    #[arg(long = "fonts", default_value = "/usr/share/fonts")]
    fonts: Vec<PathBuf>,
}

fn name(word: &str) -> Result<ReportName, String> {
    let known = || ReportName::ALL.map(ReportName::word).join(", ");
    ReportName::of_word(word).ok_or_else(|| format!("there is no such report; there are {}", known()))
}

pub(super) async fn run(config: &Config, args: Args) -> anyhow::Result<()> {
    let asked = asked(&args)?;
    let store = open_store(config).await?;
    let read = match Names::named(&store, &asked).await {
        Ok(names) => reports::read(&store, &asked, &names, true).await,
        Err(error) => Err(error),
    };
    store.close().await;
    let (report, mut rows) = read?;
    eprintln!("{} rows are read; writing {} …", rows.len(), args.out.display());
    let (form, out) = (form(&args), args.out.clone());
    // Setting a PDF takes seconds of computing.
    let written =
        tokio::task::spawn_blocking(move || reports::write(&report, &mut rows, &form, &out)).await?;
    let not_accessible = written.with_context(|| format!("cannot write {}", args.out.display()))?;
    if let Some(why) = not_accessible {
        eprintln!("It does not follow PDF/UA: {why}.");
    }
    eprintln!("{} is written.", args.out.display());
    Ok(())
}

fn form(args: &Args) -> Form {
    Form { format: args.format, paper: args.paper, fonts: args.fonts.clone() }
}

fn asked(args: &Args) -> anyhow::Result<Asked> {
    let zone = match &args.time_zone {
        Some(name) => TimeZone::get(name).with_context(|| {
            format!("{name} is not a name of the time-zone database, such as Europe/Berlin")
        })?,
        None => TimeZone::system(),
    };
    let made_at = crate::clock::now();
    let (from_at, to_at) = args.period.stretch(made_at, &zone)?;
    Ok(Asked {
        name: args.name,
        from_at,
        to_at,
        queues: args.queues.clone(),
        agents: args.agents.clone(),
        dispositions: args.dispositions.clone(),
        abilities: args.abilities.clone(),
        media: args.media.iter().map(|medium| (*medium).into()).collect(),
        grain: args.grain.map(Into::into),
        switches: Switches::default(),
        locale: Locale { language: args.language.into(), zone },
        made_at,
    })
}
