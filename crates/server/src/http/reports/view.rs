//! Runs as supervisors and administrators see them.

use crate::reports::{About, Failure, Format, LanguageTag, PaperSize, Parameters, RunState, file_name};
use hookflash_reports::library::ReportName;
use hookflash_store::report_runs::{ReportFileRow, ReportRunRow};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A report that was asked for.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ReportRunView {
    run_id: Uuid,
    /// The report's word.
    report: String,
    /// Who asked.
    user_id: Uuid,
    user_name: String,
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day.
    #[schema(format = Date)]
    to: String,
    time_zone: String,
    #[serde(flatten)]
    about: About,
    formats: Vec<Format>,
    language: LanguageTag,
    paper: PaperSize,
    state: RunState,
    /// How far it is, 0 to 100.
    progress: i64,
    /// Why it failed.
    error_code: Option<Failure>,
    requested_at: i64,
    /// The fire of a schedule that asked for it; null where the user did.
    fire_id: Option<Uuid>,
    started_at: Option<i64>,
    ended_at: Option<i64>,
    /// When it is removed with its files; null before it is over.
    expires_at: Option<i64>,
    /// By format; empty until it is over.
    files: Vec<ReportFileView>,
}

/// A file of a run.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ReportFileView {
    format: Format,
    name: String,
    byte_count: i64,
    /// Why it was not made; null where it can be downloaded.
    error_code: Option<Failure>,
}

impl ReportRunView {
    /// None for what a later version has stored.
    pub(super) fn of(row: ReportRunRow, files: Vec<ReportFileRow>, user_name: String) -> Option<Self> {
        let parameters: Parameters = serde_json::from_str(&row.parameters).ok()?;
        let report = ReportName::of_word(&row.report)?;
        let file = |file: ReportFileRow| {
            let format = Format::of_word(&file.format)?;
            Some(ReportFileView {
                format,
                name: file_name(report, &parameters, format),
                byte_count: file.byte_count,
                error_code: file.error_code.as_deref().map(Failure::of_word),
            })
        };
        Some(Self {
            run_id: row.run_id,
            files: files.into_iter().filter_map(file).collect(),
            report: row.report,
            user_id: row.user_id.0,
            user_name,
            from: parameters.from.to_string(),
            to: parameters.to.to_string(),
            time_zone: parameters.time_zone,
            about: parameters.about,
            formats: parameters.formats,
            language: parameters.language,
            paper: parameters.paper,
            state: RunState::of_word(&row.state),
            progress: row.progress,
            error_code: row.error_code.as_deref().map(Failure::of_word),
            requested_at: row.requested_at.0,
            fire_id: row.fire_id,
            started_at: row.started_at.map(|at| at.0),
            ended_at: row.ended_at.map(|at| at.0),
            expires_at: row.expires_at.map(|at| at.0),
        })
    }
}
