//! `POST /api/v1/interactions/export`

use super::list::{Filters, permitted};
use crate::http::exports::{ExportFile, begin, too_large};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use crate::reports::interaction_part;
use axum::extract::State;
use axum::response::Response;
use hookflash_reports::library::InteractionColumn;
use hookflash_reports::{Language, Locale, Row};
use hookflash_store::Store;
use hookflash_store::interactions::{Filter, MAX_ROWS};
use serde::Deserialize;
use std::time::Duration;
use utoipa::ToSchema;

/// Most rows; who needs more asks for the report of interactions.
const MOST_ROWS: usize = 50_000;
/// How long the history may be searched.
const LONGEST: Duration = Duration::from_secs(60);

/// Which interactions, and which of their columns.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct InteractionsExport {
    file: ExportFile,
    /// Keys of columns in their order, each once: `started`, `caller`, `number`, `queue`, `agent`, `disposition`, `wait`,
    /// `talk`, `hold`, `consults`, `note`, `end`, `state`.
    columns: Vec<String>,
    /// As of the list, without `cursor` and `limit`.
    filters: Filters,
}

/// A file of all interactions that a filter finds, newest first, with the chosen columns. Agents see their own alone.
/// More than 50,000 rows, or 5,000 of a PDF, are refused.
#[utoipa::path(post, path = "/api/v1/interactions/export", operation_id = "interactions_export", tag = "interactions",
    request_body = InteractionsExport, security(("session" = ["agent", "supervisor", "administrator"])),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>, description = "The file")))]
pub(in crate::http) async fn export(
    State(state): State<AppState>,
    user: SignedIn,
    Json(body): Json<InteractionsExport>,
) -> Result<Response, Problem> {
    let InteractionsExport { file, columns, filters } = body;
    let columns = chosen(&columns)?;
    if filters.has_page() {
        return Err(Problem::field("filters", "must not have cursor or limit"));
    }
    let filter = permitted(filters, &user)?;
    let heads = |locale: &Locale| columns.iter().map(|column| column.column(locale.language)).collect();
    let report = file.report(&user, heads, None)?;
    let export = begin(&state).await?;
    let rows = match filter {
        Some(filter) => {
            let found = found(&state.store, filter, &columns, report.locale.language);
            let late = |_| too_large("Searching took more than a minute. Choose a shorter period.");
            tokio::time::timeout(LONGEST, found).await.map_err(late)??
        }
        None => Vec::new(),
    };
    export.answer(report, rows, &file).await
}

fn chosen(words: &[String]) -> Result<Vec<InteractionColumn>, Problem> {
    let mut columns = Vec::new();
    for word in words {
        match InteractionColumn::of_word(word) {
            Some(column) if !columns.contains(&column) => columns.push(column),
            _ => return Err(odd()),
        }
    }
    if columns.is_empty() { Err(odd()) } else { Ok(columns) }
}

fn odd() -> Problem {
    Problem::field("columns", "must be keys of columns of the list, each once")
}

async fn found(
    store: &Store,
    mut filter: Filter,
    columns: &[InteractionColumn],
    language: Language,
) -> Result<Vec<Row>, Problem> {
    let mut rows = Vec::new();
    loop {
        let page = store.interactions(&filter, MAX_ROWS).await?;
        let parts = page.rows.into_iter().map(interaction_part);
        rows.extend(
            parts.map(|part| columns.iter().map(|column| column.cell(language, &part)).collect::<Row>()),
        );
        if rows.len() > MOST_ROWS {
            let words =
                format!("More than {MOST_ROWS} interactions match. Choose a shorter period or more filters.");
            return Err(too_large(words));
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(rows),
        }
    }
}
