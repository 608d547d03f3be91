//! A run before it is begun.

use super::{Parameters, RunState};
use hookflash_domain::{Timestamp, UserId};
use hookflash_reports::library::{ReportName, RowsOf};
use hookflash_store::report_runs::ReportRunRow;

/// Who asks for a run, when, and for which fire of a schedule.
pub(crate) struct AskedBy {
    pub(crate) user_id: UserId,
    /// Sees single experts.
    pub(crate) is_administrator: bool,
    pub(crate) at: Timestamp,
    pub(crate) fire_id: Option<uuid::Uuid>,
}

/// A run to be queued.
///
/// # Errors
/// The parameters cannot be written, which is a defect.
pub(crate) fn queued(
    report: ReportName,
    parameters: &Parameters,
    by: &AskedBy,
) -> Result<ReportRunRow, serde_json::Error> {
    Ok(ReportRunRow {
        run_id: crate::ids::new_id(),
        user_id: by.user_id,
        report: report.word().to_owned(),
        parameters: serde_json::to_string(parameters)?,
        shows_people: report.rows_of() == RowsOf::Experts && by.is_administrator,
        state: RunState::Queued.word().to_owned(),
        attempt: 0,
        progress: 0,
        error_code: None,
        requested_at: by.at,
        started_at: None,
        ended_at: None,
        expires_at: None,
        lease_until: None,
        fire_id: by.fire_id,
    })
}
