//! `POST /api/v1/views`

use super::asked::{ViewChecks, check_sharing};
use super::found::unknown;
use super::page::Page;
use super::view::{SavedViewView, ViewLayout};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use hookflash_store::saved_views::{NamedView, SavedViewRow, ViewLimits};
use serde::Deserialize;
use utoipa::ToSchema;

/// Most views.
const LIMITS: ViewLimits = ViewLimits { all: 20_000, one_user: 100 };

/// A view to be saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SavedViewRequest {
    page: Page,
    /// 1 to 100 characters.
    name: String,
    /// False where absent; true for supervisors and administrators alone.
    #[serde(default)]
    shared: bool,
    /// The query of the page's address, at most 2,000 characters.
    filters: String,
    layout: ViewLayout,
}

/// Saves a view of a page. It is the user's.
#[utoipa::path(post, path = "/api/v1/views", operation_id = "views_create", tag = "views",
    request_body = SavedViewRequest, security(("session" = ["agent", "supervisor", "administrator"])),
    responses((status = 201, body = SavedViewView, description = "The view")))]
pub(in crate::http) async fn create(
    State(state): State<AppState>,
    user: SignedIn,
    Json(body): Json<SavedViewRequest>,
) -> Result<(StatusCode, axum::Json<SavedViewView>), Problem> {
    body.page.check(&user)?;
    check_sharing(&user, body.shared)?;
    let mut checks = ViewChecks::default();
    let (name, filters) = (checks.name(&body.name), checks.filters(&body.filters));
    checks.layout(&body.layout);
    checks.finish()?;
    let by = user.by();
    let view = SavedViewRow {
        view_id: crate::ids::new_id(),
        user_id: user.user_id,
        page: body.page.word().to_owned(),
        name,
        shared: body.shared,
        filters,
        layout: body.layout.text()?,
        revision: 1,
        created_at: by.at,
        changed_at: by.at,
    };
    state.store.create_saved_view(&view, LIMITS, &by).await?;
    let named = NamedView { view, user_name: user.name.clone() };
    let view = SavedViewView::of(named, &user).ok_or_else(unknown)?;
    Ok((StatusCode::CREATED, axum::Json(view)))
}
