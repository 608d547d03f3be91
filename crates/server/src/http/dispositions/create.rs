//! `POST /api/v1/dispositions`

use super::view::{DispositionView, check_name, check_queues, stored};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_domain::DispositionId;
use hookflash_store::dispositions::{Disposition, DispositionRow};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A new disposition.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewDisposition {
    /// 1 to 100 characters; unique, case does not count.
    name: String,
    /// The queues for which it can be chosen; empty for all.
    #[serde(default)]
    queue_ids: Vec<Uuid>,
    /// Whether it can be chosen; yes where absent.
    active: Option<bool>,
}

/// Adds a disposition.
#[utoipa::path(post, path = "/api/v1/dispositions", operation_id = "dispositions_create", tag = "dispositions",
    request_body = NewDisposition, security(("session" = ["administrator"])),
    responses((status = 201, body = DispositionView, description = "The disposition")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<NewDisposition>,
) -> Result<(StatusCode, axum::Json<DispositionView>), Problem> {
    let mut checks = Checks::default();
    let disposition = Disposition {
        row: DispositionRow {
            disposition_id: DispositionId(crate::ids::new_id()),
            name: check_name(&mut checks, &body.name),
            active: body.active.unwrap_or(true),
        },
        queue_ids: check_queues(&mut checks, &body.queue_ids),
    };
    checks.finish()?;
    state.store.create_disposition(&disposition, &administrator.by()).await?;
    state.engine.directory_changed();
    Ok((StatusCode::CREATED, axum::Json(stored(&state, disposition.row.disposition_id).await?)))
}
