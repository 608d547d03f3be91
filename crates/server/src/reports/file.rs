//! A report as a file.

use super::Rows;
use super::form::{Form, Format};
use hookflash_reports::pdf::Fonts;
use hookflash_reports::{Report, ReportError, csv, pdf, xlsx};
use std::cell::RefCell;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

/// Writes beside the file and moves it to its place when it is complete, so a file that is there is whole.
/// Gives the reason where a PDF does not follow PDF/UA.
///
/// # Errors
/// As the formats' own; what was under that name stays.
pub(crate) fn write(
    report: &Report,
    rows: &mut Rows,
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
        .and_then(|file| {
            let told = write_to(report, rows, form, &file, &|_| true)?;
            file.sync_all()?;
            Ok(told)
        })
        .and_then(|told| std::fs::rename(&partial, out).map(|()| told).map_err(ReportError::from));
    if written.is_err() {
        // It may not be there, and then there is nothing to clear away.
        let _ = std::fs::remove_file(&partial);
    }
    written
}

/// Writes to a file, and asks after each row whether it is still wanted; the row's number is given. Gives the
/// reason where a PDF does not follow PDF/UA.
///
/// # Errors
/// As the formats' own, and `Stopped`.
pub(crate) fn write_to(
    report: &Report,
    rows: &mut Rows,
    form: &Form,
    file: &File,
    is_wanted: &dyn Fn(usize) -> bool,
) -> Result<Option<String>, ReportError> {
    let mut out = BufWriter::new(file);
    // Writers take rows alone: what ends them early is told after them. That of PDFs asks by itself.
    let is_watched = form.format != Format::Pdf;
    let ended = RefCell::new(None);
    let watched = rows.iter()?.enumerate().map_while(|(at, row)| {
        let row = row.map_err(ReportError::from);
        let row = if is_watched && !is_wanted(at) { Err(ReportError::Stopped) } else { row };
        row.map_err(|error| *ended.borrow_mut() = Some(error)).ok()
    });
    let written = match form.format {
        Format::Csv => csv::write(report, watched, &mut out).map(|_| None),
        Format::Xlsx => xlsx::write(report, watched, &mut out).map(|_| None),
        Format::Pdf => {
            let fonts = Fonts { folders: form.fonts.clone() };
            pdf::write_watched(report, watched, form.paper.into(), &fonts, &mut out, is_wanted)
                .map(|written| written.not_accessible)
        }
    };
    if let Some(error) = ended.into_inner() {
        return Err(error);
    }
    out.flush()?;
    written
}
