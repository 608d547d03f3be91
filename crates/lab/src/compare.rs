//! Hookflash's reports of a made history, row by row beside what the lab has counted by code of its own.

use anyhow::Context as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// All reports, each a file of the same name among the lab's totals.
const REPORTS: [&str; 13] = [
    "queue-summary",
    "queue-interval",
    "queue-daily",
    "service-level",
    "abandons",
    "agent-summary",
    "agent-status-summary",
    "agent-status-timeline",
    "agent-log-ins",
    "interaction-details",
    "wrap-up-summary",
    "consults",
    "expert-workload",
];
/// Decimals are rounded by both sides; a count has none and must be the same.
const ROUNDED: f64 = 0.001_1;
/// Rows that differ and are told.
const MOST_TOLD: usize = 5;

/// Which program, on which database, and what it has to say.
#[derive(Debug, clap::Args)]
pub(crate) struct CompareArgs {
    /// The server's program, `hookflash`.
    #[arg(long)]
    program: PathBuf,
    /// The folder that it is run in: with its settings, or its database.
    #[arg(long, default_value = ".")]
    folder: PathBuf,
    /// What `hookflash-lab history --states --totals` has counted.
    #[arg(long, default_value = "totals")]
    totals: PathBuf,
    /// How far the centre's clocks are ahead of universal time, in whole hours, as the history was made.
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    ahead_hours: i64,
    /// One report alone.
    #[arg(long)]
    only: Option<String>,
}

type Rows = Vec<Vec<String>>;

pub(crate) fn run(args: &CompareArgs) -> anyhow::Result<()> {
    let mut differ = Vec::new();
    for report in REPORTS.into_iter().filter(|name| args.only.as_ref().is_none_or(|only| only == name)) {
        let wanted = read(&args.totals.join(format!("{report}.csv")))?;
        let (found, count) = (made(args, report)?, wanted.len() - 1);
        let differences = differences(wanted, found);
        if differences.is_empty() {
            println!("{report}: {count} rows, all equal");
        } else {
            println!("{report}: {} of {count} rows differ", differences.len());
            differences.iter().take(MOST_TOLD).for_each(|told| println!("  {told}"));
            differ.push(report);
        }
    }
    anyhow::ensure!(differ.is_empty(), "reports differ from what was counted: {}", differ.join(", "));
    Ok(())
}

/// The report as Hookflash writes it.
fn made(args: &CompareArgs, report: &str) -> anyhow::Result<Rows> {
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("report.csv");
    // POSIX writes zones the other way round.
    let zone = format!("Etc/GMT{:+}", -args.ahead_hours);
    let done = Command::new(std::path::absolute(&args.program)?)
        .args(["report", report, "--from", "2000-01-01", "--to", "2100-01-01", "--format", "csv"])
        .args(["--language", "en", "--time-zone", &zone, "--out"])
        .arg(&out)
        .current_dir(&args.folder)
        .output()
        .with_context(|| format!("{} cannot be run", args.program.display()))?;
    anyhow::ensure!(done.status.success(), "{report}: {}", String::from_utf8_lossy(&done.stderr));
    read(&out)
}

/// Heading and rows.
fn read(file: &Path) -> anyhow::Result<Rows> {
    let text = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.deserialize().map(|row| Ok(row?)).collect()
}

/// What differs, in words; the order of rows does not count.
fn differences(mut wanted: Rows, mut found: Rows) -> Vec<String> {
    let (heading, made) = (wanted.remove(0), if found.is_empty() { Vec::new() } else { found.remove(0) });
    if heading != made {
        return vec![format!("columns: {heading:?}, found {made:?}")];
    }
    if wanted.len() != found.len() {
        return vec![format!("{} rows, found {}", wanted.len(), found.len())];
    }
    wanted.sort_unstable();
    found.sort_unstable();
    let differ = |(wanted, found): &(&Vec<String>, &Vec<String>)| !wanted.iter().zip(*found).all(is_equal);
    let told = |(wanted, found): (&Vec<String>, &Vec<String>)| format!("{wanted:?}, found {found:?}");
    wanted.iter().zip(&found).filter(differ).map(told).collect()
}

fn is_equal((wanted, found): (&String, &String)) -> bool {
    let decimals = |text: &str| text.contains('.').then(|| text.parse::<f64>().ok()).flatten();
    wanted == found
        || match (wanted.parse::<f64>(), found.parse::<f64>()) {
            (Ok(one), Ok(other)) if decimals(wanted).or(decimals(found)).is_some() => {
                (one - other).abs() < ROUNDED
            }
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Rows {
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn rows_are_equal_in_any_order_and_but_for_rounding() {
        let told =
            |found: &str| differences(rows("Queue,Count,Mean\nb,2,1.5\na,1,2.0004"), rows(found)).len();
        assert_eq!(told("Queue,Count,Mean\na,1,2\nb,2,1.501"), 0);
        for found in [
            "Queue,Count,Means\na,1,2\nb,2,1.5",
            "Queue,Count,Mean\na,1,2\nb,3,1.5",
            "Queue,Count,Mean\na,1,2\nb,2,1.6",
            "Queue,Count,Mean\na,1,2",
            "Queue,Count,Mean\na,1,2\nb,2,",
        ] {
            assert_eq!(told(found), 1, "{found}");
        }
    }
}
