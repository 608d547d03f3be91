//! Errors as SCIM tells them (RFC 7644, section 3.12).

use super::CONTENT_TYPE;
use crate::directory::NotTaken;
use crate::http::problem::Problem;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hookflash_store::StoreError;
use serde_json::json;

/// An error of SCIM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ScimError {
    status: u16,
    /// A word of table 9 of section 3.12.
    kind: Option<&'static str>,
    detail: String,
    retry_after_s: Option<u64>,
}

impl ScimError {
    pub(super) fn new(status: u16, detail: impl Into<String>) -> Self {
        Self { status, kind: None, detail: detail.into(), retry_after_s: None }
    }

    pub(super) fn syntax(detail: impl Into<String>) -> Self {
        Self { kind: Some("invalidSyntax"), ..Self::new(400, detail) }
    }

    pub(super) fn value(detail: impl Into<String>) -> Self {
        Self { kind: Some("invalidValue"), ..Self::new(400, detail) }
    }

    pub(super) fn path(detail: impl Into<String>) -> Self {
        Self { kind: Some("invalidPath"), ..Self::new(400, detail) }
    }

    pub(super) fn filter(detail: impl Into<String>) -> Self {
        Self { kind: Some("invalidFilter"), ..Self::new(400, detail) }
    }

    pub(super) fn no_target(detail: impl Into<String>) -> Self {
        Self { kind: Some("noTarget"), ..Self::new(400, detail) }
    }

    pub(super) fn unknown_user() -> Self {
        Self::new(404, "There is no such user.")
    }

    pub(super) fn not_signed_in() -> Self {
        Self::new(401, "Send the source's token: Authorization: Bearer.")
    }

    pub(super) fn too_many(detail: &str, retry_after_s: u64) -> Self {
        Self { retry_after_s: Some(retry_after_s), ..Self::new(429, detail) }
    }
}

impl From<StoreError> for ScimError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NameTaken(_) => {
                Self { kind: Some("uniqueness"), ..Self::new(409, "There is another user of this userName.") }
            }
            StoreError::NulCharacter(_) | StoreError::TooLong(_) => Self::value(error.to_string()),
            // It is logged there, once.
            error => {
                let problem = Problem::from(error);
                Self::new(problem.code.status().as_u16(), problem.detail)
            }
        }
    }
}

impl From<NotTaken> for ScimError {
    fn from(error: NotTaken) -> Self {
        match error {
            NotTaken::Refused(reason) => Self::value(format!("The user cannot be taken: {reason}.")),
            NotTaken::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for ScimError {
    fn into_response(self) -> Response {
        let mut body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
            "status": self.status.to_string(),
            "detail": self.detail,
        });
        if let Some(kind) = self.kind {
            body["scimType"] = kind.into();
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, [(header::CONTENT_TYPE, CONTENT_TYPE)], body.to_string()).into_response();
        if self.status == 401 {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
