//! `GET /api/v1/settings/attached-data`

use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_store::attached_keys::AttachedKeyRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the keys of attached data are shown, and which may be handed over.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct AttachedDataSettings {
    /// In the order in which they are listed.
    pub(super) keys: Vec<AttachedDataKey>,
}

/// A key of attached data.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct AttachedDataKey {
    /// The key, as the call brings it: a header's name.
    pub(super) key: String,
    /// What people read; the key itself where empty.
    pub(super) label: String,
    /// May not be handed over to an expert.
    pub(super) private: bool,
    /// The value is kept from the desk.
    pub(super) hidden: bool,
}

/// How the keys of attached data are shown, and which may be handed over.
#[utoipa::path(get, path = "/api/v1/settings/attached-data", operation_id = "settings_attached_data_show",
    tag = "settings", security(("session" = ["administrator"])),
    responses((status = 200, body = AttachedDataSettings, description = "The keys")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Json<AttachedDataSettings>, Problem> {
    stored(&state).await.map(Json)
}

/// The settings as stored.
pub(super) async fn stored(state: &AppState) -> Result<AttachedDataSettings, Problem> {
    let view = |row: AttachedKeyRow| AttachedDataKey {
        key: row.key,
        label: row.label,
        private: row.private,
        hidden: row.hidden,
    };
    Ok(AttachedDataSettings { keys: state.store.attached_keys().await?.into_iter().map(view).collect() })
}
