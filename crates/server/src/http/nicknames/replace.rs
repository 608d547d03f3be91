//! `PUT /api/v1/nicknames`

use super::asked::checked;
use super::show::{NicknamesPage, NicknamesView, stored};
use crate::http::extract::Json;
use crate::http::problem::{Code, Problem};
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

/// Largest body: as many names as may be fit into it.
const BODY_BYTES: usize = 2 << 20;

/// The administrator's table that shall hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NicknamesChange {
    /// The revision of the table that was changed: where it is not the present one, nothing is changed.
    revision: i64,
    /// At most 500 names, each once.
    names: Vec<NicknamesView>,
}

/// Replaces the administrator's nicknames. Searches know them within some seconds.
#[utoipa::path(put, path = "/api/v1/nicknames", operation_id = "nicknames_replace", tag = "people",
    request_body = NicknamesChange, security(("session" = ["administrator"])),
    responses((status = 200, body = NicknamesPage, description = "The table")))]
pub(in crate::http) async fn replace(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<NicknamesChange, BODY_BYTES>,
) -> Result<axum::Json<NicknamesPage>, Problem> {
    let rows = checked(&body.names)?;
    if state.store.replace_nicknames(&rows, body.revision, &administrator.by()).await?.is_none() {
        return Err(Problem::new(Code::NicknamesChanged, "Look at them again. Nothing was changed."));
    }
    state.people.changed();
    stored(&state).await.map(axum::Json)
}
