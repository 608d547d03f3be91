//! What a request says: its JSON, and the version that it means.

use super::{BODY_BYTES, ScimError};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::Value;

/// A body of JSON, whatever its content type says.
pub(super) struct Body(pub(super) Value);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = ScimError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ScimError> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| refused(&rejection))?;
        // The reader gives up on what is nested more than 128 deep.
        let value = serde_json::from_slice(&bytes);
        value.map(Self).map_err(|error| ScimError::syntax(format!("The body is no JSON: {error}.")))
    }
}

fn refused(rejection: &BytesRejection) -> ScimError {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ScimError::new(413, format!("A body has at most {BODY_BYTES} bytes."))
        }
        _ => ScimError::syntax(rejection.body_text()),
    }
}

/// The revision that the request is about (RFC 7644, section 3.14); nothing where it is about any.
pub(super) fn revision(headers: &HeaderMap) -> Result<Option<i64>, ScimError> {
    let Some(tag) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let tag = tag.to_str().unwrap_or_default().trim();
    if tag == "*" {
        return Ok(None);
    }
    let number = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"').parse();
    number.map(Some).map_err(|_| changed())
}

/// The version of a user, as a tag.
pub(super) fn tag(revision: i64) -> String {
    format!("W/\"{revision}\"")
}

/// The user is not what the request takes it for.
pub(super) fn changed() -> ScimError {
    ScimError::new(412, "The user has been changed since.")
}
