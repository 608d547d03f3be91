//! `PATCH /api/v1/views/{id}`

use super::asked::{ViewChecks, check_sharing};
use super::found::{changeable, unknown};
use super::view::{SavedViewView, ViewLayout};
use crate::http::extract::{Json, PathOf};
use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::extract::State;
use hookflash_store::saved_views::{NamedView, SavedViewRow};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What to change of a view; an absent field stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::http) struct SavedViewChange {
    name: Option<String>,
    /// True for supervisors and administrators alone.
    shared: Option<bool>,
    filters: Option<String>,
    layout: Option<ViewLayout>,
    /// The revision that the change was made of: where it is not the present one, nothing is changed.
    revision: Option<i64>,
}

/// Changes a view. Its owner may; a shared one, administrators too.
#[utoipa::path(patch, path = "/api/v1/views/{id}", operation_id = "views_change", tag = "views",
    params(("id" = Uuid, Path, description = "The view's id")), request_body = SavedViewChange,
    security(("session" = ["agent", "supervisor", "administrator"])),
    responses((status = 200, body = SavedViewView, description = "The view")))]
pub(in crate::http) async fn change(
    State(state): State<AppState>,
    user: SignedIn,
    PathOf(id): PathOf<Uuid>,
    Json(body): Json<SavedViewChange>,
) -> Result<axum::Json<SavedViewView>, Problem> {
    let NamedView { view: old, user_name } = changeable(&state, &user, id).await?;
    let by = user.by();
    let row = SavedViewRow { changed_at: by.at, ..body.over(old)? };
    check_sharing(&user, row.shared)?;
    if state.store.change_saved_view(&row, &by).await?.is_none() {
        return Err(Problem::new(Code::ViewChanged, "Look at it again. Nothing was changed."));
    }
    let view = SavedViewRow { revision: row.revision + 1, ..row };
    SavedViewView::of(NamedView { view, user_name }, &user).map(axum::Json).ok_or_else(unknown)
}

impl SavedViewChange {
    fn over(self, old: SavedViewRow) -> Result<SavedViewRow, Problem> {
        let mut checks = ViewChecks::default();
        let name = self.name.map_or(old.name, |name| checks.name(&name));
        let filters = self.filters.map_or(old.filters, |filters| checks.filters(&filters));
        if let Some(layout) = &self.layout {
            checks.layout(layout);
        }
        checks.finish()?;
        let layout = self.layout.map_or(Ok(old.layout), |layout| layout.text())?;
        let (shared, revision) = (self.shared.unwrap_or(old.shared), self.revision.unwrap_or(old.revision));
        Ok(SavedViewRow { name, filters, layout, shared, revision, ..old })
    }
}
