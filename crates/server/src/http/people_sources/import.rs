//! `POST /api/v1/people-sources/{id}/imports`

use super::found::found;
use super::view::PeopleImportView;
use crate::directory::{Addresses, CSV, CsvFile, Import, NotBegun, NotRead, import_csv};
use crate::http::extract::{PathOf, QueryOf};
use crate::http::problem::{Code, FieldError, Problem};
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tokio::sync::OwnedSemaphorePermit;
use utoipa::IntoParams;
use uuid::Uuid;

/// Largest file.
const FILE_BYTES: usize = 64 << 20;

/// How the file is taken.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct How {
    /// Whether whoever is not in the file is removed; so it is where this is absent.
    full: Option<bool>,
}

/// Begins to read a CSV file of up to 64 MB as what a source tells. A file that misses a column is refused before
/// anything is changed (`missing_name_column` and so on); how far the import is can be asked for then.
#[utoipa::path(post, path = "/api/v1/people-sources/{id}/imports", operation_id = "people_imports_begin", tag = "people",
    params(("id" = Uuid, Path, description = "The source's id"), How),
    request_body(content = String, content_type = "text/csv", description = "A header row, then one person a row"),
    security(("session" = ["administrator"])),
    responses((status = 202, body = PeopleImportView, description = "The import has begun")))]
pub(in crate::http) async fn import(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
    QueryOf(how): QueryOf<How>,
    body: Body,
) -> Result<(StatusCode, Json<PeopleImportView>), Problem> {
    let source = found(&state, id).await?;
    if source.kind != CSV {
        return Err(Problem::new(Code::Invalid, "This source is not read from files."));
    }
    let busy = |_| Problem::new(Code::Busy, "Other imports are running. Nothing was changed.");
    let permit = state.imports.clone().try_acquire_owned().map_err(busy)?;
    let too_large = |_| {
        let words = format!("A file has at most {} MB. Nothing was changed.", FILE_BYTES >> 20);
        Problem::new(Code::TooLarge, words)
    };
    let bytes = axum::body::to_bytes(body, FILE_BYTES).await.map_err(too_large)?;
    let file =
        CsvFile::open(&bytes, Addresses::of_config(&state.config)).map_err(|error| not_read(&error))?;
    let import = Import::begin(&state.store, id, how.full.unwrap_or(true), &administrator.name).await;
    let import = import.map_err(|error| match error {
        NotBegun::Running => Problem::new(Code::ImportRunning, "Wait until it is over. Nothing was changed."),
        NotBegun::Store(error) => error.into(),
    })?;
    let begun = import.row().clone().into();
    tokio::spawn(run(state, import, file, permit));
    Ok((StatusCode::ACCEPTED, Json(begun)))
}

/// Why a file is not read, with the column that it is about.
fn not_read(error: &NotRead) -> Problem {
    let code = match error {
        NotRead::Empty => Code::EmptyFile,
        NotRead::MissingName => Code::MissingNameColumn,
        NotRead::MissingKey => Code::MissingKeyColumn,
        NotRead::ColumnTwice(_) => Code::ColumnTwice,
        NotRead::UnknownNetwork(_) => Code::UnknownNetworkColumn,
        NotRead::Unreadable(_) => Code::UnreadableFile,
    };
    let about = |column: &str| FieldError { field: column.to_owned(), message: error.to_string() };
    let errors = error.column().map(about).into_iter().collect();
    Problem { errors, ..Problem::new(code, format!("{error} Nothing was changed.")) }
}

async fn run(state: AppState, import: Import, file: CsvFile, permit: OwnedSemaphorePermit) {
    match import_csv(import, &file).await {
        Ok(done) => {
            tracing::info!(import = %done.import_id, state = done.state, read = done.read_count, "people were imported");
        }
        Err(error) => tracing::warn!(%error, "an import of people broke off"),
    }
    state.people.changed();
    drop(permit);
}
