//! Making the files of a run, on a thread of its own.

use super::progress::Progress;
use super::{Failure, Parameters};
use crate::reports::file::write_to;
use crate::reports::{Form, Format, ReadError, Rows, read};
use hookflash_reports::library::ReportName;
use hookflash_reports::{Report, ReportError};
use hookflash_store::report_runs::{PART_BYTES, ReportFileRow, ReportRunRow};
use hookflash_store::{Store, StoreError};
use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::PathBuf;
use tokio::runtime::Handle;

/// What is made, and with what.
pub(super) struct Job {
    pub(super) store: Store,
    pub(super) run: ReportRunRow,
    pub(super) fonts: Vec<PathBuf>,
}

/// Why there are no files.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotMade {
    /// Nobody wants them any more.
    #[error("it is not wanted any more")]
    Stopped,
    /// The database cannot be used for the moment: to be tried again.
    #[error(transparent)]
    Store(StoreError),
    /// Another try would end likewise.
    #[error("{1}")]
    Failed(Failure, String),
}

impl Job {
    /// Reads the report and writes its files into the store. Blocks; a file that has more than fits is told as such
    /// beside those that could be made.
    pub(super) fn make(&self, progress: &Progress) -> Result<Vec<ReportFileRow>, NotMade> {
        let runtime = Handle::current();
        let internal = |words: &str| NotMade::Failed(Failure::Internal, words.to_owned());
        let parameters: Parameters =
            serde_json::from_str(&self.run.parameters).map_err(|error| internal(&error.to_string()))?;
        let name =
            ReportName::of_word(&self.run.report).ok_or_else(|| internal("there is no such report"))?;
        let (report, mut rows) = runtime.block_on(self.read(name, &parameters))?;
        let (count, row_count) = (parameters.formats.len(), rows.len());
        let mut files = Vec::new();
        for (at, format) in parameters.formats.iter().enumerate() {
            progress.written((0, row_count), (at, count));
            let form = Form { format: *format, paper: parameters.paper, fonts: self.fonts.clone() };
            let is_wanted = |row| {
                progress.written((row, row_count), (at, count));
                progress.is_wanted()
            };
            files.push(self.file(&runtime, &report, &mut rows, &form, &is_wanted)?);
        }
        Ok(files)
    }

    async fn read(&self, name: ReportName, parameters: &Parameters) -> Result<(Report, Rows), NotMade> {
        let made_at = crate::clock::now();
        let (asked, names) = parameters.question(&self.store, name, made_at).await?;
        Ok(read(&self.store, &asked, &names, self.run.shows_people).await?)
    }

    fn file(
        &self,
        runtime: &Handle,
        report: &Report,
        rows: &mut Rows,
        form: &Form,
        is_wanted: &dyn Fn(usize) -> bool,
    ) -> Result<ReportFileRow, NotMade> {
        // It has no name, so a process that dies leaves nothing behind.
        let mut file = tempfile::tempfile().map_err(ReportError::from)?;
        match write_to(report, rows, form, &file, is_wanted) {
            Ok(not_accessible) => {
                if let Some(why) = not_accessible {
                    tracing::info!(run_id = %self.run.run_id, %why, "a PDF does not follow PDF/UA");
                }
            }
            Err(error @ ReportError::TooManyRows { .. }) => {
                tracing::info!(run_id = %self.run.run_id, %error, "a file of a report is not made");
                return Ok(self.row(form.format, (0, 0), Some(Failure::DataLimit)));
            }
            Err(error) => return Err(error.into()),
        }
        file.rewind().map_err(ReportError::from)?;
        let kept = self.keep(runtime, form.format, file)?;
        Ok(self.row(form.format, kept, None))
    }

    /// Puts a file into the store; gives its size and its number of parts.
    fn keep(&self, runtime: &Handle, format: Format, mut file: File) -> Result<(i64, i64), NotMade> {
        let (mut bytes, mut parts) = (0, 0);
        loop {
            let mut part = Vec::with_capacity(PART_BYTES);
            let count =
                file.by_ref().take(PART_BYTES as u64).read_to_end(&mut part).map_err(ReportError::from)?;
            if count == 0 {
                return Ok((bytes, parts));
            }
            let (run_id, attempt) = (self.run.run_id, self.run.attempt);
            let added = self.store.add_report_part(run_id, attempt, format.word(), parts, &part);
            runtime.block_on(added).map_err(|error| match error {
                StoreError::NotFound(_) => NotMade::Stopped,
                error => NotMade::Store(error),
            })?;
            bytes += i64::try_from(count).unwrap_or(i64::MAX);
            parts += 1;
        }
    }

    fn row(&self, format: Format, (bytes, parts): (i64, i64), failure: Option<Failure>) -> ReportFileRow {
        ReportFileRow {
            run_id: self.run.run_id,
            format: format.word().to_owned(),
            byte_count: bytes,
            part_count: parts,
            error_code: failure.map(|failure| failure.word().to_owned()),
        }
    }
}

impl From<ReadError> for NotMade {
    fn from(error: ReadError) -> Self {
        let words = error.to_string();
        match error {
            ReadError::Store(StoreError::TooLong(_)) => Self::Failed(Failure::DataLimit, words),
            ReadError::Store(error) => Self::Store(error),
            ReadError::Asked(_) | ReadError::Rows(_) => Self::Failed(Failure::Internal, words),
        }
    }
}

impl From<ReportError> for NotMade {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Stopped => Self::Stopped,
            error => Self::Failed(Failure::Internal, error.to_string()),
        }
    }
}
