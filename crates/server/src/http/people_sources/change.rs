//! `PATCH /api/v1/people-sources/{id}`

use super::found::{check_not_built_in, found, shown};
use super::view::{PeopleSourceView, checked_name};
use crate::clock::now;
use crate::http::extract::{Json, PathOf};
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use hookflash_store::people::PeopleSourceRow;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What to change of a source; an absent field stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PeopleSourceChange)]
pub(in crate::http) struct Change {
    name: Option<String>,
    /// Whether its people are found.
    active: Option<bool>,
    /// 1 to 1,000. Where two sources disagree, the one with the smaller place is believed.
    place: Option<i64>,
}

/// Changes a source of people.
#[utoipa::path(patch, path = "/api/v1/people-sources/{id}", operation_id = "people_sources_change", tag = "people",
    params(("id" = Uuid, Path, description = "The source's id")), request_body = Change,
    security(("session" = ["administrator"])),
    responses((status = 200, body = PeopleSourceView, description = "The source")))]
pub(in crate::http) async fn change(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<Change>,
) -> Result<axum::Json<PeopleSourceView>, Problem> {
    let before = found(&state, id).await?;
    if body.name.is_some() || body.place.is_some() {
        check_not_built_in(&before)?;
    }
    let mut checks = Checks::default();
    if let Some(place) = body.place {
        checks.number("place", place, &(1..=1_000));
    }
    checks.finish()?;
    let after = PeopleSourceRow {
        name: body.name.as_deref().map(checked_name).transpose()?.unwrap_or(before.name),
        active: body.active.unwrap_or(before.active),
        place: body.place.unwrap_or(before.place),
        changed_at: now(),
        ..before
    };
    state.store.change_people_source(&after, &administrator.by()).await?;
    state.people.changed();
    Ok(axum::Json(shown(&state, id).await?))
}
