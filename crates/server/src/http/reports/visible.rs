//! Who sees which run: who asked for it, and administrators. One in which single experts can be told apart is
//! for administrators alone, whoever asked.

use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use crate::reports::{Format, Parameters, RunState, file_name};
use hookflash_reports::library::ReportName;
use hookflash_store::report_runs::{ReportFileRow, ReportRunRow};
use hookflash_store::users::Role;
use uuid::Uuid;

/// A file that can be downloaded.
pub(super) struct Offered {
    pub(super) run_id: Uuid,
    pub(super) format: Format,
    pub(super) name: String,
    pub(super) byte_count: u64,
    pub(super) part_count: i64,
}

pub(super) fn is_visible(user: &SignedIn, run: &ReportRunRow) -> bool {
    user.has(Role::Administrator) || (run.user_id == user.user_id && !run.shows_people)
}

/// The run with its files, or 404 where there is none that the user may see.
pub(super) async fn visible(
    state: &AppState,
    user: &SignedIn,
    run_id: Uuid,
) -> Result<(ReportRunRow, Vec<ReportFileRow>), Problem> {
    let found = state.store.report_run(run_id).await?;
    found.filter(|(run, _)| is_visible(user, run)).ok_or_else(unknown)
}

/// The files of a run that can be downloaded.
pub(super) fn offered((run, files): (ReportRunRow, Vec<ReportFileRow>)) -> Vec<Offered> {
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

/// There is no such run, or it is not this user's.
pub(super) fn unknown() -> Problem {
    Problem::new(Code::UnknownReportRun, "It was removed, its time was over, or it is somebody else's.")
}

/// There is nothing to download.
pub(super) fn no_file() -> Problem {
    Problem::new(
        Code::NoReportFile,
        "The run is not over yet, or this file could not be made. Look at the run.",
    )
}
