//! Making the file of an export, on a thread of its own.

use super::ExportFile;
use crate::http::problem::{Code, Problem};
use crate::http::reports::content::{attachment, of_disk};
use crate::http::state::AppState;
use crate::reports::{Form, Format, Rows, write_to};
use axum::response::Response;
use hookflash_reports::{Report, ReportError, Row};
use std::fs::File;
use std::io::Seek as _;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// How long an export waits for others before it.
const WAIT: Duration = Duration::from_secs(15);
/// Most rows of a PDF: about 120 pages.
const MOST_PDF: usize = 5_000;

/// The right to make a file: few are made at once, because each takes memory and a processor.
pub(in crate::http) struct Export {
    fonts: Vec<PathBuf>,
    _permit: OwnedSemaphorePermit,
}

/// Waits for its turn.
///
/// # Errors
/// `busy` where others take too long.
pub(in crate::http) async fn begin(state: &AppState) -> Result<Export, Problem> {
    let turn = tokio::time::timeout(WAIT, state.exports.clone().acquire_owned()).await;
    match turn {
        Ok(Ok(permit)) => Ok(Export { fonts: state.config.reports.fonts.clone(), _permit: permit }),
        _ => Err(Problem::new(Code::Busy, "Others are exporting. Try again in a moment.")),
    }
}

impl Export {
    /// Makes the file, and the answer with it.
    ///
    /// # Errors
    /// `export_too_large` where the format does not hold so many rows, `internal`.
    pub(in crate::http) async fn answer(
        self,
        report: Report,
        rows: Vec<Row>,
        asked: &ExportFile,
    ) -> Result<Response, Problem> {
        if asked.format == Format::Pdf && rows.len() > MOST_PDF {
            return Err(too_large(format!(
                "A PDF has at most {MOST_PDF} rows. Narrow it down, or take XLSX."
            )));
        }
        let form =
            Form { format: asked.format, paper: asked.paper.unwrap_or_default(), fonts: self.fonts.clone() };
        let (name, media_type) = (format!("export.{}", form.format.word()), form.format.media_type());
        let made = tokio::task::spawn_blocking(move || {
            let made = write(&report, rows, &form);
            drop(self);
            made
        });
        let (file, bytes) = made.await.map_err(|error| failed(&error))?.map_err(|error| match error {
            ReportError::TooManyRows { .. } => too_large(error.to_string()),
            error => failed(&error),
        })?;
        Ok(attachment(&name, media_type, bytes, of_disk(file)))
    }
}

fn write(report: &Report, rows: Vec<Row>, form: &Form) -> Result<(File, u64), ReportError> {
    // It has no name, so it is gone with its last reader.
    let mut file = tempfile::tempfile()?;
    write_to(report, &mut Rows::from(rows), form, &file, &|_| true)?;
    file.rewind()?;
    let bytes = file.metadata()?.len();
    Ok((file, bytes))
}

/// That there is more than fits.
pub(in crate::http) fn too_large(words: impl Into<String>) -> Problem {
    Problem::new(Code::ExportTooLarge, words)
}

fn failed(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "an export could not be made");
    Problem::new(Code::Internal, "Nothing was changed. The server's log says more.")
}
