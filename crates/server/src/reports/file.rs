//! A report as a file.

use hookflash_reports::pdf::{Fonts, Paper};
use hookflash_reports::{Report, ReportError, Row, csv, pdf, xlsx};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    Pdf,
    Xlsx,
    Csv,
}

/// How it is written.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) format: Format,
    /// The size of a PDF's pages.
    pub(crate) paper: Paper,
    /// Folders of fonts for a PDF.
    pub(crate) fonts: Vec<PathBuf>,
}

/// Writes beside the file and moves it to its place when it is complete, so a file that is there is whole.
/// Gives the reason where a PDF does not follow PDF/UA.
///
/// # Errors
/// As the formats' own; what was under that name stays.
pub(crate) fn write(
    report: &Report,
    rows: Vec<Row>,
    form: &Form,
    out: &Path,
) -> Result<Option<String>, ReportError> {
    let folder = match out.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let partial = folder.join(format!(".hookflash-report-{}", crate::ids::new_id()));
    let written = File::create_new(&partial)
        .map_err(ReportError::from)
        .and_then(|file| write_to(report, rows, form, file))
        .and_then(|told| std::fs::rename(&partial, out).map(|()| told).map_err(ReportError::from));
    if written.is_err() {
        // It may not be there, and then there is nothing to clear away.
        let _ = std::fs::remove_file(&partial);
    }
    written
}

fn write_to(report: &Report, rows: Vec<Row>, form: &Form, file: File) -> Result<Option<String>, ReportError> {
    let mut out = BufWriter::new(file);
    let rows = rows.into_iter();
    let not_accessible = match form.format {
        Format::Csv => {
            csv::write(report, rows, &mut out)?;
            None
        }
        Format::Xlsx => {
            xlsx::write(report, rows, &mut out)?;
            None
        }
        Format::Pdf => {
            let fonts = Fonts { folders: form.fonts.clone() };
            pdf::write(report, rows, form.paper, &fonts, &mut out)?.not_accessible
        }
    };
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    Ok(not_accessible)
}
