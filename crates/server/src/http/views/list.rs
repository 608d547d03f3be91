//! `GET /api/v1/views`

use super::page::Page;
use super::view::SavedViewView;
use crate::http::extract::QueryOf;
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

/// Of which page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Asked {
    page: Page,
}

/// The saved views of a page, by name: first the user's own, then the shared ones of others; at most 1,000. Agents may open the list of interactions
/// alone.
#[utoipa::path(get, path = "/api/v1/views", operation_id = "views_list", tag = "views", params(Asked),
    security(("session" = ["agent", "supervisor", "administrator"])),
    responses((status = 200, body = Vec<SavedViewView>, description = "The views")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    user: SignedIn,
    QueryOf(Asked { page }): QueryOf<Asked>,
) -> Result<Json<Vec<SavedViewView>>, Problem> {
    page.check(&user)?;
    let views = state.store.saved_views(page.word(), user.user_id).await?;
    Ok(Json(views.into_iter().filter_map(|view| SavedViewView::of(view, &user)).collect()))
}
