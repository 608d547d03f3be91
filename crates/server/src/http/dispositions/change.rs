//! `PATCH /api/v1/dispositions/{id}`

use super::view::{DispositionView, check_name, check_queues, stored};
use crate::http::extract::{Json, PathOf};
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use hookflash_domain::DispositionId;
use hookflash_store::dispositions::DispositionChange;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What to change of a disposition; an absent field stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = DispositionChange)]
pub(in crate::http) struct Change {
    name: Option<String>,
    /// All queues for which it can be chosen; empty for all.
    queue_ids: Option<Vec<Uuid>>,
    active: Option<bool>,
}

/// Changes a disposition.
#[utoipa::path(patch, path = "/api/v1/dispositions/{id}", operation_id = "dispositions_change", tag = "dispositions",
    params(("id" = Uuid, Path, description = "The disposition's id")), request_body = Change,
    security(("session" = ["administrator"])),
    responses((status = 200, body = DispositionView, description = "The disposition")))]
pub(in crate::http) async fn change(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<Change>,
) -> Result<axum::Json<DispositionView>, Problem> {
    let id = DispositionId(id);
    let mut checks = Checks::default();
    let change = DispositionChange {
        name: body.name.map(|text| check_name(&mut checks, &text)),
        active: body.active,
        queue_ids: body.queue_ids.map(|ids| check_queues(&mut checks, &ids)),
    };
    checks.finish()?;
    state.store.change_disposition(id, change, &administrator.by()).await?;
    state.engine.directory_changed();
    stored(&state, id).await.map(axum::Json)
}
