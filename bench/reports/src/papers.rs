//! Files of the same table, written by us and by a peer. Each is written by a process of its own: ours counts
//! from its start to its end, a peer from its first row on, when its modules are loaded and the table is read.

use crate::table;
use anyhow::Context as _;
use hookflash_bench::figures::Figures;
use hookflash_bench::machine;
use hookflash_reports::pdf::{self, Fonts, Paper};
use hookflash_reports::xlsx;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs of each side; each begins with the other.
const RUNS: usize = 5;
/// Rows of the PDF: twenty pages of ours.
const PDF_ROWS: usize = 575;
/// Rows of the workbook.
const XLSX_ROWS: usize = 100_000;

/// The Python that has Debian's packages; another may come first in the path.
const PYTHON: &str = "/usr/bin/python3";

/// A format and who else writes it.
struct Contest {
    format: &'static str,
    rows: usize,
    peer: &'static str,
}

/// What a format took.
pub(crate) struct Measured {
    /// Ours, in seconds of CPU time.
    pub(crate) ours_s: f64,
    /// The peer's over ours.
    pub(crate) ratio: f64,
    /// Most resident memory of our process, in MB.
    pub(crate) peak_mb: f64,
}

/// Our PDF against WeasyPrint's.
pub(crate) fn against_weasyprint() -> anyhow::Result<Measured> {
    measure(&Contest { format: "pdf", rows: PDF_ROWS, peer: "weasyprint_pdf.py" })
}

/// Our workbook against XlsxWriter's.
pub(crate) fn against_xlsxwriter() -> anyhow::Result<Measured> {
    measure(&Contest { format: "xlsx", rows: XLSX_ROWS, peer: "xlsxwriter_xlsx.py" })
}

/// Writes the table of so many rows, in a process of its own, and prints what that took.
pub(crate) fn write(format: &str, rows: &str, out: &str) -> anyhow::Result<()> {
    let (report, rows) = (table::report()?, table::rows(rows.parse()?));
    let file = BufWriter::new(File::create(out)?);
    match format {
        "pdf" => drop(pdf::write(&report, rows, Paper::A4, &Fonts::default(), file)?),
        "xlsx" => drop(xlsx::write(&report, rows, file)?),
        other => anyhow::bail!("no such format: {other}"),
    }
    let id = std::process::id();
    println!("{} {}", machine::cpu_s(id)?, machine::peak_kb(id)?);
    Ok(())
}

fn measure(contest: &Contest) -> anyhow::Result<Measured> {
    let folder = machine::folder()?;
    let source = folder.path().join("table.json");
    table::for_peers(contest.rows, &source)?;
    let (mut ours, mut peers, mut peak) = (Vec::new(), Vec::new(), 0.0_f64);
    for run in 0..RUNS {
        for is_ours in if run % 2 == 0 { [true, false] } else { [false, true] } {
            if is_ours {
                let printed = ours_once(contest, &folder.path().join("ours"))?;
                let (cpu_s, peak_kb) = printed.trim().split_once(' ').context("two numbers")?;
                ours.push(cpu_s.parse::<f64>()?);
                peak = peak.max(peak_kb.parse::<f64>()? / 1_000.0);
            } else {
                peers.push(peer_once(contest, &source, &folder.path().join("peer"))?.trim().parse::<f64>()?);
            }
        }
    }
    let (ours_s, peer_s) = (median(ours), median(peers));
    let size = |name: &str| std::fs::metadata(folder.path().join(name)).map_or(0, |file| file.len() / 1_000);
    println!(
        "{}: {} rows, ours {ours_s:.2} s of CPU time, {peak:.0} MB at most, {} kB; {} {peer_s:.2} s, {} kB",
        contest.format,
        contest.rows,
        size("ours"),
        contest.peer,
        size("peer"),
    );
    if contest.format == "pdf" {
        println!(
            "pdf: {} pages, the peer's {}",
            pages(&folder.path().join("ours"))?,
            pages(&folder.path().join("peer"))?
        );
    }
    Ok(Measured { ours_s, ratio: peer_s / ours_s, peak_mb: peak })
}

fn median(samples: Vec<f64>) -> f64 {
    samples.into_iter().collect::<Figures>().p50()
}

fn ours_once(contest: &Contest, out: &Path) -> anyhow::Result<String> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["write", contest.format, &contest.rows.to_string()]).arg(out);
    printed(&mut command)
}

fn peer_once(contest: &Contest, source: &Path, out: &Path) -> anyhow::Result<String> {
    let script = PathBuf::from("bench/reports/peers").join(contest.peer);
    printed(Command::new(PYTHON).arg(script).arg(source).arg(out))
}

fn pages(file: &Path) -> anyhow::Result<String> {
    let words = printed(Command::new("pdfinfo").arg(file))?;
    let line = words.lines().find_map(|line| line.strip_prefix("Pages:")).context("pdfinfo says no pages")?;
    Ok(line.trim().to_owned())
}

fn printed(command: &mut Command) -> anyhow::Result<String> {
    let out = command.output().with_context(|| format!("cannot start {command:?}"))?;
    anyhow::ensure!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
    Ok(String::from_utf8(out.stdout)?)
}
