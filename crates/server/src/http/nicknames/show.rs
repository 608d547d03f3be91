//! `GET /api/v1/nicknames`

use crate::directory::list_of_text;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_directory::index::{Nicknames, NicknamesOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The table of nicknames.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct NicknamesPage {
    /// To be named with a change; another one after each change.
    revision: i64,
    /// The administrator's own.
    names: Vec<NicknamesView>,
    /// Those that come along, which hold as well and cannot be changed.
    built_in: Vec<NicknamesView>,
}

/// A name, and the nicknames that stand for it.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NicknamesOfName)]
pub(in crate::http) struct NicknamesView {
    /// One word of letters, of at most 32 characters.
    pub(super) name: String,
    /// 1 to 16, each like the name.
    pub(super) nicknames: Vec<String>,
}

/// The nicknames under which people are found.
#[utoipa::path(get, path = "/api/v1/nicknames", operation_id = "nicknames_show", tag = "people",
    security(("session" = ["administrator"])),
    responses((status = 200, body = NicknamesPage, description = "The table")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Json<NicknamesPage>, Problem> {
    stored(&state).await.map(Json)
}

/// The table as stored.
pub(super) async fn stored(state: &AppState) -> Result<NicknamesPage, Problem> {
    let (revision, rows) = state.store.nicknames().await?;
    let names = rows.into_iter().map(|row| (row.name, list_of_text(&row.nicknames)).into()).collect();
    let built_in = Nicknames::built_in().into_iter().map(NicknamesView::from).collect();
    Ok(NicknamesPage { revision, names, built_in })
}

impl From<NicknamesOf> for NicknamesView {
    fn from((name, nicknames): NicknamesOf) -> Self {
        Self { name, nicknames }
    }
}
