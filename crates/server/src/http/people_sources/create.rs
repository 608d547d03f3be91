//! `POST /api/v1/people-sources`

use super::MOST;
use super::found::shown;
use super::view::{PeopleSourceView, checked_name};
use crate::directory::csv_source;
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// A new source of CSV files.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewPeopleSource {
    /// 1 to 100 characters; unique, case does not count.
    name: String,
}

/// Adds a source of people whose files are uploaded; at most 100. It is believed less than those before.
#[utoipa::path(post, path = "/api/v1/people-sources", operation_id = "people_sources_create", tag = "people",
    request_body = NewPeopleSource, security(("session" = ["administrator"])),
    responses((status = 201, body = PeopleSourceView, description = "The source")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<NewPeopleSource>,
) -> Result<(StatusCode, axum::Json<PeopleSourceView>), Problem> {
    let source = csv_source(&checked_name(&body.name)?);
    state.store.create_people_source(&source, MOST, &administrator.by()).await?;
    Ok((StatusCode::CREATED, axum::Json(shown(&state, source.source_id).await?)))
}
