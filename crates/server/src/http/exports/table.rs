//! `POST /api/v1/exports`

use super::{ExportFile, begin, too_large};
use crate::http::extract::Json;
use crate::http::interactions::list::only_own;
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use axum::response::Response;
use hookflash_domain::Timestamp;
use hookflash_reports::{Cell, Column, Kind, Row};
use serde::Deserialize;
use utoipa::ToSchema;

/// Largest body.
const BYTES: usize = 8 << 20;
/// Most rows, columns, and characters of a text.
const MOST_ROWS: usize = 10_000;
const MOST_COLUMNS: usize = 100;
const LONGEST_TEXT: usize = 1_000;

/// A table as a page shows it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct TableExport {
    file: ExportFile,
    /// 1 to 100.
    columns: Vec<ExportColumn>,
    /// At most 10,000, each with as many values as there are columns.
    #[schema(value_type = Vec<Vec<Option<ExportValue>>>)]
    rows: Vec<Vec<Option<ExportValue>>>,
    /// The row of all, below the others.
    #[schema(value_type = Option<Vec<Option<ExportValue>>>)]
    summary: Option<Vec<Option<ExportValue>>>,
}

/// A column.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ExportColumn {
    /// 1 to 200 characters.
    name: String,
    kind: ExportKind,
}

/// What is in a column.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::http) enum ExportKind {
    /// Words.
    Text,
    /// A moment to the minute, in UTC milliseconds.
    Minute,
    /// A moment to the second, in UTC milliseconds.
    Second,
    /// Milliseconds.
    Duration,
    /// A number of things.
    Count,
    /// A number with decimals.
    Ratio,
    /// 0 to 100.
    Percent,
}

/// A value: words, or a number in the unit of its column.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(in crate::http) enum ExportValue {
    /// A number.
    Number(f64),
    /// Words, at most 1,000 characters.
    Text(String),
}

/// Makes a file of a table that is sent with the request, as a page shows it: a body of at most 8 MiB.
#[utoipa::path(post, path = "/api/v1/exports", operation_id = "exports_table", tag = "exports",
    request_body = TableExport, security(("session" = ["agent", "supervisor", "administrator"])),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>, description = "The file")))]
pub(in crate::http) async fn export(
    State(state): State<AppState>,
    user: SignedIn,
    Json(body): Json<TableExport, BYTES>,
) -> Result<Response, Problem> {
    // Whoever may open the list of interactions, or more.
    only_own(&user)?;
    body.check()?;
    let TableExport { file, columns, rows, summary } = body;
    let kinds: Vec<Kind> = columns.iter().map(|column| column.kind.into()).collect();
    let rows = rows.into_iter().map(|row| cells(&kinds, row)).collect();
    let summary = summary.map(|row| cells(&kinds, row));
    let heads = columns.into_iter().zip(&kinds).map(|(column, kind)| Column::new(column.name, *kind));
    let report = file.report(&user, |_| heads.collect(), summary)?;
    begin(&state).await?.answer(report, rows, &file).await
}

impl TableExport {
    fn check(&self) -> Result<(), Problem> {
        let mut checks = Checks::default();
        if self.columns.is_empty() {
            checks.wrong("columns", "must have at least one");
        }
        checks.count("columns", &self.columns, MOST_COLUMNS);
        for column in self.columns.iter().take(MOST_COLUMNS) {
            checks.text("columns", &column.name, 1..=200);
        }
        let mut rows = self.rows.iter().chain(&self.summary);
        if rows.any(|row| row.len() != self.columns.len() || row.iter().flatten().any(ExportValue::is_long)) {
            let words = format!(
                "must have a value for each column, of at most {LONGEST_TEXT} characters where it is a text"
            );
            checks.wrong("rows", words);
        }
        checks.finish()?;
        if self.rows.len() > MOST_ROWS {
            let words = format!("An export has at most {MOST_ROWS} rows. Narrow it down.");
            return Err(too_large(words));
        }
        Ok(())
    }
}

impl ExportValue {
    fn is_long(&self) -> bool {
        matches!(self, Self::Text(text) if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT)
    }
}

impl From<ExportKind> for Kind {
    fn from(kind: ExportKind) -> Self {
        match kind {
            ExportKind::Text => Self::Text,
            ExportKind::Minute => Self::Minute,
            ExportKind::Second => Self::Second,
            ExportKind::Duration => Self::Duration,
            ExportKind::Count => Self::Count,
            ExportKind::Ratio => Self::Ratio,
            ExportKind::Percent => Self::Percent,
        }
    }
}

fn cells(kinds: &[Kind], row: Vec<Option<ExportValue>>) -> Row {
    kinds.iter().zip(row).map(|(kind, value)| value.map_or(Cell::None, |value| cell(*kind, value))).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a cast of a float to an integer saturates")]
fn cell(kind: Kind, value: ExportValue) -> Cell {
    match (kind, value) {
        (_, ExportValue::Text(text)) => Cell::Text(text),
        (Kind::Minute | Kind::Second, ExportValue::Number(at)) => Cell::At(Timestamp(at as i64)),
        (_, ExportValue::Number(number)) => Cell::Number(number),
    }
}
