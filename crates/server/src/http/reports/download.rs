//! `GET /api/v1/reports/runs/{id}/files/{format}`

use super::content::{attachment, of_store};
use super::visible::{no_file, visible};
use crate::http::extract::PathOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use crate::reports::{Format, offered};
use axum::extract::State;
use axum::response::Response;
use uuid::Uuid;

/// A file of a run that has been completed.
#[utoipa::path(get, path = "/api/v1/reports/runs/{id}/files/{format}", operation_id = "reports_download",
    tag = "reports",
    params(("id" = Uuid, Path, description = "The run's id"), ("format" = Format, Path, description = "The format")),
    security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>, description = "The file")))]
pub(in crate::http) async fn download(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    PathOf((run_id, format)): PathOf<(Uuid, String)>,
) -> Result<Response, Problem> {
    let files = offered(visible(&state, &user, run_id).await?);
    let file = files.into_iter().find(|file| file.format.word() == format).ok_or_else(no_file)?;
    let (name, media_type, byte_count) = (file.name.clone(), file.format.media_type(), file.byte_count);
    Ok(attachment(&name, media_type, byte_count, of_store(state.store, file)))
}
