//! `PUT /api/v1/me/language`

use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language of the desk.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::http) enum Language {
    /// English.
    En,
    /// German.
    De,
}

impl Language {
    /// As it is stored.
    pub(in crate::http) fn word(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }
}

/// The language of one's own desk.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct LanguageChange {
    /// Null to follow the browser.
    #[schema(required)]
    language: Option<Language>,
}

/// Sets the language of one's own desk.
#[utoipa::path(put, path = "/api/v1/me/language", operation_id = "me_set_language", tag = "me",
    request_body = LanguageChange, security(("session" = [])),
    responses((status = 204, description = "Set")))]
pub(in crate::http) async fn set_language(
    State(state): State<AppState>,
    user: SignedIn,
    Json(body): Json<LanguageChange>,
) -> Result<StatusCode, Problem> {
    state.store.set_language(user.user_id, body.language.map(Language::word), &user.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
