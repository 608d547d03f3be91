//! A report as a file.

use super::form::{Form, Format};
use hookflash_reports::pdf::Fonts;
use hookflash_reports::{Report, ReportError, Row, csv, pdf, xlsx};
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
    rows: &[Row],
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
pub(super) fn write_to(
    report: &Report,
    rows: &[Row],
    form: &Form,
    file: &File,
    is_wanted: &dyn Fn(usize) -> bool,
) -> Result<Option<String>, ReportError> {
    let mut out = BufWriter::new(file);
    let mut is_stopped = false;
    let watched = rows.iter().cloned().enumerate().map_while(|(at, row)| {
        is_stopped |= !is_wanted(at);
        (!is_stopped).then_some(row)
    });
    let not_accessible = match form.format {
        Format::Csv => csv::write(report, watched, &mut out).map(|_| None)?,
        Format::Xlsx => xlsx::write(report, watched, &mut out).map(|_| None)?,
        Format::Pdf => {
            let fonts = Fonts { folders: form.fonts.clone() };
            let rows = rows.iter().cloned();
            pdf::write_watched(report, rows, form.paper.into(), &fonts, &mut out, is_wanted)?.not_accessible
        }
    };
    if is_stopped {
        return Err(ReportError::Stopped);
    }
    out.flush()?;
    Ok(not_accessible)
}
