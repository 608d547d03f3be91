//! `PUT /api/v1/settings/attached-data`

use super::show_attached_data::{AttachedDataSettings, stored};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use hookflash_domain::attached::MAX_KEY_CHARS;
use hookflash_store::attached_keys::AttachedKeyRow;

/// Most keys.
const MAX_KEYS: usize = 500;

/// Replaces the keys of attached data.
#[utoipa::path(put, path = "/api/v1/settings/attached-data", operation_id = "settings_attached_data_replace",
    tag = "settings", request_body = AttachedDataSettings, security(("session" = ["administrator"])),
    responses((status = 200, body = AttachedDataSettings, description = "The keys")))]
pub(in crate::http) async fn replace(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<AttachedDataSettings>,
) -> Result<axum::Json<AttachedDataSettings>, Problem> {
    let rows = check(&body)?;
    state.store.replace_attached_keys(&rows, &administrator.by()).await?;
    state.engine.directory_changed();
    stored(&state).await.map(axum::Json)
}

fn check(body: &AttachedDataSettings) -> Result<Vec<AttachedKeyRow>, Problem> {
    let mut checks = Checks::default();
    checks.count("keys", &body.keys, MAX_KEYS);
    let mut rows: Vec<AttachedKeyRow> = Vec::new();
    for one in body.keys.iter().take(MAX_KEYS) {
        let row = AttachedKeyRow {
            key: checks.text("key", &one.key, 1..=MAX_KEY_CHARS),
            label: checks.text("label", &one.label, 0..=100),
            private: one.private,
            hidden: one.hidden,
        };
        if rows.iter().any(|other| other.key == row.key) {
            checks.wrong("key", format!("{} is there twice", row.key));
        }
        rows.push(row);
    }
    checks.finish().map(|()| rows)
}
