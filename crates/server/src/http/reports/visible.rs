//! Who sees which run: who asked for it, and administrators. One in which single experts can be told apart is
//! for administrators alone, whoever asked.

use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use hookflash_store::report_runs::{ReportFileRow, ReportRunRow};
use hookflash_store::users::Role;
use uuid::Uuid;

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
