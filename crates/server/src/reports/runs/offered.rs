//! Files of runs that can be had.

use super::{Parameters, RunState, file_name};
use crate::reports::Format;
use hookflash_reports::library::ReportName;
use hookflash_store::report_runs::{ReportFileRow, ReportRunRow};
use uuid::Uuid;

/// A file that can be downloaded.
pub(crate) struct Offered {
    pub(crate) run_id: Uuid,
    pub(crate) format: Format,
    pub(crate) name: String,
    pub(crate) byte_count: u64,
    pub(crate) part_count: i64,
}

/// The files of a run that can be downloaded.
pub(crate) fn offered((run, files): (ReportRunRow, Vec<ReportFileRow>)) -> Vec<Offered> {
    let report = ReportName::of_word(&run.report);
    let parameters = serde_json::from_str::<Parameters>(&run.parameters).ok();
    let Some((report, parameters)) = report.zip(parameters) else { return Vec::new() };
    if !RunState::of_word(&run.state).has_files() {
        return Vec::new();
    }
    let offered = |file: ReportFileRow| {
        let format = Format::of_word(&file.format).filter(|_| file.error_code.is_none())?;
        Some(Offered {
            run_id: run.run_id,
            format,
            name: file_name(report, &parameters, format),
            byte_count: u64::try_from(file.byte_count).ok()?,
            part_count: file.part_count,
        })
    };
    files.into_iter().filter_map(offered).collect()
}
